"""One line about how the program is, and 0 or 1: for a service manager, a monitor, a person."""

import logging
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.operation.backups import has_run_on
from scheduler.ticking import LAST_TICK

logger = logging.getLogger(__name__)

SILENT_FOR = timedelta(hours=25)
_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What was found.

    Attributes:
        line: One line, in English.
        is_well: Whether nothing calls for an operator.
    """

    line: str
    is_well: bool


def examine(database: Path, now: datetime, *, tick_seconds: int) -> Health:
    """Look at a base, running bot or not; nothing is written."""
    if not database.is_file():
        return Health(line=f"DOWN: there is no database at {database}", is_well=False)
    try:
        if not has_run_on(database):
            return Health(line=f"DOWN: the bot has never run on {database}", is_well=False)
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as db:
            return _read(db, now, tick_seconds)
    except sqlite3.Error as error:
        return Health(line=f"DOWN: the database cannot be read: {error}", is_well=False)


def dead_man(last_tick: datetime | None, now: datetime) -> str | None:
    """The line that says nobody is at work any more; None when somebody is."""
    if last_tick is not None and now - last_tick <= SILENT_FOR:
        return None
    since = f"since {_clock(last_tick)}" if last_tick else "yet"
    return f"DEAD: no tick has succeeded {since}; nobody is told anything"


class Watch:
    """Looks, while the bot runs, whether its own ticks still succeed; the line is logged once an hour."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._said: datetime | None = None

    def look(self, now: datetime) -> str | None:
        """The dead-man line when it was logged just now. It blocks."""
        with closing(sqlite3.connect(f"{self._database.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as db:
            row = db.execute("SELECT value FROM marks WHERE name = ?", [LAST_TICK]).fetchone()
        line = dead_man(_moment(row[0] if row else None), now)
        if line is None or (self._said is not None and now - self._said < _AGAIN):
            return None
        self._said = now
        logger.error(line)
        return line


def _read(db: sqlite3.Connection, now: datetime, tick_seconds: int) -> Health:
    marks = dict(db.execute("SELECT name, value FROM marks").fetchall())
    tick = _moment(marks.get(LAST_TICK))
    (run,) = db.execute("SELECT max(ran_at) FROM digest_runs").fetchone()
    queue, oldest = db.execute("SELECT count(*), min(created_at) FROM outbox WHERE state = 'pending'").fetchone()
    (uncertain,) = db.execute("SELECT count(*) FROM outbox WHERE state = 'uncertain'").fetchone()
    said = (
        f"last tick {_clock(tick)}, last digest run {_clock(_moment(run))}, queue {queue},"
        f" oldest pending {_clock(_moment(oldest))}, uncertain {uncertain}"
    )
    if (dead := dead_man(tick, now)) is not None:
        return Health(line=f"{dead}; {said}", is_well=False)
    late = tick is not None and now - tick > max(timedelta(seconds=10 * tick_seconds), timedelta(minutes=5))
    return Health(line=f"{'LATE' if late else 'OK'}: {said}", is_well=not late)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _clock(moment: datetime | None) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if moment else "none"
