"""One decision over calibrated scores: is it one of ours, of which kind, which one, and how sure."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from knowledge.datafiles import DATA
from knowledge.errors import CalibrationError
from knowledge.matching.features import Floats
from knowledge.matching.model import Model
from knowledge.matching.taught import Pull
from knowledge.models import Refusal

CALIBRATION = DATA / "calibration" / "calibration.json"
# How many of the signals speak of commitments alone.
OF_A_COMMITMENT = 5
_CLOSE = 0.7
_KIND_OF_COMMITMENTS = "kind:commitment"
KINDS = ("commitment", "fact", "list", "count", "menu", "refusal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What turns scores into probabilities, and when to answer; made by ``make calibrate``, never by hand.

    Attributes:
        centre, scale: Of the signals, over the calibration questions.
        kinds: A row of weights a kind (in the order of ``KINDS``), the constant last.
        scope: Weights of the chance that a commitment is meant rather than something to refuse.
        first: Weights of the chance that the best commitment is then the right one.
        refuse_below: Chance that a message is about a commitment, under which it is refused.
        sure_above: Chance that the best commitment is right, over which it is answered without asking back.
    """

    centre: list[float]
    scale: list[float]
    kinds: list[list[float]]
    scope: list[float]
    first: list[float]
    refuse_below: float
    sure_above: float

    @classmethod
    def load(cls, path: Path = CALIBRATION) -> "Calibration":
        """Read the calibration that comes with the data.

        Raises:
            CalibrationError: It is missing or broken.
        """
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise CalibrationError(path) from error

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
        near: Those among them that come close to the first, the first aside.
        right: Probability that the first of them is the one meant, if a commitment is meant.
        refusal: The likeliest reason to refuse.
        against: The score of that reason.
        danger: The score of an emergency, above 0 when nothing else looks like it.
        facts: Facts, best first.
        fact_fit: The score of the best of them, above -0.2 or so when it is meant.
    """

    kinds: dict[str, float]
    scope: float
    ranked: tuple[str, ...]
    near: tuple[str, ...]
    right: float
    refusal: Refusal
    against: float
    danger: float
    facts: tuple[str, ...]
    fact_fit: float

    @property
    def sure(self) -> float:
        """Probability that a commitment is meant and that the first is the right one."""
        return self.scope * self.right


class Judge:
    """Reads a model's scores through a calibration."""

    def __init__(self, model: Model, calibration: Calibration) -> None:
        self._model = model
        self.features = model.features
        self.calibration = calibration
        names = [name.partition(":") for name in model.classes]
        self._commitments = np.array([n for n, (room, _, _) in enumerate(names) if room == "commitment"])
        self._facts = np.array([n for n, (room, _, _) in enumerate(names) if room == "fact"])
        self._refusals = np.array([n for n, (room, _, _) in enumerate(names) if room == "refusal"])
        self._kinds = {name: n for n, (room, _, name) in enumerate(names) if room == "kind"}
        self._columns = {name: n for n, name in enumerate(model.classes)}
        self._emergency = model.classes.index(f"refusal:{Refusal.EMERGENCY}")
        self._names = [name for _, _, name in names]

    def judge(self, message: str, pull: Pull | None = None) -> Verdict:
        """Score a message, pulled towards what staff taught when it is near, and weigh the scores."""
        scores = self._model.scores(message)
        if pull is not None:
            scores = self._pulled(scores, pull)
        signals = self.signals(scores)
        normal = (signals - np.array(self.calibration.centre)) / np.array(self.calibration.scale)
        whole = np.append(normal, 1.0)
        weights = np.array(self.calibration.kinds) @ whole
        chances = np.exp(weights - weights.max())
        chances /= chances.sum()
        kinds = dict(zip(KINDS, map(float, chances), strict=True))
        best = self._refusals[scores[self._refusals].argmax()]
        return Verdict(
            kinds=kinds,
            scope=_chance(self.calibration.scope, normal),
            ranked=self.ranked(scores),
            near=self._near(scores),
            right=_chance(self.calibration.first, normal),
            refusal=Refusal(self._names[best]),
            against=float(scores[best]),
            danger=float(scores[self._emergency]),
            facts=self._ranked(scores, self._facts)[:3],
            fact_fit=float(scores[self._facts].max()),
        )

    def signals(self, scores: Floats) -> Floats:
        """The few numbers that the decision rests on; few, so that it holds for people unlike those who calibrated.

        The first ``OF_A_COMMITMENT`` of them tell whether a commitment is meant: how much it looks like a question
        about one, which leads and by how much, against the best reason to refuse.
        """
        ranked = np.sort(scores[self._commitments])[::-1]
        against = scores[self._refusals].max()
        kinds = [scores[self._kinds[kind]] for kind in ("commitment", "fact", "list", "count", "menu")]
        commitment = [kinds[0], ranked[0], ranked[0] - ranked[1], against, ranked[0] - against]
        return np.array([*commitment, *kinds[1:], scores[self._facts].max()])

    def _pulled(self, scores: Floats, pull: Pull) -> Floats:
        """Some of the way to what the model gives its own samples: one for what they are about, else minus one."""
        wanted = np.minimum(scores, -1.0)
        for about in pull.about:
            for name in (about, _KIND_OF_COMMITMENTS if about.startswith("commitment:") else about):
                if (column := self._columns.get(name)) is not None:
                    wanted[column] = max(1.0, scores[column])
        return np.asarray((1 - pull.strength) * scores + pull.strength * wanted, dtype=np.float32)

    def ranked(self, scores: Floats) -> tuple[str, ...]:
        """Every commitment, best first."""
        return self._ranked(scores, self._commitments)

    def _near(self, scores: Floats) -> tuple[str, ...]:
        best = scores[self._commitments].max()
        close = self._commitments[scores[self._commitments] > best - _CLOSE]
        return self._ranked(scores, close)[1:]

    def _ranked(self, scores: Floats, columns: np.ndarray) -> tuple[str, ...]:
        order = columns[np.argsort(-scores[columns], kind="stable")]
        return tuple(self._names[column] for column in order)


def _chance(weights: list[float], normal: Floats) -> float:
    """A logistic regression over the signals of a commitment; the constant is its last weight."""
    return float(1 / (1 + np.exp(-(np.dot(weights[:-1], normal[:OF_A_COMMITMENT]) + weights[-1]))))
