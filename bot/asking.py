"""Single answers and batches, as text or as the JSON that other programs read."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from bot.conversation.answers import answer
from bot.conversation.talk import Conversation
from bot.replies import Turn
from bot.texts.markup import plain
from knowledge.catalogue import Catalogue
from knowledge.matching.meaning import Meaning, Outcome
from knowledge.models import Refusal

_SCORE_DIGITS = 4


def text_of(turn: Turn) -> str:
    """What a person would read, without markup; a list is whole."""
    if turn.whole is not None:
        return plain(turn.whole)
    return "\n\n".join(plain(reply.text) for reply in turn.replies)


def record_of(turn: Turn, identifier: object = None) -> dict[str, Any]:
    """The answer as JSON (CONTRACT, "An answer as JSON")."""
    meaning = turn.meaning
    return {
        "id": identifier,
        "outcome": meaning.outcome,
        "commitments": list(meaning.commitments),
        "suggestions": list(meaning.suggestions),
        "number": meaning.number,
        "score": round(meaning.score, _SCORE_DIGITS),
        "reason": meaning.reason,
        "text": text_of(turn),
    }


def as_json(turn: Turn, identifier: object = None) -> str:
    """The answer as one line of JSON."""
    return json.dumps(record_of(turn, identifier), ensure_ascii=False)


def batch(
    lines: Iterable[bytes], conversation: Conversation, catalogue: Catalogue, now: Callable[[], datetime]
) -> Iterator[str]:
    """A line of JSON out for each line in, in the same order; a broken line is refused and the others go on.

    Args:
        lines: ``{"id", "q"}`` or ``{"id", "turns": [...]}``, UTF-8.
        conversation: Who answers; each line is a chat of its own.
        catalogue: What refusals speak of.
        now: The clock.
    """
    for chat, line in enumerate(lines):
        identifier, turns = _question(line)
        turn = _bad_input(catalogue, now())
        for text in turns:
            turn = conversation.answer(chat, text, now())
        yield as_json(turn, identifier)


def clean(text: str) -> str:
    """The text with a mark for what is no character: halves of one, bytes that could not be read."""
    return "".join("\N{REPLACEMENT CHARACTER}" if "\ud800" <= c <= "\udfff" else c for c in text)


def _question(line: bytes) -> tuple[object, list[str]]:
    """The id and what is said in turn; nothing said when the line is broken."""
    try:
        entry = json.loads(line.decode("utf-8", errors="replace"), parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError):
        return None, []
    if not isinstance(entry, dict):
        return None, []
    turns = entry["turns"] if "turns" in entry else [entry.get("q")]
    if not _is_utf8(line) or not isinstance(turns, list) or not all(isinstance(text, str) for text in turns):
        return entry.get("id"), []
    return entry.get("id"), [clean(text) for text in turns]


def _refuse(constant: str) -> float:
    raise ValueError(constant)


def _finite(digits: str) -> float:
    """A float that JSON can write again."""
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError(digits)
    return number


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _bad_input(catalogue: Catalogue, now: datetime) -> Turn:
    return answer(Meaning(outcome=Outcome.REFUSAL, reason=Refusal.BAD_INPUT), catalogue, now.date())
