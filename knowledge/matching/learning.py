"""Learn the model from the samples: linear support vectors, one class against the rest.

Only this module needs scikit-learn, and only while it learns.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.matching.features import Features, Text, cut
from knowledge.matching.model import Model
from knowledge.models import Sample

Progress = Callable[[str], None]
Weights = npt.NDArray[np.float16]

_PENALTY = 0.5
_TOLERANCE = 0.1
_WORKERS = 2
_HANDFUL = 6
_AT_ONCE = 10


def learn(samples: Sequence[Sample], progress: Progress) -> Model:
    """Learn every class of the samples.

    A commitment, a refusal and a kind (a fact, a list, a count, a courtesy, any commitment) are told apart from
    everything else; facts are told apart from each other, once it is known that a fact is asked.
    """
    progress("Learning the questions (once): reading them…")
    samples = _words_together(samples)
    texts = [cut(sample.text) for sample in samples]
    features = Features.learn(texts)
    matrix = _matrix(features, texts)
    lessons = _lessons(samples)
    learned: dict[str, tuple[Weights, float]] = {}
    with ThreadPoolExecutor(_WORKERS) as pool:  # the solver releases the interpreter's lock
        for done, part in enumerate(pool.map(lambda lesson: _study(matrix, lesson), lessons), start=1):
            learned |= part
            progress(f"Learning the questions (once): {100 * done // len(lessons)} %")
    classes = tuple(sorted(learned))
    return Model(
        classes=classes,
        features=features,
        weights=np.stack([learned[name][0] for name in classes], axis=1),
        offsets=np.array([learned[name][1] for name in classes], dtype=np.float32),
    )


@dataclass(frozen=True, slots=True)
class _Lesson:
    """Some classes told apart from everything else among some samples: ``labels`` is empty for the rest."""

    rows: npt.NDArray[np.intp]
    labels: npt.NDArray[np.str_]


def _lessons(samples: Sequence[Sample]) -> list[_Lesson]:
    about = np.array([sample.about for sample in samples])
    room = np.array([sample.about.partition(":")[0] for sample in samples])
    everything = np.arange(len(samples))
    facts = np.flatnonzero(room == "fact")
    questions = np.flatnonzero([not sample.is_word for sample in samples])
    names = sorted(set(about[room != "fact"]))
    # The solver copies what it reads: a few classes at a time spares most copies, and keeps two of them busy.
    together = [names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE)]
    return [
        *(_Lesson(everything, np.where(np.isin(about, each), about, "")) for each in together),
        _Lesson(facts, about[facts]),
        _Lesson(everything, np.where(room == "fact", "kind:fact", "")),
        # Single words say nothing of how people ask, so what is a question about a commitment is learned without them.
        _Lesson(questions, np.where(room[questions] == "commitment", "kind:commitment", "")),
    ]


def _study(matrix: Any, lesson: _Lesson) -> dict[str, tuple[Weights, float]]:
    """The weights and the offset of each class of a lesson."""
    from sklearn.svm import LinearSVC

    rows = matrix if len(lesson.rows) == matrix.shape[0] else matrix[lesson.rows]
    machine = LinearSVC(C=_PENALTY, tol=_TOLERANCE, random_state=0)
    machine.fit(rows, lesson.labels)
    sides, offsets = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:  # the solver gives the side of the second only
        sides, offsets = np.vstack([-sides, sides]), np.concatenate([-offsets, offsets])
    return {
        str(name): (weights.astype(np.float16), float(offset))
        for name, weights, offset in zip(machine.classes_, sides, offsets, strict=True)
        if name
    }


def _words_together(samples: Sequence[Sample]) -> list[Sample]:
    """Questions as they are; single words a handful at a time, so that a handful weighs as much as a question."""
    kept = [sample for sample in samples if not sample.is_word]
    typed: dict[str, list[str]] = defaultdict(list)
    for sample in samples:
        if sample.is_word:
            typed[sample.about].append(sample.text)
    for about, texts in typed.items():
        for start in range(0, len(texts), _HANDFUL):
            kept.append(Sample(text=" , ".join(texts[start : start + _HANDFUL]), about=about, is_word=True))
    return kept


def _matrix(features: Features, texts: Sequence[Text]) -> Any:
    from scipy.sparse import csr_matrix

    rows, values, ends = [], [], [0]
    for text in texts:
        ids, weights = features.of(text)
        order = np.argsort(ids)
        rows.append(ids[order])
        values.append(weights[order])
        ends.append(ends[-1] + len(ids))
    shape = (len(ends) - 1, len(features.ids))
    return csr_matrix((np.concatenate(values).astype(np.float64), np.concatenate(rows), np.array(ends)), shape=shape)
