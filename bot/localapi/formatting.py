"""Telegram's HTML: a few tags, strictly nested, turned into a text and its entities.

The sentences of refusal are Telegram's, with the byte offsets it gives, so that a bot meets here what it
would meet there.
"""

import re
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

from bot.localapi.entities import Entity, in_order, utf16_length
from bot.localapi.errors import BadRequestError

_TYPES = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}  # others, &nbsp; too, stay as they are written
_REFERENCE = re.compile(r"&(?:#(?P<decimal>\d{1,7})|#[xX](?P<hexa>[0-9a-fA-F]{1,6})|(?P<name>[A-Za-z]+));?")
_START = re.compile(r"<([^\s>]*)")
_END = re.compile(r"</([^\s>]*)\s*>")
_ATTRIBUTE = re.compile(
    r"\s+(?P<name>[^\s=>]+)"
    r"(?P<equals>\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[\w.-]+))?)?"
)
_CLOSE = re.compile(r"\s*>")


@dataclass(frozen=True, slots=True)
class _OpenTag:
    """A tag not closed yet, and where its stretch begins in UTF-16 units and in the parts of the text."""

    name: str
    attributes: dict[str, str | None]
    offset: int
    first_part: int


def parse_html(source: str) -> tuple[str, tuple[Entity, ...]]:
    """Read Telegram's HTML.

    Returns:
        The text without markup, and its entities in order.

    Raises:
        BadRequestError: ``can't parse entities: …`` for a tag that is unknown, unclosed or wrongly nested.
    """
    return _Reader(source).read()


class _Reader:
    """One pass over the source."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._position = 0
        self._parts: list[str] = []
        self._length = 0
        self._open: list[_OpenTag] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, tuple[Entity, ...]]:
        """Read to the end."""
        while self._position < len(self._source):
            if self._source.startswith("</", self._position):
                self._end_tag()
            elif self._source[self._position] == "<":
                self._start_tag()
            else:
                self._plain()
        if self._open:
            raise _refusal(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        return "".join(self._parts), in_order(self._entities)

    def _plain(self) -> None:
        """Take all up to the next tag."""
        end = self._source.find("<", self._position)
        end = len(self._source) if end < 0 else end
        part = _unescape(self._source[self._position : end])
        self._parts.append(part)
        self._length += utf16_length(part)
        self._position = end

    def _start_tag(self) -> None:
        begin = self._position
        match = _START.match(self._source, begin)
        name = match[1].lower() if match else ""
        if match is None or match.end() == len(self._source):
            raise _refusal(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if name not in _TYPES:
            raise _refusal(f'Unsupported start tag "{name}" at byte offset {self._bytes(begin)}')
        self._position = match.end()
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _refusal(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}')
        self._open.append(_OpenTag(name, attributes, self._length, len(self._parts)))

    def _attributes(self, name: str, begin: int) -> dict[str, str | None]:
        """Read what stands between the name of a tag and its « > »."""
        attributes: dict[str, str | None] = {}
        while match := _ATTRIBUTE.match(self._source, self._position):
            self._position = match.end()
            if match["equals"] is None and (name, match["name"]) != ("blockquote", "expandable"):
                raise _refusal(
                    f'Expected equal sign in declaration of an attribute of the tag "{name}" '
                    f"at byte offset {self._bytes(begin)}"
                )
            value = next((match[key] for key in ("double", "single", "bare") if match[key] is not None), None)
            attributes[match["name"].lower()] = None if value is None else _unescape(value)
        close = _CLOSE.match(self._source, self._position)
        if close is None:
            raise _refusal(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        self._position = close.end()
        return attributes

    def _end_tag(self) -> None:
        begin = self._position
        if not self._open:
            raise _refusal(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        match = _END.match(self._source, begin)
        if match is None:
            raise _refusal(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        tag = self._open.pop()
        if match[1] and match[1].lower() != tag.name:
            raise _refusal(
                f"Unmatched end tag at byte offset {self._bytes(begin)}, "
                f'expected "</{tag.name}>", found "</{match[1].lower()}>"'
            )
        self._position = match.end()
        if self._length > tag.offset:
            self._close(tag)

    def _close(self, tag: _OpenTag) -> None:
        """Record the entity of a tag that holds something."""
        entity = Entity(type=_TYPES[tag.name], offset=tag.offset, length=self._length - tag.offset)
        if tag.name == "a":
            inner = "".join(self._parts[tag.first_part :])
            linked = _linked(entity, tag.attributes.get("href") or inner)
            self._entities.extend([linked] if linked else [])
        elif tag.name == "pre" and self._holds_code_of(entity):
            self._entities[-1] = replace(self._entities[-1], type="pre")
        elif tag.name == "code":
            language = (tag.attributes.get("class") or "").removeprefix("language-")
            inside_pre = bool(self._open) and self._open[-1].name == "pre"
            self._entities.append(replace(entity, language=language if inside_pre and language else None))
        elif tag.name == "blockquote" and "expandable" in tag.attributes:
            self._entities.append(replace(entity, type="expandable_blockquote"))
        else:
            self._entities.append(entity)

    def _holds_code_of(self, pre: Entity) -> bool:
        """Say whether a <pre> is filled by a <code class="language-…">: the two make one entity."""
        last = self._entities[-1] if self._entities else None
        return last is not None and last.language is not None and (last.offset, last.end) == (pre.offset, pre.end)

    def _bytes(self, position: int) -> int:
        """Say how many bytes of UTF-8 stand before a position."""
        return len(self._source[:position].encode("utf-8", "surrogatepass"))


def _refusal(reason: str) -> BadRequestError:
    return BadRequestError(f"can't parse entities: {reason}")


def _unescape(text: str) -> str:
    return _REFERENCE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    """Give the character that a reference stands for, or the reference when it stands for none."""
    if match["name"]:
        return _NAMED.get(match["name"], match[0])
    code = int(match["decimal"]) if match["decimal"] else int(match["hexa"], 16)
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else match[0]


def _linked(entity: Entity, url: str) -> Entity | None:
    """Give the entity its address; None, as Telegram does, when the address is not one."""
    address = checked_url(url)
    if address is None:
        return None
    parts = urlsplit(address)
    if parts.scheme == "tg" and parts.netloc == "user":
        user_id = parse_qs(parts.query).get("id", [""])[0]
        if user_id.isdecimal():
            return replace(entity, type="text_mention", user_id=int(user_id))
    return replace(entity, url=address)


def checked_url(url: str) -> str | None:
    """Return an address Telegram accepts in links and buttons, with its scheme; None otherwise."""
    candidate = url.strip()
    if re.match(r"[a-z]+:", candidate) is None:
        candidate = f"http://{candidate}"
    try:
        parts = urlsplit(candidate)
    except ValueError:
        return None
    if parts.scheme == "tg":
        return candidate if parts.netloc else None
    host = parts.hostname or ""
    named = "." in host.strip(".") and re.search(r"\s", candidate) is None
    return candidate if parts.scheme in {"http", "https"} and named else None
