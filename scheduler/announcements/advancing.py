"""What happens to a running announcement by itself: it pauses when it goes wrong, and ends when nothing waits."""

import json
from datetime import datetime

import sqlite_utils

from scheduler.announcements.acting import Acting, move
from scheduler.announcements.enqueueing import enqueue_edits
from scheduler.announcements.figures import Progress, progress
from scheduler.announcements.notices import Notices
from scheduler.announcements.records import Announcement, Purpose, get, list_in
from scheduler.announcements.running import pause
from scheduler.announcements.states import Act, State
from scheduler.outbox import text_of

BY_FAULTS = "faults"
MOST_FAULTS = 0.05
FEWEST_TRIED = 40  # before that, one or two failures would be more than 5 %
PAUSED_SINCE = "paused"


class Advancing:
    """Looks at what runs; every method is one transaction."""

    def __init__(self, acting: Acting, notices: Notices) -> None:
        self._acting = acting
        self._notices = notices

    def advance(self, now: datetime) -> int:
        """Look at everything that runs; returns how many still do."""
        if not self._acting.database.read().execute(_OPEN).fetchone():
            return 0
        with self._acting.database.write() as db:
            for (number,) in list(db.execute(_UNREPORTED)):
                self._report(db, get(db, number), now)
            states = [self._advance(db, found, now) for found in list_in(db, State.RUNNING)]
        return states.count(State.RUNNING)

    def drop_paused(self, now: datetime) -> int:
        """People who have paused everything since it started do not get it later, when it is no longer news."""
        with self._acting.database.write() as db:
            cursor = db.execute(_PAUSED, [PAUSED_SINCE, text_of(now), text_of(now)])
        return int(cursor.rowcount)

    def _advance(self, db: sqlite_utils.Database, found: Announcement, now: datetime) -> State:
        if (held := db.execute("SELECT reason FROM holds WHERE ref = ?", [found.ref]).fetchone()) is not None:
            return self._halt(db, found, held[0], now)
        if found.purpose is Purpose.CORRECTION and (late := enqueue_edits(db, found, now)):
            # Calls that were under way when it started have ended since.
            db.execute("UPDATE announcements SET reach = reach + ? WHERE id = ?", [late, found.id])
            found = get(db, found.id)
        seen = progress(db, found, now)
        if _goes_wrong(found, seen):
            return self._halt(db, found, BY_FAULTS, now)
        if seen.is_over and not self._comes_more(db, found):
            return self._finish(db, found, seen, now)
        return found.state

    def _halt(self, db: sqlite_utils.Database, found: Announcement, reason: str, now: datetime) -> State:
        moved = pause(db, found, reason, None, now)
        self._notices.came_to_a_halt(db, moved, now)
        return moved.state

    def _comes_more(self, db: sqlite_utils.Database, found: Announcement) -> bool:
        """Whether what it corrects is still being sent to somebody."""
        if found.purpose is not Purpose.CORRECTION:
            return False
        ref = get(db, found.of or 0).ref
        return db.execute("SELECT 1 FROM outbox WHERE ref = ? AND state = 'sending'", [ref]).fetchone() is not None

    def _finish(self, db: sqlite_utils.Database, found: Announcement, seen: Progress, now: datetime) -> State:
        figures = _figures(seen)
        ended = {"figures": json.dumps(figures), "ended_at": text_of(now)}
        moved = move(db, found, Act.FINISH, None, now, told=figures | {"forgotten": seen.forgotten}, **ended)
        self._notices.reported(db, moved, seen, now)
        return moved.state

    def _report(self, db: sqlite_utils.Database, found: Announcement, now: datetime) -> None:
        """Of a cancelled one, once the calls that were under way have ended."""
        seen = progress(db, found, now)
        if seen.is_over:
            db.execute("UPDATE announcements SET figures = ? WHERE id = ?", [json.dumps(_figures(seen)), found.id])
            self._notices.reported(db, found, seen, now)


def _goes_wrong(found: Announcement, seen: Progress) -> bool:
    """More than 5 % of faults since somebody last let it go on."""
    tried = seen.tried - found.baseline.get("tried", 0)
    faults = seen.faults - found.baseline.get("faults", 0)
    return tried >= FEWEST_TRIED and faults > MOST_FAULTS * tried


def _figures(seen: Progress) -> dict[str, dict[str, int]]:
    return {
        "states": {str(state): number for state, number in seen.states.items()},
        "errors": seen.errors,
        "dropped": seen.dropped,
    }


_UNREPORTED = """
SELECT id FROM announcements WHERE state = 'cancelled' AND started_at IS NOT NULL AND figures IS NULL
"""

_OPEN = f"SELECT 1 FROM announcements WHERE state = 'running' UNION ALL {_UNREPORTED} LIMIT 1"  # noqa: S608 - above

_PAUSED = """
UPDATE outbox SET state = 'cancelled', error = ?, updated_at = ?
WHERE state = 'pending' AND kind = 'announcement'
  AND EXISTS (SELECT 1 FROM subscribers s WHERE s.id = subscriber AND s.paused_until > ?)
"""
