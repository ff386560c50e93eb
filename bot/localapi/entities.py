"""Marked stretches of a text, counted as Telegram counts: in UTF-16 units."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from bot.localapi.errors import BadRequestError

Json: TypeAlias = dict[str, Any]

MOST_ENTITIES = 100  # Telegram leaves out the rest without a word
# Telegram marks these by itself in every text, a person's or a bot's; the first that fits a stretch keeps it.
_SELF_MARKED = (
    ("url", re.compile(r"https?://[^\s<>«»\"]*[^\s<>«»\".,;:!?)]")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("bot_command", re.compile(r"(?<![\w/<])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z0-9_]{4,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#\w+")),
)
# Nothing is marked by itself inside these.
_OPAQUE = {"code", "pre", "text_link", "text_mention"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A stretch of a text: offset and length in UTF-16 units, and what it is."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    user_id: int | None = None

    @property
    def end(self) -> int:
        """The first unit after it."""
        return self.offset + self.length

    def overlaps(self, other: "Entity") -> bool:
        """Say whether the two share a unit."""
        return self.offset < other.end and other.offset < self.end

    def wire(self) -> Json:
        """Return the entity as the Bot API writes it."""
        record: Json = {"type": self.type, "offset": self.offset, "length": self.length}
        if self.url is not None:
            record["url"] = self.url
        if self.language is not None:
            record["language"] = self.language
        if self.user_id is not None:
            record["user"] = {"id": self.user_id, "is_bot": False, "first_name": str(self.user_id)}
        return record

    @classmethod
    def read(cls, record: Json) -> "Entity":
        """Read an entity that a bot sent.

        Raises:
            BadRequestError: A key is missing or of another type.
        """
        try:
            return cls(
                type=str(record["type"]),
                offset=int(record["offset"]),
                length=int(record["length"]),
                url=record.get("url"),
                language=record.get("language"),
                user_id=record["user"]["id"] if "user" in record else None,
            )
        except (KeyError, TypeError, ValueError) as error:
            raise BadRequestError("can't parse MessageEntity: wrong field") from error


def utf16_length(text: str) -> int:
    """Count a text in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Sort as Telegram does, outermost first, and keep the first hundred."""
    ordered = sorted(entities, key=lambda entity: (entity.offset, -entity.length))
    return tuple(ordered[:MOST_ENTITIES])


def check_inside(text: str, entities: Iterable[Entity]) -> None:
    """Refuse entities that do not lie within the text.

    Raises:
        BadRequestError: One begins or ends outside.
    """
    size = utf16_length(text)
    for entity in entities:
        if not 0 <= entity.offset <= size:
            raise BadRequestError(f"entity begins after the end of the text at UTF-16 offset {entity.offset}")
        if entity.length < 0 or entity.end > size:
            raise BadRequestError(
                f"entity beginning at UTF-16 offset {entity.offset} ends after the end of the text "
                f"at UTF-16 offset {entity.end}"
            )


def trim(text: str, entities: Iterable[Entity]) -> tuple[str, tuple[Entity, ...]]:
    """Cut blanks at both ends and move the entities along; those left empty go."""
    start = utf16_length(text) - utf16_length(text.lstrip())
    kept = text.strip()
    size = utf16_length(kept)
    moved = []
    for entity in entities:
        first = min(max(entity.offset - start, 0), size)
        last = min(max(entity.end - start, 0), size)
        if last > first:
            moved.append(replace(entity, offset=first, length=last - first))
    return kept, tuple(moved)


def with_self_marked(text: str, entities: Iterable[Entity] = ()) -> tuple[Entity, ...]:
    """Add the commands, mentions, addresses and hashtags that Telegram marks by itself."""
    found = list(entities)
    taken = [entity for entity in found if entity.type in _OPAQUE]
    for kind, pattern in _SELF_MARKED:
        for match in pattern.finditer(text):
            entity = Entity(type=kind, offset=utf16_length(text[: match.start()]), length=utf16_length(match[0]))
            if not any(entity.overlaps(other) for other in taken):
                taken.append(entity)
                found.append(entity)
    return in_order(found)
