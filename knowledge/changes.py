"""The one place that records a change, in the transaction of the write that makes it, and that reads them back."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

import sqlite_utils

from knowledge import rows
from knowledge.authors import Author, Role, Via
from knowledge.history import append
from knowledge.models import Deliberation, DueDate, Milestone, Origin, Status


class Field(StrEnum):
    """What of a commitment changed; ``overdue`` is the passing of a due date."""

    STATUS = "status"
    DELIBERATION = "deliberation"
    DUE = "due"
    MILESTONE = "milestone"
    OVERDUE = "overdue"


# A status, a vote, all the due dates now in force, a dated fact, the due date that has passed; None when there is none.
Value = Status | Deliberation | tuple[DueDate, ...] | Milestone | DueDate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChange:
    """A change about to be recorded.

    Attributes:
        event_date: When it happened, ISO cut to what is known.
        url: The page it rests on.
        by: Who did it; None when a data file, or the passing of time.
        evidence: The words it rests on.
        undoes: The number of the change it takes back.
    """

    commitment: str
    field: Field
    old: Value
    new: Value
    source: Origin
    by: Author | None = None
    evidence: str | None = None
    event_date: str | None = None
    url: str | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A recorded change.

    Attributes:
        id: Grows in the order in which changes were committed.
        subject: What within the commitment: two changes of one subject follow each other, the first's new
            being the second's old.
        recorded_at: UTC.
    """

    id: int
    commitment: str
    field: Field
    subject: str
    old: Value
    new: Value
    source: Origin
    by: Author | None
    evidence: str | None
    event_date: str | None
    url: str | None
    recorded_at: datetime
    undoes: int | None


def record(db: sqlite_utils.Database, change: NewChange, now: datetime) -> int:
    """Append a change, and seal it in the history; call it inside the write transaction of the change itself.

    Returns:
        Its number.
    """
    row = {
        "commitment": change.commitment,
        "field": change.field.value,
        "subject": subject_of(change.field, change.new if change.new is not None else change.old),
        "old": encode(change.old),
        "new": encode(change.new),
        "source": change.source.value,
        "member": change.by.member if change.by else None,
        "role": change.by.role if change.by else None,
        "via": change.by.via if change.by else None,
        "evidence": change.evidence,
        "event_date": change.event_date,
        "url": change.url,
        "recorded_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "undoes": change.undoes,
    }
    cursor = db.execute(_INSERT, row)
    number = int(cursor.lastrowid or 0)
    content = sealed(row)
    # Who says it now, and in which words: for what is taken back, that is not who takes it back.
    if change.field is Field.STATUS:
        content["basis"] = rows.status_basis(db, change.commitment)
    elif change.field is Field.DUE:
        content["basis"] = rows.due_basis(db, change.commitment)
    append(db, "change", content, change.by, now, commitment=change.commitment, change=number)
    return number


