"""A text as numbers: letters within words, stems and their pairs, sounds; each family weighted by rarity (TF-IDF).

Letters bring robustness to typing errors, stems the meaning, sounds the spelling by ear. Weights of the families
were chosen on held-out samples (README, "How it understands").
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from knowledge.matching.wording import STOP_WORDS, by_ear, stem, words

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int32]

_LETTERS = (2, 5)
_SOUNDS = (3, 5)


def _letters(tokens: list[str]) -> Iterator[str]:
    shortest, longest = _LETTERS
    for token in tokens:
        padded = f" {token} "
        size = len(padded)
        for length in range(shortest, longest + 1):
            if size <= length:
                yield padded
                break
            for start in range(size - length + 1):
                yield padded[start : start + length]


def _stems(tokens: list[str]) -> Iterator[str]:
    kept = [stem(token) for token in tokens if token not in STOP_WORDS]
    yield from (f"s:{word}" for word in kept)
    yield from (f"p:{first}_{second}" for first, second in pairwise(kept))


def _sounds(tokens: list[str]) -> Iterator[str]:
    # Across words: who writes by ear also cuts words by ear (« lotoriter »).
    heard = "".join(by_ear(token) for token in tokens)
    shortest, longest = _SOUNDS
    for length in range(shortest, longest + 1):
        for start in range(len(heard) - length + 1):
            yield f"e:{heard[start : start + length]}"


_FAMILIES: tuple[tuple[Callable[[list[str]], Iterator[str]], float], ...] = (
    (_letters, 0.7),
    (_stems, 0.5),
    (_sounds, 0.7),
)


@dataclass(frozen=True, slots=True)
class Features:
    """The features kept from the samples, and how rare each is.

    Attributes:
        ids: Feature to row.
        rarity: Inverse document frequency of each row.
    """

    ids: dict[str, int]
    rarity: Floats

    @classmethod
    def learn(cls, texts: Iterable[str], *, fewest: int = 2) -> "Features":
        """Keep the features that stand in at least ``fewest`` texts."""
        seen: Counter[str] = Counter()
        total = 0
        for text in texts:
            total += 1
            tokens = words(text)
            for family, _ in _FAMILIES:
                seen.update(set(family(tokens)))
        kept = sorted(feature for feature, count in seen.items() if count >= fewest)
        counts = np.array([seen[feature] for feature in kept], dtype=np.float32)
        return cls(
            ids={feature: row for row, feature in enumerate(kept)},
            rarity=(np.log((1 + total) / (1 + counts)) + 1).astype(np.float32),
        )

    def of(self, text: str) -> tuple[Ids, Floats]:
        """The rows that a text touches and their weights; each family has length one before its share is applied."""
        tokens = words(text)
        rows: list[Ids] = []
        weights: list[Floats] = []
        find = self.ids.get
        for family, share in _FAMILIES:
            counts = Counter(row for row in map(find, family(tokens)) if row is not None)
            if not counts:
                continue
            ids = np.fromiter(counts.keys(), dtype=np.int32, count=len(counts))
            often = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
            weight = (1 + np.log(often)) * self.rarity[ids]
            rows.append(ids)
            weights.append(share * weight / np.linalg.norm(weight))
        if not rows:
            return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
        return np.concatenate(rows), np.concatenate(weights)
