"""Typing errors in the words that filters are read from: « orientaiton », « combein », « realiés »."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.matching.wording import STOP_WORDS

_SHORTEST = 5
_LONG = 9


class Spelling:
    """Corrects words that nobody uses towards words that somebody does.

    Args:
        cues: The words of questions themselves (lists, statuses, votes…): tried first.
        others: Every other word that means something here; they are right as they are.
    """

    def __init__(self, cues: Iterable[str], others: Iterable[str]) -> None:
        self._cues = sorted({word for word in cues if len(word) >= _SHORTEST})
        self._known = frozenset(self._cues) | frozenset(others) | STOP_WORDS

    def correct(self, word: str) -> str:
        """The cue one slip away (two for long words), or the word as it is."""
        if len(word) < _SHORTEST or word in self._known or not word.isalpha():
            return word
        slips = 2 if len(word) >= _LONG else 1
        # A slip may also glue the article to the word: « lorientation ».
        tried = (word, word[1:]) if word[0] in "ld" and len(word) > _SHORTEST else (word,)
        found = [process.extractOne(each, self._cues, scorer=OSA.distance, score_cutoff=slips) for each in tried]
        return min((hit for hit in found if hit), key=lambda hit: hit[1], default=(word,))[0]
