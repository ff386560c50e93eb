"""Which questions ask the same: compared two by two, and joined wherever two are alike."""

from collections.abc import Hashable, Sequence
from typing import TypeVar

from rapidfuzz import fuzz, process

from knowledge.matching.wording import content_words, stem, words

T = TypeVar("T", bound=Hashable)

# Of 100. Chosen on questions of our own (tests/knowledge/questions/test_likeness.py): what is asked twice in other
# words stands above, two questions about the same place or the same tram under.
ALIKE = 63


def key(question: str) -> str:
    """What is compared: the stems of the words with a topic, in one order; all words when none has one."""
    return " ".join(sorted({stem(word) for word in content_words(question)} or set(words(question))))


def alike(questions: Sequence[tuple[T, str]]) -> list[list[T]]:
    """Groups of questions, by what names them: each in one group, in the order they came."""
    by_key: dict[str, list[T]] = {}
    for name, text in questions:
        by_key.setdefault(key(text), []).append(name)
    keys = list(by_key)
    group = list(range(len(keys)))
    for first, row in enumerate(process.cdist(keys, keys, scorer=fuzz.ratio, score_cutoff=ALIKE)):
        for second in row[:first].nonzero()[0]:
            _join(group, first, int(second))
    joined: dict[int, list[T]] = {}
    for number, each in enumerate(keys):
        joined.setdefault(_root(group, number), []).extend(by_key[each])
    place = {name: number for number, (name, _) in enumerate(questions)}
    return sorted(
        (sorted(names, key=place.__getitem__) for names in joined.values()), key=lambda names: place[names[0]]
    )


def _root(group: list[int], number: int) -> int:
    while group[number] != number:
        group[number] = group[group[number]]
        number = group[number]
    return number


def _join(group: list[int], first: int, second: int) -> None:
    first, second = _root(group, first), _root(group, second)
    group[max(first, second)] = min(first, second)
