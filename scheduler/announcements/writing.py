"""The message that an announcement becomes, by form; checked against what the messenger takes."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.announcements import measuring
from scheduler.announcements.records import Announcement, Purpose
from scheduler.facts import AnnouncementFacts, Form
from scheduler.ports import Announcer, Part

# What is used of each purpose; the longest has to fit.
_FORMS = {
    Purpose.MESSAGE: (Form.NEW,),
    Purpose.NOTE: (Form.NEW,),
    Purpose.CORRECTION: (Form.EDITED, Form.INSTEAD),
}


class Writing:
    """Puts announcements into messages, through the ``Announcer``."""

    def __init__(self, announcer: Announcer, timezone: ZoneInfo) -> None:
        self._announcer = announcer
        self._timezone = timezone

    def part(self, found: Announcement, now: datetime, form: Form) -> Part:
        """The message in one form."""
        today = now.astimezone(self._timezone).date() if found.purpose is Purpose.CORRECTION else None
        facts = AnnouncementFacts(html=found.html, audience=found.audience, form=form, corrected_on=today)
        return replace(self._announcer.announcement(facts), media=found.media)

    def check(self, found: Announcement) -> None:
        """Refuse what cannot be sent.

        Raises:
            EmptyTextError, TextTooLongError: In one form at least.
        """
        for form in _FORMS[found.purpose]:
            measuring.check(found.html, self.part(found, found.updated_at, form))


def shown_form(found: Announcement) -> Form:
    """The form in which most readers see it."""
    return Form.EDITED if found.purpose is Purpose.CORRECTION else Form.NEW
