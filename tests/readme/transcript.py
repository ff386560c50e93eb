"""The conversation that the README shows."""

import re
from pathlib import Path
from typing import NamedTuple

from bot.conversation.talk import Conversation
from bot.terminal import as_text
from tests.conftest import NOW

README = Path(__file__).parents[2] / "README.md"
CUT = " […]"
_LONGEST_LINE = 170
_BLOCK = re.compile(r"(?<=<!-- transcript -->\n```text\n).*?(?=```\n<!-- end of transcript -->)", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?»])\s+(?=[A-ZÀ-Ý«])")


class Shown(NamedTuple):
    """What somebody types, and how many lines of the answer are shown."""

    text: str
    lines: int


CONVERSATION = (
    Shown("ou en est le plan plène terre", 3),
    Shown("et la délibération ?", 2),
    Shown("cb d'engagements sont réalisés", 2),
    Shown("lesquels ?", 5),
    Shown("combien coûte un ticket de tram", 1),
    Shown("/suivre p11 jour", 2),
)


def transcript(conversation: Conversation) -> str:
    """The conversation as the terminal prints it, shortened where marked."""
    return "\n".join(f"> {each.text}\n{_answer(conversation, each)}\n" for each in CONVERSATION)


def with_transcript(readme: str, transcript: str) -> str:
    """The README with this conversation in its place."""
    return _BLOCK.sub(lambda old: transcript, readme)


def _answer(conversation: Conversation, shown: Shown) -> str:
    turn = conversation.answer(0, shown.text, NOW)
    lines = "\n".join(as_text(reply) for reply in turn.replies).splitlines()
    kept = [_shortened(line) for line in lines[: shown.lines]]
    if len(lines) > shown.lines and not kept[-1].endswith(CUT):
        kept[-1] += CUT
    return "\n".join(kept)


def _shortened(line: str) -> str:
    """The first sentences of a long line."""
    kept, *others = _SENTENCE.split(line)
    for sentence in others:
        if len(kept) + len(sentence) > _LONGEST_LINE:
            return kept + CUT
        kept = f"{kept} {sentence}"
    return kept
