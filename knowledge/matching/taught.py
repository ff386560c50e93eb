"""What staff have taught since the index was learned: it acts at the next question, without learning again.

A question that is a sample but for a slip means what the sample means. A question near one is pulled towards it: its
scores move from what the model gives them towards what the model would give the sample itself, then the one calibrated
decision reads them as ever. Nothing taught, nothing changed.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from knowledge.matching.features import Features
from knowledge.matching.wording import content_words, fold, stem
from knowledge.models import Sample

# Likeness under which a sample does not act, and from which it decides alone; and how much it weighs against an answer
# that is sure already. Chosen on the calibration questions: of the 1 440 about a commitment, each taught in turn and
# all others asked, the pull mended 135 answers and spoilt 65, most of these by asking back;
# that was before common words were set aside, below.
_FROM, _UPTO = 0.25, 0.55
_AGAINST_SURE = 0.3
# A word says less than a question: in a long message it only leans.
_WORD, _WORD_ALONE = 0.35, 0.85
_SLIPS = ((9, 2), (5, 1))
# A word in the samples of so many topics says none of them: « le plan vélo » is not near « où en est le plan ? ».
_COMMON = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """Where a message is pulled to.

    Attributes:
        about: As in the samples: ``commitment:p01``, ``refusal:vague``; several when a word stands for several.
        strength: Above 0, at most 1.
        is_same: Whether it is the sample itself, a slip aside.
    """

    about: tuple[str, ...]
    strength: float
    is_same: bool = False

    def against_sure(self) -> "Pull":
        """The pull on a message whose answer is sure without it."""
        return replace(self, strength=self.strength * _AGAINST_SURE)


class Taught:
    """The samples of staff, ready to be compared with.

    Args:
        samples: All samples; only those of staff act here.
        features: Of the model that serves: how rare each feature is.
    """

    def __init__(self, samples: Sequence[Sample], features: Features) -> None:
        self._features = features
        questions = [sample for sample in samples if sample.by_staff and not sample.is_word]
        self._about = [sample.about for sample in questions]
        self._said = [tuple(content_words(sample.text)) for sample in questions]
        self._stems = [frozenset(map(stem, said)) for said in self._said]
        self._common = _common(samples, frozenset().union(*self._stems))
        self._holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, sample in enumerate(questions):
            for feature, weight in features.of_topic(sample.text).items():
                self._holding[feature].append((number, weight))
        self._words = _words(samples)

    def pull(self, message: str) -> Pull | None:
        """Where what staff taught pulls a message; None when nothing taught is near."""
        if not self._about and not self._words:
            return None
        said = tuple(content_words(message))
        for number, sample in enumerate(self._said):
            if _is_same(said, sample):
                return Pull(about=(self._about[number],), strength=1.0, is_same=True)
        pulls = [pull for pull in (self._by_question(message), self._by_word(said)) if pull]
        return max(pulls, key=lambda pull: pull.strength, default=None)

    def _by_question(self, message: str) -> Pull | None:
        likeness: dict[int, float] = defaultdict(float)
        for feature, weight in self._features.of_topic(message).items():
            for number, other in self._holding.get(feature, ()):
                likeness[number] += weight * other
        stems = frozenset(map(stem, content_words(message)))
        for number in [each for each in likeness if self._only_common(stems, self._stems[each])]:
            del likeness[number]
        if not likeness:
            return None
        number, nearest = max(likeness.items(), key=lambda found: (found[1], -found[0]))
        strength = min(1.0, (nearest - _FROM) / (_UPTO - _FROM))
        return Pull(about=(self._about[number],), strength=strength) if strength > 0 else None

    def _only_common(self, stems: frozenset[str], taught: frozenset[str]) -> bool:
        """Whether a message with a topic of its own has only common words with what was taught."""
        shared = stems & taught
        return bool(shared) and shared <= self._common and not stems <= taught

    def _by_word(self, said: tuple[str, ...]) -> Pull | None:
        stems = [stem(word) for word in said]
        best: Pull | None = None
        for word, (about, share) in self._words.items():
            if not _holds(stems, word):
                continue
            strength = (_WORD + (_WORD_ALONE - _WORD) * len(word) / len(stems)) * share
            if best is None or strength > best.strength:
                best = Pull(about=about, strength=strength)
        return best


def _words(samples: Sequence[Sample]) -> dict[tuple[str, ...], tuple[tuple[str, ...], float]]:
    """The words of staff by their stems: what they stand for, and how much of the word is theirs alone."""
    everywhere: dict[tuple[str, ...], set[str]] = defaultdict(set)
    taught: dict[tuple[str, ...], list[str]] = defaultdict(list)
    wanted = {_stems(sample.text) for sample in samples if sample.by_staff and sample.is_word}
    for sample in samples:
        if wanted and sample.is_word and (stems := _stems(sample.text)) in wanted:
            everywhere[stems].add(sample.about)
            if sample.by_staff:
                taught[stems].append(sample.about)
    return {stems: (tuple(about), len(about) / len(everywhere[stems])) for stems, about in taught.items() if stems}


def _common(samples: Sequence[Sample], stems: frozenset[str]) -> frozenset[str]:
    """Those stems that the samples of many topics hold."""
    topics: dict[str, set[str]] = defaultdict(set)
    for sample in samples if stems else ():
        folded = fold(sample.text)
        if not sample.by_staff and any(each in folded for each in stems):  # most hold none: this is the quick look
            for each in stems.intersection(_stems(sample.text)):
                topics[each].add(sample.about)
    return frozenset(each for each, abouts in topics.items() if len(abouts) >= _COMMON)


def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in content_words(text))


def _holds(stems: Sequence[str], wanted: tuple[str, ...]) -> bool:
    size = len(wanted)
    return any(tuple(stems[start : start + size]) == wanted for start in range(len(stems) - size + 1))


def _is_same(said: tuple[str, ...], sample: tuple[str, ...]) -> bool:
    return bool(said) and len(said) == len(sample) and all(map(_is_slip, said, sample))


def _is_slip(word: str, wanted: str) -> bool:
    """The same word, or one slip away (two in a long one): « Vannes » is no « Nantes », nor 2023 any 2024."""
    if word == wanted or stem(word) == stem(wanted):
        return True
    if not (word.isalpha() and wanted.isalpha()):
        return False
    allowed = next((slips for length, slips in _SLIPS if min(len(word), len(wanted)) >= length), 0)
    return OSA.distance(word, wanted, score_cutoff=allowed) <= allowed
