"""Small bases with a history, and hands that tamper with them as whoever holds the file can."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlite_utils

from knowledge import undoing, updating
from knowledge.authors import OPERATOR, Author, Role, Via
from knowledge.changes import last_id
from knowledge.database import MEMORY, Database
from knowledge.errors import NotUndoableError, UnknownChangeError
from knowledge.history import append
from knowledge.history.states import read_states
from knowledge.history.verifying import verify
from knowledge.migrations import steps
from knowledge.models import Deliberation, DueDate, Milestone, Origin, Status
from tests.conftest import NOW

EDITOR = Author(member=3, role=Role.EDITOR, via=Via.TELEGRAM)
VOTE = Deliberation(date="2026-10", label="octobre 2026", url="https://x.example/vote")
STEP = Milestone(date="2026-10-02", kind="milestone", summary="Ouvert à l'été", source_url="https://x.example/step")
DUE = (DueDate(label="fin 2027", starts="2027", ends="2027"),)
STAFF = Origin.STAFF


def a_base(database: Database | None = None) -> Database:
    """Three commitments, and one act of each kind: twelve entries."""
    base = database or Database(MEMORY)
    base.migrate(steps)
    with base.write() as db:
        _three_commitments(db.conn)
        append(db, "base.filled", {"sha256": "0" * 64, "commitments": read_states(db)}, None, NOW)
    live(base, 0)
    return base


def live(base: Database, days: int) -> None:
    """One more round of acts: eleven entries, six of them changes."""
    now = NOW + timedelta(days=days)
    status = Status.REALISE if days % 2 == 0 else Status.EN_COURS
    vote = Deliberation(date="2026-10", label=f"octobre 2026, n° {days}", url=VOTE.url)
    step = Milestone(date=STEP.date, kind=STEP.kind, summary=f"{STEP.summary} {days}", source_url=STEP.source_url)
    due = (DueDate(label=f"fin {2027 + days}", starts=f"{2027 + days}", ends=f"{2027 + days}"),)
    with base.write() as db:
        number = updating.set_status(db, "p01", status, now, source=STAFF, by=EDITOR, evidence="vu", url="https://x.e")
        updating.set_status(db, "p01", status, now, source=STAFF, by=EDITOR, evidence=f"revu le jour {days}")
        updating.add_deliberation(db, "p02", vote, now, source=Origin.IMPORT, by=OPERATOR)
        updating.add_milestone(db, "p02", step, now, source=STAFF, by=EDITOR)
        updating.set_due(db, "p03", due, now, source=STAFF, by=EDITOR)
        updating.confirm_unchanged(db, "p03", now, by=EDITOR)
        last = updating.clear_status(db, "p01", now, source=STAFF, by=EDITOR)
        append(db, "announcement.approved", {"announcement": 7, "text": "« à tous »"}, EDITOR, now)
        append(db, "member.invited", {"role": "editor"}, EDITOR, now)
        append(db, "question.sample", {}, EDITOR, now, commitment="p02")
        assert number and last
        undoing.undo(db, last, now, source=STAFF, by=EDITOR)


def _three_commitments(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO orientations VALUES ('o1', 0, 'Un', '', '[]', '[]')")
    connection.executemany(
        "INSERT INTO commitments(id, position, kind, orientation, title, pages, as_of, checked_at, updated_at)"
        " VALUES (?, ?, 'action', 'o1', 'Un titre', '[]', '2022-06-27', '2022-06-27', '2022-06-27')",
        [("p01", 0), ("p02", 1), ("p03", 2)],
    )
    connection.execute("INSERT INTO due_dates VALUES ('p03', 0, '2023', '2023', '2023', 'report')")
    connection.execute("INSERT INTO deliberations VALUES ('p03', '2022-06', 'juin 2022', NULL, 'report')")
    connection.execute("INSERT INTO data_files VALUES ('data', 'x', '2026-11-22T10:00:00+00:00')")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One field of one row."""

    table: str
    row: int
    column: str
    kind: str
    content: bytes

    @property
    def size(self) -> int:
        """Bytes that can be flipped; those of a number as SQLite keeps it."""
        return 8 if self.kind == "integer" else len(self.content)

    def flipped(self, place: int, mask: int) -> int | bytes:
        """What it holds with one byte changed."""
        if self.kind == "integer":
            raw = bytearray(int(self.content).to_bytes(8, "big", signed=True))
            raw[place] ^= mask
            return int.from_bytes(raw, "big", signed=True)
        raw = bytearray(self.content)
        raw[place] ^= mask
        return bytes(raw)


