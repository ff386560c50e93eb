"""« Suivre » on every card and every row of a list, and on a card its public page, whatever led to it."""

from dataclasses import replace

from bot import followkeys, keyboards
from bot.conversation.recent import Recent
from bot.keyboards import Rows
from bot.replies import Button, Reply, Turn
from bot.texts import following
from bot.texts.markup import LIMIT, units

_CARD, _SOURCE, _NONE_OF_THESE, _HOME = "c:", "s:", "z", "m:"


class Offering:
    """Adds the buttons, with what the last six months would have told.

    Args:
        recent: What has changed lately.
        site: Root of the public pages, when there are any.
    """

    def __init__(self, recent: Recent, site: str | None = None) -> None:
        self._recent = recent
        self._site = site

    def offered(self, turn: Turn) -> Turn:
        """The same turn; its cards and rows can be followed."""
        return replace(turn, replies=tuple(self._reply(each) for each in turn.replies))

    def _reply(self, reply: Reply) -> Reply:
        for place, row in enumerate(reply.rows):
            for button in row:
                if (button.data or "").startswith(_SOURCE):
                    return replace(reply, rows=self._card(reply.rows, place, _id(button)))
        ids = [_id(button) for button in reply.buttons if button.numbered and (button.data or "").startswith(_CARD)]
        asks_which = any(button.data == _NONE_OF_THESE for button in reply.buttons)
        return self._list(reply, ids) if ids and not asks_which else reply

    def _card(self, rows: Rows, place: int, commitment: str) -> Rows:
        """« Suivre » before the row of the source, the public page after it."""
        follow = ((followkeys.follow(commitment, self._recent.of(commitment)),),)
        page = keyboards.public_page(commitment, self._site)
        return rows[:place] + follow + rows[place : place + 1] + page + rows[place + 1 :]

    def _list(self, reply: Reply, ids: list[str]) -> Reply:
        text = f"{reply.text}\n\n{following.recent_in_list(self._recent.by_rank(ids))}"
        rows = _before_home(reply.rows, followkeys.follow_in_list(ids))
        return replace(reply, text=text if units(text) <= LIMIT else reply.text, rows=rows)


def _before_home(rows: Rows, added: Rows) -> Rows:
    last = rows[-1][0].data or ""
    return rows[:-1] + added + rows[-1:] if last.startswith(_HOME) else rows + added


def _id(button: Button) -> str:
    return (button.data or "").partition(":")[2]
