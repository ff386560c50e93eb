"""Digest runs: stored windows of local time, by frequency, hour and quiet hours; a missed one is caught up."""

import logging
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlite_utils

from knowledge import changes
from scheduler.calendar import latest_date, moment
from scheduler.facts import Frequency
from scheduler.fanout import Round, fan_out
from scheduler.outbox import Kind, text_of
from scheduler.quiet import Quiet

_ORDER = (Frequency.DAY, Frequency.WEEK, Frequency.MONTH)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stored run: what was recorded in [starts, ends) is told; ``local_date`` is the day it stands for."""

    id: int
    frequency: Frequency
    local_date: date
    starts: datetime | None
    ends: datetime
    digests: int


def run_due_digests(db: sqlite_utils.Database, now: datetime, timezone: ZoneInfo) -> int:
    """Run every digest whose moment has come and that has not run, inside the caller's transaction.

    After days without the program one run tells everything up to the last moment missed.

    Returns:
        How many digests were enqueued.
    """
    runs: list[tuple[datetime, int, str, str, date]] = []
    for frequency, hour, quiet in list(db.execute(_SCHEDULES)):
        day, due = latest_moment(Frequency(frequency), time.fromisoformat(hour), quiet, now, timezone)
        if not db.execute(_KNOWN, [frequency, hour, quiet, day.isoformat()]).fetchone():
            runs.append((due, _ORDER.index(Frequency(frequency)), hour, quiet, day))
    # The earliest first, and at the same moment the shorter window: what one tells the others do not repeat.
    return sum(_run(db, _ORDER[place], hour, quiet, day, due, now) for due, place, hour, quiet, day in sorted(runs))


def latest_moment(
    frequency: Frequency, hour: time, quiet: str, now: datetime, timezone: ZoneInfo
) -> tuple[date, datetime]:
    """The last digest due by now: the local day it stands for, and its moment, moved to the end of quiet hours."""
    day = latest_date(frequency, now.astimezone(timezone).date())
    while (due := Quiet.parse(quiet).end(moment(day, hour, timezone), timezone)) > now:
        day = latest_date(frequency, day - timedelta(days=1))
    return day, due


def find_run(db: sqlite_utils.Database, number: int) -> Run | None:
    """The run of this number."""
    for row in db.query("SELECT * FROM digest_runs WHERE id = ?", [number]):
        return Run(
            id=row["id"],
            frequency=Frequency(row["frequency"]),
            local_date=date.fromisoformat(row["local_date"]),
            starts=datetime.fromisoformat(row["starts"]) if row["starts"] else None,
            ends=datetime.fromisoformat(row["ends"]),
            digests=row["digests"],
        )
    return None


def _run(
    db: sqlite_utils.Database, frequency: Frequency, hour: str, quiet: str, day: date, due: datetime, now: datetime
) -> int:
    upto = changes.last_id(db, before=due)
    schedule, ends = [frequency, hour, quiet], text_of(due)
    before = "SELECT max(ends) FROM digest_runs WHERE frequency = ? AND hour = ? AND quiet = ? AND ends <= ?"
    starts = db.execute(before, [*schedule, ends]).fetchone()[0]
    cursor = db.execute(
        "INSERT INTO digest_runs(frequency, hour, quiet, local_date, starts, ends, upto, ran_at, digests)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
        [*schedule, day.isoformat(), starts, ends, upto, text_of(now)],
    )
    this = Round(
        frequency=frequency,
        upto=upto,
        settled=due,
        quiet=(quiet,),
        hour=hour,
        kind=Kind.DIGEST,
        ref=f"run:{cursor.lastrowid}",
        stem=f"digest:{{subscriber}}:{frequency}:{day.isoformat()}",
    )
    told = fan_out(db, this, now)
    db.execute("UPDATE digest_runs SET digests = ? WHERE id = ?", [told, cursor.lastrowid])
    if told:
        logger.info("digest run %s, %s of %s: %s digests", cursor.lastrowid, frequency, day, told)
    return told


_SCHEDULES = """
SELECT DISTINCT x.frequency, s.hour, s.quiet
FROM subscribers s JOIN subscriptions x ON x.subscriber = s.id
WHERE s.ended_at IS NULL AND x.frequency != 'immediate'
"""

_KNOWN = "SELECT 1 FROM digest_runs WHERE frequency = ? AND hour = ? AND quiet = ? AND local_date = ?"
