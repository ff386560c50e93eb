"""What staff are told of their announcements, as messages."""

from bot import announcekeys as keys
from bot.keyboards import Rows
from bot.texts.announcements import figures
from bot.texts.announcements import pages as texts
from bot.texts.markup import typeset
from scheduler.announcements.figures import Progress
from scheduler.announcements.records import Announcement
from scheduler.ports import Button, Part


class FrenchWording:
    """The ``Wording`` of the program."""

    def submitted(self, found: Announcement) -> Part:
        """Somebody asks for an approval; the buttons stand here only when the whole message does."""
        return _part(
            texts.submitted_notice(found), keys.decision(found) if texts.is_whole(found) else keys.opening(found)
        )

    def decided(self, found: Announcement) -> Part:
        """It was approved, or refused with a reason."""
        why = f"\nRaison : {texts.reason(found)}." if found.reason else ""
        return _part(typeset(f"{texts.done(found)}{why}"), keys.opening(found))

    def came_to_a_halt(self, found: Announcement) -> Part:
        """It stopped by itself, and why."""
        return _part(typeset(f"{texts.done(found)}\nRaison : {texts.reason(found)}."), keys.opening(found))

    def progress(self, found: Announcement, progress: Progress) -> Part:
        """How it fares."""
        return _part(figures.progress(found, progress), keys.board(found))

    def report(self, found: Announcement, progress: Progress) -> Part:
        """How it ended."""
        return _part(figures.report(found, progress), keys.opening(found))


def _part(text: str, rows: Rows) -> Part:
    return Part(
        text=text,
        rows=tuple(tuple(Button(label=each.label, data=each.data, url=each.url) for each in row) for row in rows),
    )
