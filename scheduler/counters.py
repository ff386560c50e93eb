"""Counts that outlive the rows they were made from: a day, a name, a number; nobody in them."""

from datetime import datetime

import sqlite_utils


def count(db: sqlite_utils.Database, name: str, number: int, now: datetime) -> None:
    """Add to a day's count, inside the caller's transaction."""
    if number:
        db.execute(
            "INSERT INTO counters VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
            [now.date().isoformat(), name, number],
        )


def total(db: sqlite_utils.Database, name: str) -> int:
    """The sum over all days."""
    return int(db.execute("SELECT coalesce(sum(count), 0) FROM counters WHERE name = ?", [name]).fetchone()[0])


def mark(db: sqlite_utils.Database, name: str, value: str) -> None:
    """Remember one value under a name (last tick, last night), inside the caller's transaction."""
    db.execute("INSERT INTO marks VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", [name, value])


def find_mark(db: sqlite_utils.Database, name: str) -> str | None:
    """What ``mark`` last remembered."""
    row = db.execute("SELECT value FROM marks WHERE name = ?", [name]).fetchone()
    return str(row[0]) if row else None
