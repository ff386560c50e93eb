"""A base from before the history: what it holds is sealed as it stands, once, by the migration step.

Nothing vouches for what was done to it until then; the entry ``base.adopted`` says when that was.
"""

import json
from datetime import UTC, datetime
from typing import Any

import sqlite_utils

from knowledge.authors import Author, Role, Via
from knowledge.history.log import append
from knowledge.history.states import States, apply, difference, read_states

_Row = dict[str, Any]


def adopt(db: sqlite_utils.Database) -> None:
    """Seal the state from which its changes start, then each of them; nothing on a base that is still empty.

    Whoever migrates does not know the time, and nothing else hangs on it: this one reads the clock.
    """
    filled = db.execute("SELECT sha256, loaded_at FROM data_files").fetchone()
    if filled is None:
        return
    changes = list(db.query("SELECT * FROM changes ORDER BY id"))
    now = read_states(db)
    states = _before(db, now, changes)
    since = min([filled[1], *(row["recorded_at"] for row in changes)], key=_moment)
    append(db, "base.filled", {"sha256": filled[0], "commitments": states}, None, _moment(since))
    for row in changes:
        content = _content(row)
        about = {"commitment": row["commitment"], "change": row["id"]}
        append(db, "change", content, _author(row), _moment(row["recorded_at"]), **about)
        apply(states, row["commitment"], content)
    content = {"changes": len(changes), "commitments": difference(states, now)}
    append(db, "base.adopted", content, None, datetime.now(UTC))


def _before(db: sqlite_utils.Database, now: States, changes: list[_Row]) -> States:
    """The state before the first change: each taken back, the last first."""
    states: States = json.loads(json.dumps(now))
    printed = dict(db.execute("SELECT id, report_evidence FROM commitments").fetchall())
    for row in reversed(changes):
        back = _content(row) | {"new": row["old"]}
        if row["field"] in ("status", "due"):
            back["basis"] = _basis(row["field"], "report", printed.get(row["commitment"]), row["old"])
        else:
            back["source"] = "report"
        apply(states, row["commitment"], back)
    return states


def _content(row: _Row) -> _Row:
    names = ("field", "subject", "old", "new", "source", "evidence", "event_date", "url", "undoes")
    content = {name: row[name] for name in names}
    if row["field"] in ("status", "due"):
        content["basis"] = _basis(row["field"], row["source"], row["evidence"], row["new"])
    return content


def _basis(field: str, source: str, evidence: str | None, value: str | None) -> Any:
    if field == "due":
        return source if value not in (None, "[]") else None
    return [source, evidence] if value is not None else [None, None]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _author(row: _Row) -> Author | None:
    if row["via"] is None:
        return None
    return Author(member=row["member"], role=Role(row["role"]) if row["role"] else None, via=Via(row["via"]))
