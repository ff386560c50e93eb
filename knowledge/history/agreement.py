"""Whether the tables say what the sealed entries say."""

import json
from typing import Any

import sqlite_utils

from knowledge.changes import sealed
from knowledge.errors import DataFault
from knowledge.history.log import canonical
from knowledge.history.states import States, apply, difference, read_states

_Row = dict[str, Any]


def check_changes(db: sqlite_utils.Database, entries: list[_Row]) -> list[DataFault]:
    """The rows of changes that differ from their entry, have none, or are gone."""
    expected = {row["change"]: _as_recorded(row) for row in entries if row["change"] is not None}
    found = {row["id"]: _as_standing(row) for row in db.query("SELECT * FROM changes ORDER BY id")}
    faults = []
    for number in sorted(expected.keys() | found.keys()):
        if number not in found:
            faults.append(DataFault(f"change {number}", "deleted: an entry seals it, its row is gone"))
        elif number not in expected:
            faults.append(DataFault(f"change {number}", "added: no intact entry seals it"))
        elif found[number] != expected[number]:
            names = ", ".join(name for name, value in expected[number].items() if found[number][name] != value)
            faults.append(DataFault(f"change {number}", f"edited: {names}"))
    return faults


def check_states(db: sqlite_utils.Database, entries: list[_Row]) -> list[DataFault]:
    """What is in force and is not what the entries make of it."""
    replayed: States = {}
    for row in entries:
        apply(replayed, row["commitment"], json.loads(row["content"]))
    return [
        DataFault(commitment, f"{subject} in force is {_shown(value)}, by the history {_shown(was)}")
        for commitment, values in difference(replayed, read_states(db)).items()
        for subject, value in values.items()
        for was in (replayed.get(commitment, {}).get(subject),)
    ]


def _as_recorded(row: _Row) -> _Row:
    content: _Row = json.loads(row["content"])
    content.pop("basis", None)
    return _beside(row) | {"recorded_at": row["at"]} | content


def _as_standing(row: _Row) -> _Row:
    return _beside(row) | {"recorded_at": row["recorded_at"]} | sealed(row)


def _beside(row: _Row) -> _Row:
    return {name: row[name] for name in ("commitment", "member", "role", "via")}


def _shown(value: Any) -> str:
    return "nothing" if value is None else canonical(value)
