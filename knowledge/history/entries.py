"""Reading the history back."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlite_utils

from knowledge.authors import Author, Role, Via


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One act, as it was sealed.

    Attributes:
        at: UTC.
        commitment: The one it is about, if one.
        change: The number of the change that it seals.
    """

    seq: int
    at: datetime
    kind: str
    commitment: str | None
    change: int | None
    by: Author | None
    content: dict[str, Any]


def last_entry(db: sqlite_utils.Database) -> int:
    """The number of the newest; 0 when there is none."""
    return int(db.execute("SELECT coalesce(max(seq), 0) FROM history").fetchone()[0])


def list_entries(
    db: sqlite_utils.Database, *, commitment: str | None = None, after: int = 0, before: datetime | None = None
) -> Iterator[Entry]:
    """Entries in the order they were sealed: of one commitment or of all, up to a moment or all."""
    limit = before.astimezone(UTC).isoformat(timespec="seconds") if before else "~"
    rows = db.query(
        "SELECT * FROM history WHERE seq > ? AND at < ? AND (? IS NULL OR commitment = ?) ORDER BY seq",
        [after, limit, commitment, commitment],
    )
    return (_entry(row) for row in rows)


def said_by(db: sqlite_utils.Database, commitment: str, change: int) -> str | None:
    """Who said a status once a change was made, as sealed with it; None when nobody did."""
    row = db.execute("SELECT content FROM history WHERE commitment = ? AND change = ?", [commitment, change]).fetchone()
    return json.loads(row[0])["basis"][0] if row else None


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        seq=row["seq"],
        at=datetime.fromisoformat(row["at"]),
        kind=row["kind"],
        commitment=row["commitment"],
        change=row["change"],
        by=_author(row),
        content=json.loads(row["content"]),
    )


def _author(row: dict[str, Any]) -> Author | None:
    if row["via"] is None:
        return None
    return Author(member=row["member"], role=Role(row["role"]) if row["role"] else None, via=Via(row["via"]))
