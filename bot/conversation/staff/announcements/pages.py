"""What an announcement looks like to a member of staff: the message, then its page with what may be done."""

from datetime import datetime, tzinfo

from bot import announcekeys as keys
from bot.conversation.kept import say
from bot.keyboards import Rows
from bot.replies import Turn
from bot.texts.announcements import pages as texts
from knowledge.authors import Role
from scheduler.announcements.records import Announcement, Purpose
from scheduler.announcements.service import Announcements
from scheduler.announcements.states import State
from scheduler.members import Member
from scheduler.outbox import State as Delivered

_LATEST = 12


class Pages:
    """Reads announcements and shows them."""

    def __init__(self, announcements: Announcements, timezone: tzinfo) -> None:
        self._announcements = announcements
        self._timezone = timezone

    def one(self, number: int, member: Member, now: datetime, *said: str, preview: bool = False) -> Turn:
        """The page of one, as it stands now.

        Args:
            said: What to say before it.
            preview: Whether to show the message itself first, as its readers would see it.
        """
        found = self._announcements.drafts.get(number)
        before = (self._announcements.drafts.preview(found, now).text,) if preview else ()
        counted = None
        if found.started_at is None and found.of is None and found.state is not State.CANCELLED:
            counted = self._announcements.drafts.count(found, now)
        tested = self._announcements.approvals.is_tested(found, member.id)
        may_decide = member.role.may(Role.APPROVER) and _may_approve(found, member)
        todo = texts.todo(found, tested=tested, may_decide=may_decide)
        page = texts.page(found, counted, todo, self._timezone)
        return say(*said, *before, page, rows=self._rows(found, member))

    def listed(self, member: Member) -> Turn:
        """The latest ones."""
        latest = self._announcements.drafts.list_recent(_LATEST)
        reserve = self._announcements.runs.is_reserve_on()
        return say(*texts.listed(latest, reserve=reserve), rows=keys.listed(latest, member.role, reserve=reserve))

    def waiting_for(self, member: Member) -> int:
        """How many this member may approve."""
        if not member.role.may(Role.APPROVER):
            return 0
        return sum(_may_approve(each, member) for each in self._announcements.drafts.list_in(State.SUBMITTED))

    def _rows(self, found: Announcement, member: Member) -> Rows:
        corrections = self._announcements.corrections
        return keys.page(
            found,
            member.role,
            failed=bool((found.figures or {}).get("states", {}).get(Delivered.FAILED)),
            may_approve=_may_approve(found, member),
            may_note=found.purpose is Purpose.CORRECTION and not corrections.has_note(found),
        )


def _may_approve(found: Announcement, member: Member) -> bool:
    return member.id not in (found.submitted_by, found.edited_by)
