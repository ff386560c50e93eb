"""Whether the history, and what it says is in force, is as this program left it. Reads only."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlite_utils

from knowledge.database import Database
from knowledge.errors import DatabaseTooOldError, DataFault
from knowledge.history.agreement import check_changes, check_states
from knowledge.history.log import FIELDS
from knowledge.history.seals import FIRST, Seals, same

_ALTERED = "altered, or not sealed over the entry before it"
_ANOTHER_KEY = DataFault("history", "no seal fits: the key file is not the one of this base, or all was written anew")

_Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found.

    Attributes:
        entries: How many there are.
        faults: One for each thing that is not as it was left.
    """

    entries: int
    faults: list[DataFault]


def verify(database: Database) -> Verified:
    """Check every seal, the head, the changes against the entries, and what is in force against a replay.

    Raises:
        MissingKeyError, BadKeyError: Nothing can be verified without the key; none is made.
        DatabaseError: The file cannot be read.
    """
    with database.guarded(), _one_picture(database) as db:
        seals = Seals(database.key(may_make=False))
        rows = list(db.query("SELECT * FROM history ORDER BY seq"))
        intact, faults = _chain(rows, seals)
        faults += _head(db, rows, seals)
        if rows and not intact and len(faults) > len(rows):
            return Verified(entries=len(rows), faults=[_ANOTHER_KEY])
        told = check_changes(db, intact)
        if not faults:  # what is missing or altered cannot be replayed
            told += check_states(db, intact)
        return Verified(entries=len(rows), faults=faults + told)


def _chain(rows: list[_Row], seals: Seals) -> tuple[list[_Row], list[DataFault]]:
    """The entries whose seal fits, and what is wrong with the others or missing between them."""
    intact, faults = [], []
    expected, before = 1, FIRST
    for row in rows:
        if row["seq"] > expected:
            faults.append(DataFault(_span(expected, row["seq"] - 1), "missing"))
        if same(row["seal"], seals.entry(tuple(row[name] for name in FIELDS), before)):
            intact.append(row)
        else:
            faults.append(DataFault(f"entry {row['seq']}", _ALTERED))
        # As it stands, so that what follows an altered entry is judged by itself.
        expected, before = row["seq"] + 1, row["seal"]
    return intact, faults


def _head(db: sqlite_utils.Database, rows: list[_Row], seals: Seals) -> list[DataFault]:
    heads = list(db.query("SELECT * FROM history_head"))
    if not heads:
        return [DataFault("head", "missing" if rows else "missing, and there is no entry")]
    (head,) = heads
    if not same(head["head_seal"], seals.head(head["count"], head["seal"])):
        return [DataFault("head", "altered, or sealed with another key")]
    last = rows[-1]["seq"] if rows else 0
    if last < head["count"]:
        return [DataFault(_span(last + 1, head["count"]), "cut off the end")]
    if last > head["count"]:
        return [DataFault(_span(head["count"] + 1, last), "added after the end that was sealed")]
    if not same(head["seal"], rows[-1]["seal"]):
        return [DataFault("head", "does not fit the last entry")]
    return []


def _span(first: int, last: int) -> str:
    return f"entry {first}" if first == last else f"entries {first} to {last}"


@contextmanager
def _one_picture(database: Database) -> Iterator[sqlite_utils.Database]:
    """Everything as of one moment; bytes that are no UTF-8 are read all the same, each as a character of its own."""
    db = database.read()
    if not {"history", "history_head"} <= set(db.table_names()):
        raise DatabaseTooOldError(database.path)
    usual = db.conn.text_factory
    db.conn.text_factory = _text
    db.execute("BEGIN")
    try:
        yield db
    finally:
        db.conn.rollback()
        db.conn.text_factory = usual


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
