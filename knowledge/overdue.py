"""Due dates that pass while the status is known and is not « réalisé »: a change of its own kind."""

from calendar import monthrange
from datetime import date, datetime

import sqlite_utils

from knowledge.changes import Field, NewChange, record, subject_of
from knowledge.models import DueDate, Origin, Status

_YEAR, _MONTH = len("2022"), len("2022-06")


def record_overdue(db: sqlite_utils.Database, since: date, today: date, now: datetime) -> int:
    """Record the due dates in force that have passed since an earlier look, inside the caller's transaction.

    A period has passed after its last day; what never ends never passes. Nothing is recorded where the status is
    not known, nor twice.

    Args:
        since: The day of the earlier look: what was past then already is not new.
        today: The local day.
        now: When it is recorded.

    Returns:
        How many were recorded.
    """
    found = 0
    for row in list(db.query(_IN_FORCE, [Status.REALISE])):
        if not since <= last_day(row["ends"]) < today:
            continue
        due = DueDate(label=row["label"], starts=row["starts"], ends=row["ends"])
        subject = subject_of(Field.OVERDUE, due)
        told = "SELECT 1 FROM changes WHERE commitment = ? AND subject = ?"
        if db.execute(told, [row["commitment"], subject]).fetchone():
            continue
        change = NewChange(
            commitment=row["commitment"],
            field=Field.OVERDUE,
            old=None,
            new=due,
            source=Origin(row["source"]),
            event_date=last_day(row["ends"]).isoformat(),
        )
        record(db, change, now)
        found += 1
    return found


def in_force(db: sqlite_utils.Database, commitment: str) -> tuple[DueDate, ...]:
    """The due dates of a commitment as they stand: staff's when they moved them, else the report's."""
    rows = db.query("SELECT label, starts, ends FROM due_in_force WHERE commitment = ? ORDER BY position", [commitment])
    return tuple(DueDate(**row) for row in rows)


def last_day(ends: str) -> date:
    """The last day of a day, month or year, ISO cut to what is known."""
    if len(ends) == _YEAR:
        return date(int(ends), 12, 31)
    if len(ends) == _MONTH:
        year, month = int(ends[:_YEAR]), int(ends[_YEAR + 1 :])
        return date(year, month, monthrange(year, month)[1])
    return date.fromisoformat(ends)


def put_off(old: tuple[DueDate, ...], new: tuple[DueDate, ...]) -> bool:
    """Whether due dates slipped: their last day comes later than before, or is not said any more."""
    before, after = _last(old), _last(new)
    return before is not None and (after is None or after > before)


def _last(due: tuple[DueDate, ...]) -> date | None:
    return max((last_day(each.ends) for each in due if each.ends), default=None)


_IN_FORCE = """
SELECT d.commitment, d.label, d.starts, d.ends, d.source
FROM due_in_force d JOIN commitments c ON c.id = d.commitment
WHERE d.ends IS NOT NULL AND c.status IS NOT NULL AND c.status != ?
ORDER BY c.position, d.position
"""
