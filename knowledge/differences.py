"""What a changed data file changes of what people are told of."""

from datetime import datetime

import sqlite_utils

from knowledge.changes import Field, NewChange, Value, record, subject_of
from knowledge.models import Deliberation, Milestone, Origin, Status
from knowledge.overdue import in_force

# The value under each commitment, field and subject.
Told = dict[tuple[str, Field, str], Value]


def told(db: sqlite_utils.Database) -> Told:
    """Everything that people are told changes of, as it stands."""
    found: Told = {}

    def put(commitment: str, field: Field, value: Value) -> None:
        found[commitment, field, subject_of(field, value)] = value

    for row in db.query("SELECT id, status FROM commitments ORDER BY position"):
        put(row["id"], Field.STATUS, Status(row["status"]) if row["status"] else None)
        put(row["id"], Field.DUE, in_force(db, row["id"]))
    for row in db.query("SELECT * FROM deliberations ORDER BY commitment, date, label"):
        vote = Deliberation(date=row["date"], label=row["label"], url=row["url"])
        put(row["commitment"], Field.DELIBERATION, vote)
    for row in db.query(
        "SELECT commitment, date, kind, summary, source_url FROM milestones ORDER BY commitment, date, summary"
    ):
        put(row.pop("commitment"), Field.MILESTONE, Milestone(**row))
    return found


def record_differences(db: sqlite_utils.Database, before: Told, now: datetime) -> int:
    """Record what the data files have changed of what people are told; returns how many changes."""
    after = told(db)
    changed = [key for key in dict.fromkeys((*before, *after)) if before.get(key) != after.get(key)]
    for commitment, field, subject in changed:
        old, new = before.get((commitment, field, subject)), after.get((commitment, field, subject))
        value = new if new is not None else old
        change = NewChange(
            commitment=commitment,
            field=field,
            old=old,
            new=new,
            source=Origin.REPORT,
            event_date=value.date if isinstance(value, Deliberation | Milestone) else None,
            url=_url(value),
        )
        record(db, change, now)
    return len(changed)


def _url(value: Value) -> str | None:
    match value:
        case Deliberation():
            return value.url
        case Milestone():
            return value.source_url
        case _:
            return None
