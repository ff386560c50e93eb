"""Learn the model from the samples: linear support vectors, one class against the rest.

Only this module needs scikit-learn, and only while it learns.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.matching.features import Features, Text, cut
from knowledge.matching.model import Model
from knowledge.models import Sample

Progress = Callable[[str], None]

_PENALTY = 0.5
_TOLERANCE = 0.1
_WORKERS = 2
_HANDFUL = 6


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
    about = np.array([sample.about for sample in samples])
    room = np.array([sample.about.partition(":")[0] for sample in samples])
    questions = np.array([not sample.is_word for sample in samples])
    facts = room == "fact"
    everything = np.ones(len(samples), dtype=bool)

    plan: list[tuple[str, npt.NDArray[np.bool_], npt.NDArray[np.bool_]]] = []
    for name in sorted(set(about)):
        among = facts if name.startswith("fact:") else everything
        plan.append((name, among, about == name))
    plan.append(("kind:fact", everything, facts))
    # Single words say nothing of how people ask, so what is a question about a commitment is learned without them.
    plan.append(("kind:commitment", questions, room == "commitment"))

    columns = np.zeros((matrix.shape[1], len(plan)), dtype=np.float16)
    offsets = np.zeros(len(plan), dtype=np.float32)
    with ThreadPoolExecutor(_WORKERS) as pool:  # the solver releases the interpreter's lock
        learned = pool.map(lambda step: _one_against_rest(matrix, step[1], step[2]), plan)
        for place, (weights, offset) in enumerate(learned):
            columns[:, place] = weights
            offsets[place] = offset
            if place % 10 == 9 or place == len(plan) - 1:
                progress(f"Learning the questions (once): {100 * (place + 1) // len(plan)} %")
    return Model(classes=tuple(name for name, _, _ in plan), features=features, weights=columns, offsets=offsets)


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


def _one_against_rest(
    matrix: Any, among: npt.NDArray[np.bool_], members: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.float64], float]:
    from sklearn.svm import LinearSVC

    rows = matrix if among.all() else matrix[np.flatnonzero(among)]
    machine = LinearSVC(C=_PENALTY, tol=_TOLERANCE, random_state=0)
    machine.fit(rows, members[among])
    return machine.coef_[0], float(machine.intercept_[0])


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
