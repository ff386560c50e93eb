"""Learn when to answer, ask back or refuse, on questions that the model has not learned (``make calibrate``)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.datafiles import DATA
from knowledge.matching.decision import KINDS, OF_A_COMMITMENT, Calibration, Judge
from knowledge.matching.model import Model

QUESTIONS = DATA / "calibration" / "questions.jsonl"

# How often each kind is met, to weigh the questions; chosen once, from what a town's contact centre is asked.
_SHARE = {"commitment": 0.52, "refusal": 0.25, "fact": 0.1, "list": 0.06, "count": 0.04, "menu": 0.03}
_REFUSED_IN_SCOPE = 0.02
_WRONG_WHEN_SURE = 0.045
_REFUSABLE_WHEN_SURE = 0.045


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One calibration question: ``about`` as in the samples, ``also`` the ids that are as right."""

    text: str
    about: str
    also: tuple[str, ...]

    @property
    def kind(self) -> str:
        """One of ``KINDS``; several commitments at once are about commitments too."""
        room, _, name = self.about.partition(":")
        if room == "kind":
            return name
        return "commitment" if room == "choices" else room

    @property
    def right(self) -> frozenset[str]:
        """The commitments that would be right first."""
        return frozenset({self.about.partition(":")[2], *self.also}) if self.kind == "commitment" else frozenset()


def read_questions(path: Path = QUESTIONS) -> tuple[Question, ...]:
    """The calibration questions; none of them is a sample."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return tuple(Question(text=row["q"], about=row["about"], also=tuple(row.get("also", ()))) for row in rows)


def calibrate(model: Model, questions: Sequence[Question]) -> tuple[Calibration, list[str]]:
    """Fit the decision on questions.

    Returns:
        The calibration, and a few lines that say how well it does on the same questions (cross-validated).
    """
    from sklearn.linear_model import LogisticRegression

    blank = Calibration(centre=[0], scale=[1], kinds=[], scope=[], first=[], refuse_below=0, sure_above=1)
    judge = Judge(model, blank)
    scores = [model.scores(question.text) for question in questions]
    signals = np.array([judge.signals(one) for one in scores])
    centre, scale = signals.mean(axis=0), signals.std(axis=0)
    normal = (signals - centre) / scale
    kinds = np.array([KINDS.index(question.kind) for question in questions])
    right = np.array([judge.ranked(one)[0] in question.right for one, question in zip(scores, questions, strict=True)])

    weight = np.array([_SHARE[question.kind] for question in questions])
    weight *= len(questions) / np.bincount(kinds, minlength=len(KINDS))[kinds] / len(KINDS)
    of_kind = LogisticRegression(max_iter=2000).fit(normal, kinds, sample_weight=weight)

    about_one = normal[:, :OF_A_COMMITMENT]
    ours = kinds == KINDS.index("commitment")
    refused = kinds == KINDS.index("refusal")
    single = ours & np.array([not question.about.startswith("choices:") for question in questions])
    asked = single | refused
    of_scope, scope = _fitted(about_one, single, asked, balanced=True)
    of_first, first = _fitted(about_one, right & single, ours, balanced=False)

    refuse_below = float(np.quantile(scope[single], _REFUSED_IN_SCOPE))
    sure_above = _surest(scope * first, right & single, asked, refused)
    report = _report(scope, scope * first, right & single, single, refused, refuse_below, sure_above)
    return (
        Calibration(
            centre=centre.tolist(),
            scale=scale.tolist(),
            kinds=_with_constant(of_kind),
            scope=_with_constant(of_scope)[0],
            first=_with_constant(of_first)[0],
            refuse_below=refuse_below,
            sure_above=sure_above,
        ),
        report,
    )


def _fitted(signals: Any, truth: Any, among: Any, *, balanced: bool) -> tuple[Any, Any]:
    """A logistic regression, and its chances: cross-validated where it learned, plain elsewhere."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict

    machine = LogisticRegression(max_iter=2000, class_weight="balanced" if balanced else None)
    chances = np.zeros(len(truth))
    chances[among] = cross_val_predict(machine, signals[among], truth[among], cv=10, method="predict_proba")[:, 1]
    machine.fit(signals[among], truth[among])
    if not among.all():
        chances[~among] = machine.predict_proba(signals[~among])[:, 1]
    return machine, chances


def _surest(sure: Any, right: Any, asked: Any, refused: Any) -> float:
    """The lowest threshold above which few answers are wrong, and few messages to refuse are answered."""
    for threshold in np.arange(0.2, 0.99, 0.01):
        answered = asked & (sure >= threshold)
        wrong = (answered & ~right).sum() / max(1, answered.sum())
        if wrong <= _WRONG_WHEN_SURE and (answered & refused).sum() / refused.sum() <= _REFUSABLE_WHEN_SURE:
            return float(threshold)
    return 0.99


def _with_constant(machine: Any) -> list[list[float]]:
    return np.hstack([machine.coef_, machine.intercept_[:, None]]).tolist()  # type: ignore[no-any-return]


def _report(
    scope: Any, sure: Any, right: Any, ours: Any, refused: Any, refuse_below: float, sure_above: float
) -> list[str]:
    def share(part: Any, whole: Any) -> str:
        return f"{(part & whole).sum()}/{whole.sum()} ({(part & whole).sum() / whole.sum():.1%})"

    return [
        f"in scope, refused: {share(scope < refuse_below, ours)}",
        f"in scope, right and sure: {share(right & (sure >= sure_above) & (scope >= refuse_below), ours)}",
        f"out of scope, refused: {share(scope < refuse_below, refused)}",
        f"out of scope, answered as sure: {share((sure >= sure_above) & (scope >= refuse_below), refused)}",
        f"thresholds: refuse below {refuse_below:.3f}, sure above {sure_above:.3f}",
    ]
