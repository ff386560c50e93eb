"""What a base that is about to be replaced knows better than its backup: what was erased, and who may still do what."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlite_utils

from bot.errors import BackupError
from knowledge.authors import OPERATOR
from knowledge.history import append
from scheduler.members import take_off
from scheduler.outbox import text_of

# Words that people let be kept or sent: gone in the live base, gone in the copy.
_CONSENTED = ("enquiries", "kept_questions")
# How many numbers and versions are passed over where nobody knows how far the lost base had come.
_GAP = 100
_Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survivors:
    """What is carried over into the copy; nothing when the live base is lost.

    Attributes:
        consented: By table, the numbers that still stand; only tables that the live base has.
        members: By number: when they joined, role, hash of the code, when they were removed.
        numbers: The last number that each table has given; None when nobody knows.
    """

    erasures: _Rows = field(default_factory=list)
    backups: _Rows = field(default_factory=list)
    consented: dict[str, frozenset[int]] = field(default_factory=dict)
    members: dict[int, tuple[str, str, bytes | None, str | None]] = field(default_factory=dict)
    numbers: dict[str, int] | None = None


def survivors(database: Path) -> Survivors:
    """Read the live base.

    Raises:
        BackupError: Another program has it open.
    """
    if not database.is_file():
        return Survivors()
    try:
        with closing(sqlite3.connect(database, timeout=1, isolation_level=None)) as live:
            # Leaving the write-ahead log is refused while anybody else has the file open.
            live.execute("PRAGMA journal_mode = DELETE")
            return _read(live)
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise BackupError("the bot is running; stop it first") from error
        return Survivors()
    except sqlite3.DatabaseError:
        return Survivors()


def _read(live: sqlite3.Connection) -> Survivors:
    # A base from before a step has not all of them.
    tables = {name for (name,) in live.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    team = live.execute("SELECT id, joined_at, role, code, removed_at FROM members") if "members" in tables else ()
    return Survivors(
        erasures=list(live.execute("SELECT * FROM erasures")),
        backups=list(live.execute("SELECT * FROM backups")),
        consented={
            table: frozenset(number for (number,) in live.execute(f"SELECT id FROM {table}"))  # noqa: S608 - above
            for table in _CONSENTED
            if table in tables
        },
        members={number: (joined, role, code, removed) for number, joined, role, code, removed in team},
        numbers=dict(live.execute("SELECT name, seq FROM sqlite_sequence").fetchall()),
    )


def carry_over(db: sqlite_utils.Database, kept: Survivors, now: datetime) -> None:
    """Bring it into the copy, inside the caller's transaction."""
    for table, standing in kept.consented.items():
        held = {number for (number,) in db.execute(f"SELECT id FROM {table}")}  # noqa: S608 - named above
        db.conn.executemany(
            f"DELETE FROM {table} WHERE id = ?",  # noqa: S608 - named above
            [(number,) for number in held - standing],
        )
    db.conn.executemany("INSERT INTO backups VALUES (?, ?) ON CONFLICT DO NOTHING", kept.backups)
    _team(db, kept, now)
    _numbers(db, kept.numbers)
    # What members were in the middle of, and every button that was shown since with another text behind it.
    for table in ("update_drafts", "pending_inputs"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - named here
    db.execute("UPDATE announcements SET version = version + ?", [_GAP])


def _team(db: sqlite_utils.Database, kept: Survivors, now: datetime) -> None:
    """Who left since does not come back, roles and codes stay as they were last, and no invitation works again."""
    db.execute("UPDATE invites SET used_at = ? WHERE used_at IS NULL", [text_of(now)])
    team = db.execute("SELECT id, joined_at, role FROM members WHERE removed_at IS NULL").fetchall()
    for number, joined, role in team:
        now_is = kept.members.get(number)
        if now_is is None or now_is[0] != joined:
            continue
        _, last_role, code, removed = now_is
        if removed is not None:
            take_off(db, number, OPERATOR, now)
            continue
        db.execute("UPDATE members SET role = ?, code = ? WHERE id = ?", [last_role, code, number])
        if last_role != role:
            append(db, "member.role", {"member": number, "old": role, "new": last_role}, OPERATOR, now)


def _numbers(db: sqlite_utils.Database, last: dict[str, int] | None) -> None:
    """No number is given twice: buttons shown since the backup name things that are gone, and must not name others."""
    if last is None:
        db.execute("UPDATE sqlite_sequence SET seq = seq + ?", [_GAP])
        return
    for name, number in last.items():
        known = db.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", [number, name]).rowcount
        if not known:
            db.execute("INSERT INTO sqlite_sequence(name, seq) VALUES (?, ?)", [name, number])
