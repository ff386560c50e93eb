"""The chat in a terminal: the conversation, its buttons printed as ``[1] …``."""

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import BinaryIO, TextIO

from bot.conversation.talk import Conversation
from bot.errors import BotError
from bot.explaining.people import sentence
from bot.replies import Button, Reply, Turn
from bot.texts import pictures
from bot.texts.markup import plain
from knowledge.errors import KnowledgeError

_CHAT = 0
_PROMPT = "> "


def chat(
    conversation: Conversation,
    lines: Iterable[str],
    out: TextIO,
    now: Callable[[], datetime],
    *,
    greet: bool,
) -> None:
    """Answer every line until there is none left. A blank line separates turns; inside one there is none.

    Args:
        conversation: Who answers.
        lines: What is typed; blank lines are passed over.
        out: Where the answers go.
        now: The clock.
        greet: Whether to begin with what /start says.
    """
    if greet:
        _print(conversation.answer(_CHAT, "/start", now()), out)
    for line in lines:
        if text := line.strip():
            _print(_turn(conversation, text, now()), out)


def typed_lines(source: BinaryIO, *, prompt: TextIO | None) -> Iterator[str]:
    """Lines of a terminal or a file; bytes that are not UTF-8 become a mark, never an error."""
    while True:
        if prompt is not None:
            prompt.write(_PROMPT)
            prompt.flush()
        line = source.readline()
        if not line:
            return
        yield line.decode("utf-8", errors="replace")


def as_text(reply: Reply) -> str:
    """One message without markup, its buttons numbered below it."""
    lines = [pictures.in_its_place(reply.picture.description)] if reply.picture else []
    lines += [line for line in plain(reply.text).splitlines() if line.strip()]
    lines += [line for line in reply.file.text.splitlines() if line.strip()] if reply.file else []
    lines += [f"[{rank}] {_label(button)}" for rank, button in enumerate(reply.buttons, start=1)]
    return "\n".join(lines)


def _turn(conversation: Conversation, text: str, now: datetime) -> Turn | str:
    try:
        return conversation.answer(_CHAT, text, now)
    except (BotError, KnowledgeError) as error:
        return sentence(error, reference=type(error).__name__)


def _print(turn: Turn | str, out: TextIO) -> None:
    text = turn if isinstance(turn, str) else "\n".join(as_text(reply) for reply in turn.replies)
    out.write(f"{text}\n\n")
    out.flush()


def _label(button: Button) -> str:
    return f"{button.label} ({button.url})" if button.url else button.label


def use_utf8() -> None:
    """Answers are in French: print them as such whatever the terminal's settings, and never fail on a letter."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
