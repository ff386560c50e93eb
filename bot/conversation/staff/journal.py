"""/journal: everything the team and the program have done, newest first, from the sealed history."""

from collections.abc import Callable
from datetime import datetime

from bot import keyboards
from bot.conversation.kept import say
from bot.conversation.staff.agenda import Waiting
from bot.conversation.staff.rights import Right
from bot.keyboards import Press
from bot.replies import Button, Turn
from bot.texts.staff import journal as texts
from knowledge.authors import Role
from knowledge.catalogue import Catalogue
from knowledge.database import Database
from knowledge.history.entries import last_entry, list_entries
from scheduler.members import Member

JOURNAL = "tj"
_PAGE = 10
_MOST_PAGES = 999  # what a button can carry; `python -m knowledge history` shows all


class Journal:
    """The command and its pages.

    Args:
        catalogue: Gives the knowledge base as it is now, for titles.
    """

    def __init__(self, database: Database, catalogue: Callable[[], Catalogue]) -> None:
        self._database = database
        self._catalogue = catalogue
        self.commands = {"journal": Right(Role.READER, self._typed)}
        self.presses = {JOURNAL: Right(Role.READER, self._turned)}
        self.inputs: dict[str, Right] = {}

    def waiting(self, member: Member, now: datetime) -> Waiting:
        """The way here, for the first page of staff; nothing ever waits."""
        return Waiting(line=None, button=Button(label=texts.JOURNAL, data=JOURNAL))

    def _typed(self, words: str, member: Member, now: datetime) -> Turn:
        return self._page(1, now)

    def _turned(self, press: Press, member: Member, now: datetime) -> Turn:
        return self._page(press.page or 1, now, in_place=press.page is not None)

    def _page(self, page: int, now: datetime, *, in_place: bool = False) -> Turn:
        db = self._database.read()
        newest = last_entry(db)
        last = min(max(1, -(-newest // _PAGE)), _MOST_PAGES)
        page = min(max(page, 1), last)
        first = newest - page * _PAGE
        entries = [entry for entry in list_entries(db, after=max(first, 0)) if entry.seq <= first + _PAGE]
        lines = [texts.line(entry, self._catalogue(), now.tzinfo) for entry in reversed(entries)]
        rows = keyboards.pages(f"{JOURNAL}:p", page, last)
        return say(*texts.page(lines, newest), rows=rows, in_place=in_place)
