"""What handlers are given, typed."""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram.ext import CallbackContext, ExtBot

from bot.conversation.kept import Kept
from bot.conversation.memory import KEPT
from bot.conversation.recent import Recent
from bot.conversation.staff.desk import Desk
from bot.conversation.talk import Conversation
from bot.flood import Flood
from bot.pictures.studio import Studio
from bot.staffing import BotName
from knowledge.service import Knowledge
from scheduler.ports import Begin

_MOST_ANSWERS = 10_000


class SentAnswers:
    """Which message answered which question, so that an edited question edits its answer.

    In memory only, bounded, and no longer than the thread of a conversation.
    """

    def __init__(self, most: int = _MOST_ANSWERS) -> None:
        self._most = most
        self._answers: OrderedDict[tuple[int, int], tuple[int, datetime]] = OrderedDict()

    def remember(self, chat: int, question: int, answer: int, now: datetime) -> None:
        """Note it, and forget the oldest."""
        self._answers[chat, question] = answer, now
        self._answers.move_to_end((chat, question))
        while len(self._answers) > self._most:
            self._answers.popitem(last=False)

    def find(self, chat: int, question: int) -> int | None:
        """The answer's message id, while it is remembered."""
        found = self._answers.get((chat, question))
        return found[0] if found else None

    def forget(self, now: datetime) -> None:
        """Drop what is older than a conversation is kept."""
        while self._answers and now - next(iter(self._answers.values()))[1] > KEPT:
            self._answers.popitem(last=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deps:
    """Built once in ``app.py``.

    Attributes:
        writer: The one thread that writes to the base.
        studio: Where pictures are drawn and kept.
    """

    conversation: Conversation
    knowledge: Knowledge
    writer: Executor
    now: Callable[[], datetime]
    answers: SentAnswers
    kept: Kept
    recent: Recent
    flood: Flood
    desk: Desk
    name: BotName
    studio: Studio


class BotContext(CallbackContext[ExtBot[Begin], dict[Any, Any], dict[Any, Any], dict[str, Deps]]):
    """The library's context, with our own things."""

    @property
    def deps(self) -> Deps:
        """Everything a handler may use."""
        return self.bot_data["deps"]
