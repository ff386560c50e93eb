"""One decision over calibrated scores: is it one of ours, of which kind, which one, and how sure."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from knowledge.datafiles import DATA
from knowledge.matching.features import Floats
from knowledge.matching.model import Model
from knowledge.matching.wording import words
from knowledge.models import Refusal

CALIBRATION = DATA / "calibration" / "calibration.json"
KINDS = ("commitment", "fact", "list", "count", "menu", "refusal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What turns scores into probabilities, and when to answer; made by ``make calibrate``, never by hand.

    Attributes:
        centre, scale: Of the signals, over the calibration questions.
        kinds: A row of weights a kind (in the order of ``KINDS``), the constant last.
        first: Weights of the chance that the best commitment is the right one, the constant last.
        refuse_below: Chance that a message is about a commitment, under which it is refused.
        sure_above: Chance that the best commitment is right, over which it is answered without asking back.
    """

    centre: list[float]
    scale: list[float]
    kinds: list[list[float]]
    first: list[float]
    refuse_below: float
    sure_above: float

    @classmethod
    def load(cls, path: Path = CALIBRATION) -> "Calibration":
        """Read the calibration that comes with the data."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def save(self, path: Path = CALIBRATION) -> None:
        """Write it, rounded so that the same questions give the same file."""
        values = json.loads(json.dumps(asdict(self)), parse_float=lambda number: round(float(number), 4))
        path.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the scores say of a message.

    Attributes:
        kinds: Probability of each kind, summing to one.
        scope: Probability that it is about a commitment rather than about something to refuse.
        ranked: Commitments, best first.
        right: Probability that the first of them is the one meant, if a commitment is meant.
        refusal: The likeliest reason to refuse.
        facts: Facts, best first.
    """

    kinds: dict[str, float]
    scope: float
    ranked: tuple[str, ...]
    right: float
    refusal: Refusal
    facts: tuple[str, ...]


class Judge:
    """Reads a model's scores through a calibration."""

    def __init__(self, model: Model, calibration: Calibration) -> None:
        self._model = model
        self.calibration = calibration
        names = [name.partition(":") for name in model.classes]
        self._commitments = np.array([n for n, (room, _, _) in enumerate(names) if room == "commitment"])
        self._facts = np.array([n for n, (room, _, _) in enumerate(names) if room == "fact"])
        self._refusals = np.array([n for n, (room, _, _) in enumerate(names) if room == "refusal"])
        self._kinds = {name: n for n, (room, _, name) in enumerate(names) if room == "kind"}
        self._near_miss = model.classes.index(f"refusal:{Refusal.NEAR_MISS}")
        self._names = [name for _, _, name in names]

    def judge(self, message: str) -> Verdict:
        """Score a message and weigh the scores."""
        scores = self._model.scores(message)
        signals = self.signals(message, scores)
        normal = (signals - np.array(self.calibration.centre)) / np.array(self.calibration.scale)
        whole = np.append(normal, 1.0)
        weights = np.array(self.calibration.kinds) @ whole
        chances = np.exp(weights - weights.max())
        chances /= chances.sum()
        right = 1 / (1 + np.exp(-float(np.array(self.calibration.first) @ whole)))
        kinds = dict(zip(KINDS, map(float, chances), strict=True))
        best = self._refusals[scores[self._refusals].argmax()]
        return Verdict(
            kinds=kinds,
            scope=kinds["commitment"] / (kinds["commitment"] + kinds["refusal"]),
            ranked=self.ranked(scores),
            right=right,
            refusal=Refusal(self._names[best]),
            facts=self._ranked(scores, self._facts)[:3],
        )

    def signals(self, message: str, scores: Floats) -> Floats:
        """The few numbers that the decision rests on: who leads, by how much, against what, in what sort of text."""
        ranked = np.sort(scores[self._commitments])[::-1]
        against = np.sort(scores[self._refusals])[::-1]
        kinds = [scores[self._kinds[kind]] for kind in ("commitment", "fact", "list", "count", "menu")]
        typed = words(message)
        known = sum(self._model.features.knows(word) for word in typed)
        return np.array(
            [
                *kinds,
                scores[self._facts].max(),
                ranked[0],
                ranked[0] - ranked[1],
                ranked[0] - ranked[2],
                ranked[:5].mean(),
                ranked.mean(),
                against[0],
                against[1],
                against[:5].mean(),
                against.mean(),
                scores[self._near_miss],
                ranked[0] - against[0],
                np.log1p(len(typed)),
                known / max(1, len(typed)),
            ]
        )

    def ranked(self, scores: Floats) -> tuple[str, ...]:
        """Every commitment, best first."""
        return self._ranked(scores, self._commitments)

    def _ranked(self, scores: Floats, columns: np.ndarray) -> tuple[str, ...]:
        order = columns[np.argsort(-scores[columns], kind="stable")]
        return tuple(self._names[column] for column in order)
