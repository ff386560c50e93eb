"""From the launch to the report: who starts, pauses, resumes, cancels or repeats an announcement."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta

import sqlite_utils

from knowledge.authors import Author, Role
from knowledge.history import append
from scheduler.announcements import boards, reserve
from scheduler.announcements.acting import Acting, Order, check_right, move
from scheduler.announcements.approvals import check_tested
from scheduler.announcements.enqueueing import enqueue_all
from scheduler.announcements.errors import AnnouncementError, ForbiddenActError, NothingFailedError, PastTimeError
from scheduler.announcements.figures import progress
from scheduler.announcements.notices import Notices
from scheduler.announcements.records import Announcement, get, list_in
from scheduler.announcements.states import Act, State, after
from scheduler.announcements.writing import Writing
from scheduler.outbox import text_of

# A start that was missed by more (the program was down) is not made up for: somebody has to look at it again.
LATEST_START = timedelta(hours=1)
BY_STAFF = "staff"
BY_RESERVE = "reserve"


class Runs:
    """Announcements that leave."""

    def __init__(self, acting: Acting, writing: Writing, notices: Notices) -> None:
        self._acting = acting
        self._writing = writing
        self._notices = notices

    def launch(self, order: Order) -> Announcement:
        """Let an approved announcement leave now: every recipient's row is written in this one transaction.

        Raises:
            DeniedError: See ``Acting.on``.
            ReserveError: Announcements are stopped.
            TrialFailedError: What was submitted was refused when it was tried.
            NobodyError: It would reach nobody.
            StillLeavingError, NothingToCorrectError: Of a correction: see ``enqueue_all``.
        """
        with self._acting.on(order, Act.LAUNCH) as (db, found):
            return self._start(db, found, Act.LAUNCH, order.by, order.now)

    def start_due(self, now: datetime) -> int:
        """Start what has its hour now; end approvals that do not hold any more. Returns how many started."""
        self._acting.settle(now)
        ready = list_in(self._acting.database.read(), State.SCHEDULED)
        due = [each for each in ready if each.starts_at and each.starts_at <= now]
        return sum(self._start_or_miss(found.id, now) for found in due)

    def pause(self, order: Order) -> Announcement:
        """Let nothing more of it leave until it is resumed. A stale button pauses too: that harms nobody.

        Raises:
            DeniedError: See ``Acting.on``.
        """
        with self._acting.on(order, Act.PAUSE) as (db, found):
            return pause(db, found, BY_STAFF, order.by, order.now)

    def resume(self, order: Order) -> Announcement:
        """Let it go on.

        Raises:
            DeniedError: See ``Acting.on``.
            ReserveError: Announcements are stopped.
        """
        with self._acting.on(order, Act.RESUME) as (db, found):
            reserve.check(db)
            db.execute("DELETE FROM holds WHERE ref = ?", [found.ref])
            return self._run_from(db, found, Act.RESUME, order.by, order.now)

    def cancel(self, order: Order) -> Announcement:
        """Drop it; what has left stays with those who got it, what waits is never sent.

        Raises:
            DeniedError: See ``Acting.on``.
        """
        with self._acting.on(order, Act.CANCEL) as (db, found):
            db.execute(
                "UPDATE outbox SET state = 'cancelled', error = ?, updated_at = ? WHERE ref = ? AND state = 'pending'",
                [BY_STAFF, text_of(order.now), found.ref],
            )
            db.execute("DELETE FROM holds WHERE ref = ?", [found.ref])
            ended = text_of(order.now) if found.started_at else None
            return move(db, found, Act.CANCEL, order.by, order.now, ended_at=ended)

    def resend(self, order: Order) -> int:
        """Try again those it failed to reach, and no others; each at most once a press. Returns how many.

        Raises:
            DeniedError: See ``Acting.on``.
            ReserveError: Announcements are stopped.
            NothingFailedError: All those chats are closed, or nothing failed.
        """
        with self._acting.on(order, Act.RESEND) as (db, found):
            reserve.check(db)
            again = db.execute(_FAILED, [text_of(order.now), text_of(order.now), found.ref]).rowcount
            if not again:
                raise NothingFailedError(found.id)
            db.execute(
                "UPDATE announcements SET figures = NULL, ended_at = NULL, resends = resends + 1 WHERE id = ?",
                [found.id],
            )
            moved = self._run_from(db, get(db, found.id), Act.RESEND, order.by, order.now, told={"deliveries": again})
            boards.open_board(db, moved, self._notices.progress(db, moved, order.now), order.now, speaks=order.by)
        return int(again)

    def set_reserve(self, by: Author, now: datetime, *, on: bool) -> tuple[int, ...]:
        """Stop announcements before an election, or end that; returns the numbers of those it paused.

        Raises:
            NoRightError: Only an admin may.
        """
        with self._acting.recorded(Act.PAUSE, Order(number=0, by=by, now=now)) as db:
            check_right(db, by, Role.ADMIN)
            reserve.switch(db, on=on)
            append(db, "announcement.reserve", {"on": on}, by, now)
            running = list_in(db, State.RUNNING) if on else ()
            for found in running:
                pause(db, found, BY_RESERVE, by, now)
        return tuple(found.id for found in running)

    def is_reserve_on(self) -> bool:
        """Whether announcements are stopped."""
        return reserve.is_on(self._acting.database.read())

    def _start_or_miss(self, number: int, now: datetime) -> bool:
        """Start one whose hour has come, unless it is long past, or nothing may leave: then somebody has to decide."""
        try:
            with self._acting.database.write() as db:
                found = get(db, number)
                if found.starts_at is None or now - found.starts_at > LATEST_START:
                    raise PastTimeError(now)
                self._start(db, found, Act.START, None, now)
        except ForbiddenActError:
            return False  # somebody was faster
        except AnnouncementError as error:
            self._miss(number, type(error).__name__.removesuffix("Error"), now)
            return False
        return True

    def _miss(self, number: int, why: str, now: datetime) -> None:
        with self._acting.database.write() as db:
            found = get(db, number)
            if found.state is State.SCHEDULED:
                moved = move(db, found, Act.MISS, None, now, told={"why": why}, reason=why)
                self._notices.came_to_a_halt(db, moved, now)

    def _start(
        self, db: sqlite_utils.Database, found: Announcement, act: Act, by: Author | None, now: datetime
    ) -> Announcement:
        reserve.check(db)
        after(found.id, found.state, act)
        check_tested(db, found, found.submitted_by)
        counted = enqueue_all(db, self._writing, found, now, self._acting.timezone)
        launched_by = by.member if by else found.approved_by
        db.execute(
            "UPDATE announcements SET reach = ?, left_out = ?, started_at = ?, launched_by = ? WHERE id = ?",
            [counted.reached, json.dumps(counted.left_out), text_of(now), launched_by, found.id],
        )
        moved = self._run_from(db, get(db, found.id), act, by, now, told=asdict(counted) | {"digest": found.digest})
        boards.open_board(db, moved, self._notices.progress(db, moved, now), now, speaks=by)
        return moved

    def _run_from(
        self,
        db: sqlite_utils.Database,
        found: Announcement,
        act: Act,
        by: Author | None,
        now: datetime,
        told: dict[str, object] | None = None,
    ) -> Announcement:
        """Set it running; errors and the rate are counted from here on."""
        so_far = progress(db, found, now)
        baseline = json.dumps({"tried": so_far.tried, "faults": so_far.faults})
        columns = {"running_since": text_of(now), "baseline": baseline, "reason": None}
        return move(db, found, act, by, now, told=told, **columns)


def pause(
    db: sqlite_utils.Database, found: Announcement, reason: str, by: Author | None, now: datetime
) -> Announcement:
    """Hold everything of an announcement, inside the caller's transaction."""
    db.execute("INSERT INTO holds VALUES (?, ?, ?) ON CONFLICT DO NOTHING", [found.ref, reason, text_of(now)])
    return move(db, found, Act.PAUSE, by, now, told={"why": reason}, reason=reason)


# Failed means that nothing was delivered, for sure. Chats that are closed to the bot would only refuse again.
_FAILED = """
UPDATE outbox SET state = 'pending', attempts = 0, error = NULL, not_before = ?, updated_at = ?
WHERE ref = ? AND state = 'failed'
  AND EXISTS (SELECT 1 FROM subscribers s WHERE s.id = subscriber AND s.ended_at IS NULL)
"""
