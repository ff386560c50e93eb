"""Which commitments a target reaches."""

import json
from functools import cached_property, lru_cache

import sqlite_utils

from knowledge.matching.wording import content_words, stem
from knowledge.models import Kind
from scheduler.errors import EmptyWordsError, UnknownTargetError
from scheduler.facts import Target, TargetKind

MOST_WORDS = 100


class Reach:
    """The commitments as they are now, by what one may follow; read once for a piece of work.

    Words reach a commitment when each of them, in one form or another, stands in its wording or summary, and the
    commitments of a theme, place, organisation or group of people when they are one of its names.
    """

    def __init__(self, db: sqlite_utils.Database) -> None:
        rows = list(
            db.query(
                "SELECT id, orientation, kind, checked_at, title, details, info, summary"
                " FROM commitments ORDER BY position"
            )
        )
        self.order = {row["id"]: place for place, row in enumerate(rows)}
        self.orientation = {row["id"]: str(row["orientation"]) for row in rows}
        self.checked_at = {row["id"]: str(row["checked_at"]) for row in rows}
        self._kind = {row["id"]: row["kind"] for row in rows}
        self._texts = {
            row["id"]: "\n".join(row[part] or "" for part in ("title", "details", "info", "summary")) for row in rows
        }
        self._db = db
        self._known: dict[Target, tuple[str, ...]] = {}
        self._sets: dict[Target, frozenset[str]] = {}

    def of(self, target: Target) -> tuple[str, ...]:
        """In document order; empty when nothing is reached (any more)."""
        if target not in self._known:
            self._known[target] = self._find(target)
        return self._known[target]

    def holds(self, target: Target, commitment: str) -> bool:
        """Whether a target reaches a commitment."""
        if target not in self._sets:
            self._sets[target] = frozenset(self.of(target))
        return commitment in self._sets[target]

    def check(self, target: Target) -> Target:
        """The target as it is stored.

        Raises:
            UnknownTargetError: No such commitment or orientation, or words that nothing answers to.
            EmptyWordsError: No word that carries a topic.
        """
        if target.kind in (TargetKind.ALL, TargetKind.PRIORITY):
            return Target(kind=target.kind)
        name = " ".join(target.name.split()).lower()
        if target.kind is TargetKind.WORDS and not (len(name) <= MOST_WORDS and content_words(name)):
            raise EmptyWordsError(target.name)
        found = Target(kind=target.kind, name=name)
        if not self.of(found):
            raise UnknownTargetError(target.name)
        return found

    @cached_property
    def _names(self) -> dict[frozenset[str], frozenset[str]]:
        return _named(tuple(self._db.execute("SELECT name, aliases, commitments FROM tags")))

    def _find(self, target: Target) -> tuple[str, ...]:
        match target.kind:
            case TargetKind.ALL:
                return tuple(self.order)
            case TargetKind.PRIORITY:
                return tuple(key for key, kind in self._kind.items() if kind == Kind.PRIORITY)
            case TargetKind.ORIENTATION:
                return tuple(key for key, orientation in self.orientation.items() if orientation == target.name)
            case TargetKind.COMMITMENT:
                return (target.name,) if target.name in self.order else ()
            case TargetKind.WORDS:
                wanted = _stems(target.name)
                named = self._names.get(wanted, frozenset())
                return tuple(
                    key for key, text in self._texts.items() if wanted and (key in named or wanted <= _stems(text))
                )


@lru_cache(maxsize=5_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in content_words(text))


@lru_cache(maxsize=4)
def _named(tags: tuple[tuple[str, str, str], ...]) -> dict[frozenset[str], frozenset[str]]:
    """The commitments behind each name of a tag; the tags change with the data files only."""
    names: dict[frozenset[str], frozenset[str]] = {}
    for first, aliases, commitments in tags:
        reached = frozenset(json.loads(commitments))
        for name in (first, *json.loads(aliases)):
            names[_stems(name)] = names.get(_stems(name), frozenset()) | reached
    return names