def open_to_all(base: Database) -> sqlite3.Connection:
    """The connection of somebody who minds no rule of ours."""
    raw: sqlite3.Connection = base.read().conn
    raw.isolation_level = None  # what they do is done at once
    raw.execute("PRAGMA foreign_keys=OFF")
    for act in ("update", "delete"):
        raw.execute(f"DROP TRIGGER IF EXISTS history_stays_{act}")
    return raw


def cells(raw: sqlite3.Connection, *tables: str) -> Iterator[Cell]:
    """Every field that holds something."""
    for table in tables:
        for _, column, *_ in raw.execute(f"PRAGMA table_info({table})").fetchall():
            query = f"SELECT rowid, typeof({column}), CAST({column} AS BLOB) FROM {table} WHERE {column} IS NOT NULL"
            for row, kind, content in raw.execute(query).fetchall():
                yield Cell(table=table, row=row, column=column, kind=kind, content=content)


@contextmanager
def changed(raw: sqlite3.Connection, cell: Cell, content: int | bytes | None) -> Iterator[bool]:
    """The field with another content for a while; False when SQLite itself does not let it."""
    cast = "CAST(? AS TEXT)" if cell.kind == "text" else "?"
    sql = f"UPDATE {cell.table} SET {cell.column} = {cast} WHERE rowid = ?"
    try:
        raw.execute(sql, [content, cell.row])
    except sqlite3.IntegrityError:
        yield False
        return
    yield True
    moved = cell.column in ("seq", "id", "only")
    was = int(cell.content) if cell.kind == "integer" else cell.content
    raw.execute(sql, [was, content if moved else cell.row])


def faults(base: Database) -> list[str]:
    """What verifying tells."""
    return [str(fault) for fault in verify(base).faults]


def act_at_random(base: Database, chance: random.Random, times: int) -> None:
    """Writes of staff on a few commitments, each as often refused as not."""
    ids = [key for (key,) in base.read().execute("SELECT id FROM commitments ORDER BY position LIMIT 4")]
    for turn in range(times):
        with base.write() as db:
            _act(db, chance, chance.choice(ids), NOW + timedelta(hours=turn))


def _act(db: sqlite_utils.Database, chance: random.Random, commitment: str, now: datetime) -> None:
    source = chance.choice((STAFF, Origin.IMPORT))
    year = chance.choice(("2026", "2027", "2028"))
    vote = Deliberation(date=year, label=year, url=chance.choice((None, "https://x.example")))
    due = tuple(DueDate(label=f"fin {year}", starts=year, ends=year) for _ in range(chance.randint(0, 2)))
    step = Milestone(date=year, kind="milestone", summary=f"Étape {year}", source_url="https://x.example")
    evidence = chance.choice((None, "vu", "lu"))
    by = chance.choice((None, EDITOR, OPERATOR))
    match chance.randrange(8):
        case 0:
            status = chance.choice(list(Status))
            updating.set_status(db, commitment, status, now, source=source, by=by, evidence=evidence)
        case 1:
            updating.clear_status(db, commitment, now, source=source, by=by)
        case 2:
            updating.add_deliberation(db, commitment, vote, now, source=source, by=by)
        case 3:
            updating.remove_deliberation(db, commitment, vote, now, source=source, by=by)
        case 4:
            updating.set_due(db, commitment, due, now, source=source, by=by)
        case 5:
            updating.add_milestone(db, commitment, step, now, source=source, by=by)
        case 6:
            updating.confirm_unchanged(db, commitment, now, by=by)
        case _:
            with suppress(UnknownChangeError, NotUndoableError):
                undoing.undo(db, chance.randint(1, 1 + last_id(db)), now, source=source, by=by)
