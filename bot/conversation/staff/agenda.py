"""/agent: what waits for a member, and what they should know of how the bot fares."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.kept import say
from bot.conversation.staff.rights import Right
from bot.keyboards import Press, in_rows
from bot.replies import Button, Turn
from bot.texts.staff import team as texts
from knowledge.authors import Role
from scheduler.members import Member

AGENDA = "tg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something to do, and the button that leads to it; ``line`` is None while nothing waits there."""

    line: str | None
    button: Button


Source = Callable[[Member, datetime], Waiting | None]


class Agenda:
    """The first page.

    Args:
        sources: Each says what waits in one part, or None when it is nothing for this member.
        news: What to know, a line each: how deliveries fare, the last stop.
    """

    def __init__(self, sources: Sequence[Source], news: Callable[[datetime], Sequence[str]]) -> None:
        self._sources = sources
        self._news = news
        self.commands = {"agent": Right(Role.READER, lambda words, member, now: self._page(member, now))}
        self.presses = {AGENDA: Right(Role.READER, self._pressed)}
        self.inputs: dict[str, Right] = {}

    def _pressed(self, press: Press, member: Member, now: datetime) -> Turn:
        return self._page(member, now)

    def _page(self, member: Member, now: datetime) -> Turn:
        found = [waiting for source in self._sources if (waiting := source(member, now)) is not None]
        lines = [waiting.line for waiting in found if waiting.line]
        return say(*texts.agent(member, lines, self._news(now)), rows=in_rows([waiting.button for waiting in found], 2))
