"""One tick: look at what is due in the base, and enqueue it."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlite_utils

from knowledge.database import Database
from knowledge.overdue import record_overdue
from scheduler.counters import find_mark, mark
from scheduler.digests import run_due_digests
from scheduler.outbox import text_of
from scheduler.prompt import tell_at_once
from scheduler.weekly import WeeklyNote

_LOOKED = "overdue"
LAST_TICK = "tick"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """What one tick found: due dates that passed, people told at once, digests."""

    overdue: int
    at_once: int
    digests: int


class Ticking:
    """Finds what is due; whatever was missed is found by the next tick.

    Args:
        timezone: For due dates, digests and quiet hours.
        weekly: The note to staff; None where nobody is to be told.
    """

    def __init__(self, database: Database, timezone: ZoneInfo, weekly: WeeklyNote | None = None) -> None:
        self._database = database
        self._timezone = timezone
        self._weekly = weekly

    def tick(self, now: datetime) -> Ticked:
        """Do everything that is due, each in a transaction of its own."""
        with self._database.write() as db:
            overdue = self._look_for_overdue(db, now)
        with self._database.write() as db:
            at_once = tell_at_once(db, now, self._timezone)
        with self._database.write() as db:
            digests = run_due_digests(db, now, self._timezone)
            mark(db, LAST_TICK, text_of(now))
        if self._weekly is not None:
            self._weekly.tick(now)
        return Ticked(overdue=overdue, at_once=at_once, digests=digests)

    def _look_for_overdue(self, db: sqlite_utils.Database, now: datetime) -> int:
        """Once a local day, the first tick of all only notes the day: what was past when the base was filled is old."""
        today = now.astimezone(self._timezone).date()
        looked = find_mark(db, _LOOKED)
        if looked == today.isoformat():
            return 0
        mark(db, _LOOKED, today.isoformat())
        # After a clock that ran ahead was put right the interval is empty: nothing is found, nothing is lost.
        return record_overdue(db, date.fromisoformat(looked), today, now) if looked else 0