def sealed(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the history keeps of a row of changes, beside the number, the commitment, the author and the moment."""
    return {name: row[name] for name in _SEALED}


def last_id(db: sqlite_utils.Database, *, before: datetime | None = None) -> int:
    """The number of the newest change, or of the newest one recorded before a moment; 0 when there is none."""
    if before is None:
        return int(db.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()[0])
    limit = before.astimezone(UTC).isoformat(timespec="seconds")
    return int(db.execute("SELECT coalesce(max(id), 0) FROM changes WHERE recorded_at < ?", [limit]).fetchone()[0])


def list_changes(
    db: sqlite_utils.Database,
    *,
    after: int = 0,
    upto: int | None = None,
    since: datetime | None = None,
    field: Field | None = None,
) -> Iterator[Change]:
    """Changes in the order they were recorded: numbers in (after, upto], from a moment on, of one field or all."""
    limit = since.astimezone(UTC).isoformat(timespec="seconds") if since else ""
    rows = db.query(
        "SELECT * FROM changes WHERE id > ? AND id <= ? AND recorded_at >= ? AND (? IS NULL OR field = ?) ORDER BY id",
        [after, upto if upto is not None else 2**62, limit, field, field],
    )
    return (_change(row) for row in rows)


def get_change(db: sqlite_utils.Database, number: int) -> Change | None:
    """The change of this number."""
    return next((_change(row) for row in db.query("SELECT * FROM changes WHERE id = ?", [number])), None)


def history(db: sqlite_utils.Database, commitment: str) -> tuple[Change, ...]:
    """Every change of one commitment, oldest first."""
    return tuple(
        _change(row) for row in db.query("SELECT * FROM changes WHERE commitment = ? ORDER BY id", [commitment])
    )


def standing(chain: Iterable[Change]) -> list[Change]:
    """What is left of a subject's changes once those that were undone, and their undoing, are taken away.

    An undo of something outside the chain stays in it.
    """
    left: list[Change] = []
    for change in chain:
        if change.undoes is not None and left and left[-1].id == change.undoes:
            left.pop()
        else:
            left.append(change)
    return left


def subject_of(field: Field, value: Value) -> str:
    """What within a commitment a change is about."""
    match value:
        case Deliberation(date=day, label=label):
            return f"{field}:{day}:{label}"
        case Milestone(date=day, summary=summary):
            return f"{field}:{day}:{summary}"
        case DueDate(label=label, ends=ends):
            return f"{field}:{ends}:{label}"
        case _:
            return field.value


def encode(value: Value) -> str | None:
    """As stored: JSON, or nothing."""
    match value:
        case None:
            return None
        case Status():
            content: object = value.value
        case Deliberation():
            content = {"date": value.date, "label": value.label, "url": value.url}
        case Milestone():
            content = {
                "date": value.date,
                "kind": value.kind,
                "summary": value.summary,
                "source_url": value.source_url,
            }
        case DueDate():
            content = plain(value)
        case _:
            content = [plain(due) for due in value]
    return json.dumps(content, ensure_ascii=False)


_COLUMNS = (
    *("commitment", "field", "subject", "old", "new", "source", "member", "role", "via"),
    *("evidence", "event_date", "url", "recorded_at", "undoes"),
)
_SEALED = ("field", "subject", "old", "new", "source", "evidence", "event_date", "url", "undoes")
_INSERT = f"INSERT INTO changes({', '.join(_COLUMNS)}) VALUES ({', '.join(f':{name}' for name in _COLUMNS)})"  # noqa: S608


def plain(value: DueDate) -> dict[str, str | None]:
    """A due date as JSON has it."""
    return {"label": value.label, "from": value.starts, "to": value.ends}


@lru_cache(maxsize=10_000)
def decode(field: Field, text: str | None, source: Origin) -> Value:
    """What ``encode`` wrote."""
    if text is None:
        return None
    content = json.loads(text)
    match field:
        case Field.STATUS:
            return Status(content)
        case Field.DELIBERATION:
            return Deliberation(**content, source=source)
        case Field.MILESTONE:
            return Milestone(**content)
        case Field.OVERDUE:
            return DueDate(label=content["label"], starts=content["from"], ends=content["to"])
        case Field.DUE:
            return tuple(DueDate(label=d["label"], starts=d["from"], ends=d["to"]) for d in content)


def _change(row: dict[str, Any]) -> Change:
    field, source = Field(row["field"]), Origin(row["source"])
    return Change(
        id=row["id"],
        commitment=row["commitment"],
        field=field,
        subject=row["subject"],
        old=decode(field, row["old"], source),
        new=decode(field, row["new"], source),
        source=source,
        by=_author(row),
        evidence=row["evidence"],
        event_date=row["event_date"],
        url=row["url"],
        recorded_at=datetime.fromisoformat(row["recorded_at"]),
        undoes=row["undoes"],
    )


def _author(row: dict[str, Any]) -> Author | None:
    if row["via"] is None:
        return None
    return Author(member=row["member"], role=Role(row["role"]) if row["role"] else None, via=Via(row["via"]))
