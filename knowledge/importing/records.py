"""The only SQL on the files that were sent: what they ask, who sent and who decided, and the changes they made."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlite_utils

from knowledge.authors import Author, Role, Via
from knowledge.errors import UnknownImportError
from knowledge.history import append
from knowledge.importing.applying import Note
from knowledge.importing.sheets import Sheet
from knowledge.models import Origin


class State(StrEnum):
    """Where a file stands."""

    PROPOSED = "proposed"  # shown to who sent it, who has not said yes
    PENDING = "pending"  # waits for a second person
    APPLIED = "applied"
    REFUSED = "refused"
    UNDONE = "undone"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One file.

    Attributes:
        sheet: What it asks.
        source: Whose word it is: an import's, or staff's when a member sent it.
        reason: Why it was refused.
    """

    id: int
    state: State
    sha256: str
    file_name: str
    sheet: Sheet
    source: Origin
    made_at: datetime
    made_by: Author
    decided_at: datetime | None
    decided_by: Author | None
    reason: str | None


def add(
    db: sqlite_utils.Database,
    sha256: str,
    file_name: str,
    sheet: Sheet,
    source: Origin,
    by: Author,
    now: datetime,
) -> int:
    """Keep a file as proposed; its number."""
    row = {
        "state": State.PROPOSED,
        "sha256": sha256,
        "file_name": file_name,
        "lines": sheet.to_json(),
        "source": source,
        "made_at": _text(now),
        **_columns("made", by),
    }
    return int(db.table("imports").insert(row, pk="id").last_pk or 0)


def get(db: sqlite_utils.Database, number: int) -> Import:
    """The file of this number.

    Raises:
        UnknownImportError: There is none.
    """
    row = next(db.query("SELECT * FROM imports WHERE id = ?", [number]), None)
    if row is None:
        raise UnknownImportError(number)
    return _import(row)


def find_waiting(db: sqlite_utils.Database, sha256: str) -> int | None:
    """The number under which the same file waits already."""
    row = db.execute("SELECT id FROM imports WHERE sha256 = ? AND state = ?", [sha256, State.PENDING]).fetchone()
    return int(row[0]) if row else None


def list_in(db: sqlite_utils.Database, state: State) -> tuple[Import, ...]:
    """The files in a state, oldest first."""
    return tuple(_import(row) for row in db.query("SELECT * FROM imports WHERE state = ? ORDER BY id", [state]))


def decide(
    db: sqlite_utils.Database,
    kept: Import,
    state: State,
    by: Author,
    now: datetime,
    *,
    changes: Sequence[int] = (),
    notes: Mapping[str, Note] | None = None,
    reason: str | None = None,
) -> None:
    """Note what became of a file, who said so and when, and what it has written."""
    row = {"state": state, "decided_at": _text(now), "reason": reason, **_columns("decided", by)}
    if notes is not None:
        row["notes"] = json.dumps(notes, ensure_ascii=False)
    db.table("imports").update(kept.id, row)
    db.conn.executemany("INSERT INTO import_changes VALUES (?, ?)", [(change, kept.id) for change in changes])
    content = {"import": kept.id, "sha256": kept.sha256, "changes": list(changes), "reason": reason}
    append(db, f"import.{state}", content, by, now)


def wait(db: sqlite_utils.Database, kept: Import, now: datetime) -> None:
    """A proposed file now waits for a second person."""
    db.execute("UPDATE imports SET state = ? WHERE id = ?", [State.PENDING, kept.id])
    append(db, f"import.{State.PENDING}", {"import": kept.id, "sha256": kept.sha256}, kept.made_by, now)


def expire(db: sqlite_utils.Database, now: datetime, after: timedelta) -> None:
    """Give up what nobody decided in time."""
    expired = db.execute(
        "UPDATE imports SET state = ? WHERE state IN (?, ?) AND made_at < ? RETURNING id, sha256",
        [State.EXPIRED, State.PROPOSED, State.PENDING, _text(now - after)],
    ).fetchall()
    for number, sha256 in expired:
        append(db, f"import.{State.EXPIRED}", {"import": number, "sha256": sha256}, None, now)


def written(db: sqlite_utils.Database, number: int) -> tuple[tuple[int, ...], dict[str, Note]]:
    """The changes that a file has made, in order, and its notes."""
    changes = db.execute("SELECT change FROM import_changes WHERE import = ? ORDER BY change", [number])
    (notes,) = db.execute("SELECT notes FROM imports WHERE id = ?", [number]).fetchone()
    return tuple(row[0] for row in changes), {key: (old, new) for key, (old, new) in json.loads(notes or "{}").items()}


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _columns(act: str, by: Author) -> dict[str, Any]:
    return {f"{act}_member": by.member, f"{act}_role": by.role, f"{act}_via": by.via}


def _author(row: Mapping[str, Any], act: str) -> Author | None:
    if row[f"{act}_via"] is None:
        return None
    role = row[f"{act}_role"]
    return Author(member=row[f"{act}_member"], role=Role(role) if role else None, via=Via(row[f"{act}_via"]))


def _import(row: Mapping[str, Any]) -> Import:
    made_by = _author(row, "made")
    if made_by is None:
        raise UnknownImportError(row["id"])
    return Import(
        id=row["id"],
        state=State(row["state"]),
        sha256=row["sha256"],
        file_name=row["file_name"],
        sheet=Sheet.from_json(row["lines"]),
        source=Origin(row["source"]),
        made_at=datetime.fromisoformat(row["made_at"]),
        made_by=made_by,
        decided_at=datetime.fromisoformat(row["decided_at"]) if row["decided_at"] else None,
        decided_by=_author(row, "decided"),
        reason=row["reason"],
    )
