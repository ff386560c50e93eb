"""What comes before any answer: what cannot be read, who is in danger, why it is refused."""

import unicodedata

from knowledge.matching.dangers import in_danger
from knowledge.matching.decision import Verdict
from knowledge.matching.meaning import Meaning, Outcome
from knowledge.matching.wording import words
from knowledge.models import Refusal

LONGEST = 1_500
# Set so that no calibration question about a commitment is taken for a cry for help on its score alone.
_DANGER = 0.0
_DANGER_POSSIBLE = -0.5
_REFUSAL_LIKELY = 0.6
_REASON_CLEAR = -0.6


def printable(message: str) -> str:
    """Without control and invisible characters; spaces joined."""
    kept = "".join(c if unicodedata.category(c)[0] != "C" or c == "\u200d" else " " for c in message[: 4 * LONGEST])
    return " ".join(kept.split())


def unreadable(text: str) -> Meaning | None:
    """The answer to what cannot be read, or must be heard before anything else is tried."""
    if in_danger(text):
        return Meaning(outcome=Outcome.REFUSAL, reason=Refusal.EMERGENCY)
    if not text:
        return Meaning(outcome=Outcome.REFUSAL, reason=Refusal.BAD_INPUT)
    if len(text) > LONGEST:
        return Meaning(outcome=Outcome.REFUSAL, reason=Refusal.TOO_LONG)
    if not words(text):
        return Meaning(outcome=Outcome.REFUSAL, reason=Refusal.GIBBERISH)
    return None


def reason(verdict: Verdict) -> Refusal:
    """Why it is refused, when that is clear: a wrong reason is a false sentence."""
    dangerous = verdict.refusal is Refusal.EMERGENCY
    if verdict.against < (_DANGER_POSSIBLE if dangerous else _REASON_CLEAR):
        return Refusal.NOT_UNDERSTOOD
    return verdict.refusal


def danger(verdict: Verdict) -> Meaning | None:
    """A person in danger is told whom to call before anything else is tried."""
    possible = verdict.danger >= _DANGER_POSSIBLE and verdict.refusal is Refusal.EMERGENCY
    if verdict.danger >= _DANGER or (possible and verdict.kinds["refusal"] >= _REFUSAL_LIKELY):
        return Meaning(outcome=Outcome.REFUSAL, reason=Refusal.EMERGENCY, score=verdict.kinds["refusal"])
    return None
