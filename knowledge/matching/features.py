"""A text as numbers: letters within words, stems and their pairs, sounds; each family weighted by rarity (TF-IDF).

Letters bring robustness to typing errors, stems the meaning, sounds the spelling by ear. Weights of the families
were chosen on held-out samples (README, "How it understands").
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from knowledge.matching.wording import STOP_WORDS, by_ear, content_words, stem, words

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int32]

Text = tuple[Counter[str], ...]

_LETTERS = (2, 4)
_SOUNDS = (3, 4)


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


def cut(text: str) -> Text:
    """A text as its features, how often each, family by family."""
    tokens = words(text)
    return tuple(Counter(family(tokens)) for family, _ in _FAMILIES)


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
    def learn(cls, texts: Sequence[Text], *, fewest: int = 2) -> "Features":
        """Keep the features that stand in at least ``fewest`` texts."""
        seen: Counter[str] = Counter()
        for text in texts:
            for counts in text:
                seen.update(counts.keys())
        kept = sorted(feature for feature, count in seen.items() if count >= fewest)
        holding = np.array([seen[feature] for feature in kept], dtype=np.float32)
        return cls(
            ids={feature: row for row, feature in enumerate(kept)},
            rarity=(np.log((1 + len(texts)) / (1 + holding)) + 1).astype(np.float32),
        )

    def of_topic(self, message: str) -> dict[str, float]:
        """The letters and stems of the words with a topic, those of no sample too (as rare as can be); length one.

        Two messages are alike as the product of these: the words around a question are not what it is about.
        """
        rarest = float(self.rarity.max(initial=1.0))
        tokens = content_words(message)
        weights: dict[str, float] = {}
        for family in (_letters, _stems):
            often = Counter(family(tokens))
            rare = {each: self._rarity_of(each, rarest) * (1 + math.log(times)) for each, times in often.items()}
            length = math.sqrt(sum(weight * weight for weight in rare.values())) or 1.0
            weights |= {each: weight / length for each, weight in rare.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {each: weight / length for each, weight in weights.items()}

    def _rarity_of(self, feature: str, rarest: float) -> float:
        row = self.ids.get(feature)
        return rarest if row is None else float(self.rarity[row])

    def of(self, text: Text) -> tuple[Ids, Floats]:
        """The rows that a text touches and their weights; each family has length one before its share is applied."""
        rows: list[Ids] = []
        weights: list[Floats] = []
        for counts, (_, share) in zip(text, _FAMILIES, strict=True):
            kept = [(row, often) for feature, often in counts.items() if (row := self.ids.get(feature)) is not None]
            if not kept:
                continue
            ids = np.fromiter((row for row, _ in kept), dtype=np.int32, count=len(kept))
            times = np.fromiter((often for _, often in kept), dtype=np.float32, count=len(kept))
            weight = (1 + np.log(times)) * self.rarity[ids]
            rows.append(ids)
            weights.append(share * weight / np.linalg.norm(weight))
        if not rows:
            return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
        return np.concatenate(rows), np.concatenate(weights)
