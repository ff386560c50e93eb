"""What members are told of an announcement without asking: through the outbox, so once, and never lost unseen.

Members are written to as any chat is (see ``scheduler.staff_chats``).
"""

from datetime import datetime

import sqlite_utils

from knowledge.authors import Role
from scheduler.announcements.figures import Progress, progress
from scheduler.announcements.records import Announcement
from scheduler.announcements.wording import Wording
from scheduler.members import role_now
from scheduler.outbox import Kind, enqueue
from scheduler.ports import Part
from scheduler.staff_chats import chat_of


class Notices:
    """Writes to members, inside the caller's transaction."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def submitted(self, db: sqlite_utils.Database, found: Announcement, now: datetime) -> None:
        """Tell those who may approve it."""
        others = [
            member
            for (member,) in db.execute("SELECT id FROM members WHERE removed_at IS NULL ORDER BY id")
            if member not in (found.submitted_by, found.edited_by)
            and (role := role_now(db, member)) is not None
            and role.may(Role.APPROVER)
        ]
        self._tell(db, found, others, self._wording.submitted(found), now)

    def decided(self, db: sqlite_utils.Database, found: Announcement, now: datetime) -> None:
        """Tell who submitted it what became of it."""
        self._tell(db, found, [found.submitted_by], self._wording.decided(found), now)

    def came_to_a_halt(self, db: sqlite_utils.Database, found: Announcement, now: datetime) -> None:
        """Tell those who stand behind it that it paused, missed its hour or lost its approval by itself."""
        behind = dict.fromkeys((found.launched_by, found.submitted_by, found.approved_by))
        self._tell(db, found, list(behind), self._wording.came_to_a_halt(found), now)

    def reported(self, db: sqlite_utils.Database, found: Announcement, seen: Progress, now: datetime) -> None:
        """Tell those who stand behind it how it ended."""
        behind = dict.fromkeys((found.launched_by, found.submitted_by, found.approved_by))
        self._tell(db, found, list(behind), self._wording.report(found, seen), now)

    def progress(self, db: sqlite_utils.Database, found: Announcement, now: datetime) -> Part:
        """The message that shows how it fares."""
        return self._wording.progress(found, progress(db, found, now))

    def _tell(
        self, db: sqlite_utils.Database, found: Announcement, members: list[int | None], part: Part, now: datetime
    ) -> None:
        for member in members:
            chat = chat_of(db, member, now)
            if chat is not None:
                key = f"staff:{found.id}.{found.version}:{member}"
                enqueue(db, key=key, subscriber=chat, kind=Kind.NOTICE, ref=key, part=part, now=now)
