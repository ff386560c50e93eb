"""The one place that appends to the history, inside the transaction of the act itself."""

import json
import sqlite3
from datetime import UTC, datetime
from typing import Any

import sqlite_utils

from knowledge.authors import Author
from knowledge.database import Connection
from knowledge.errors import BrokenHistoryError
from knowledge.history.seals import FIRST, Seals, same

# As sealed, in this order; the seal stands beside.
FIELDS = ("seq", "at", "kind", "commitment", "change", "member", "role", "via", "content")


def append(
    db: sqlite_utils.Database,
    kind: str,
    content: dict[str, Any],
    by: Author | None,
    now: datetime,
    *,
    commitment: str | None = None,
    change: int | None = None,
) -> int:
    """Seal one more entry over the last; call it inside the write transaction of the act that it records.

    Args:
        kind: Dotted words, such as ``announcement.approved``.
        content: What JSON can hold; kept for ever, so no name, no chat id, no words of the public.
        by: None when a data file, or the passing of time.
        commitment: The one it is about, if one.
        change: The number of the change that it seals.

    Returns:
        Its number, from 1, without gaps.

    Raises:
        BrokenHistoryError: The end of the history is not as it was left.
        MissingKeyError, BadKeyError: See ``Database.key``.
    """
    connection = _connection(db)
    seals = Seals(connection.key())
    count, before = _end(connection, seals)
    fields = (
        count + 1,
        now.astimezone(UTC).isoformat(timespec="seconds"),
        kind,
        commitment,
        change,
        by.member if by else None,
        by.role.value if by and by.role else None,
        by.via.value if by else None,
        canonical(content),
    )
    seal = seals.entry(fields, before)
    try:
        connection.execute("INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*fields, seal))
    except sqlite3.IntegrityError as error:  # an entry stands where none was sealed
        raise BrokenHistoryError(connection.path) from error
    connection.execute(
        "INSERT OR REPLACE INTO history_head VALUES (1, ?, ?, ?)", (count + 1, seal, seals.head(count + 1, seal))
    )
    return count + 1


def canonical(content: dict[str, Any]) -> str:
    """The one way to write it."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _end(connection: Connection, seals: Seals) -> tuple[int, bytes]:
    """How many entries there are and the last one's seal: sealing over anything else would hide what was done to it."""
    head = connection.execute("SELECT count, seal, head_seal FROM history_head").fetchone()
    if head is None:
        if connection.execute("SELECT 1 FROM history LIMIT 1").fetchone():
            raise BrokenHistoryError(connection.path)
        return 0, FIRST
    count, last, seal = head
    if not same(seal, seals.head(count, last)):
        raise BrokenHistoryError(connection.path)
    return count, last


def _connection(db: sqlite_utils.Database) -> Connection:
    if not isinstance(db.conn, Connection):
        raise TypeError("the history is written through knowledge.database.Database only")
    return db.conn
