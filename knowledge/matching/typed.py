"""A message as folded words, used up as filters are read from it."""

import re
from collections.abc import Iterable

_USED = "."


class Typed:
    """The words of a message in order; a used word no longer counts."""

    def __init__(self, tokens: Iterable[str]) -> None:
        self.tokens = list(tokens)

    def has(self, wanted: frozenset[str]) -> bool:
        """Whether one of these words is there and unused."""
        return not wanted.isdisjoint(self.tokens)

    def find(self, pattern: str) -> re.Match[str] | None:
        """The first match on whole words, left as it is."""
        return re.search(rf"(?<!\S)(?:{pattern})(?!\S)", " ".join(self.tokens))

    def take(self, pattern: str) -> re.Match[str] | None:
        """The first match on whole words, which is then used."""
        found = self.find(pattern)
        if found:
            first = found.string[: found.start()].count(" ")
            self.use(first, found.group().strip().count(" ") + 1)
        return found

    def use(self, start: int, length: int) -> None:
        """Mark words as used."""
        for place in range(start, start + length):
            self.tokens[place] = _USED

    def drop(self, unwanted: frozenset[str]) -> None:
        """Mark these words as used wherever they stand."""
        self.tokens = [_USED if token in unwanted else token for token in self.tokens]

    def left(self, ignored: frozenset[str]) -> tuple[str, ...]:
        """The words still unused, those without a topic aside."""
        return tuple(token for token in self.tokens if token != _USED and token not in ignored and len(token) > 2)
