"""What stands of each commitment, as plain values by subject: read from the tables, or replayed from the history.

``status`` is ``[status, source, evidence]``; ``due`` holds the dates in force and who says them; a vote or a dated fact
stands under its subject, as ``knowledge.changes.subject_of`` names it.
"""

import json
from typing import Any

import sqlite_utils

State = dict[str, Any]
States = dict[str, State]

STATUS, DUE = "status", "due"


def read_states(db: sqlite_utils.Database) -> States:
    """What the tables say now, in document order."""
    states: States = {
        row["id"]: {STATUS: [row["status"], row["status_source"], row["status_evidence"]], DUE: _due(None, [])}
        for row in db.query("SELECT id, status, status_source, status_evidence FROM commitments ORDER BY position")
    }
    for row in db.query(
        "SELECT commitment, label, starts, ends, source FROM due_in_force ORDER BY commitment, position"
    ):
        due = states.setdefault(row["commitment"], {}).setdefault(DUE, _due(None, []))
        due["source"] = row["source"]
        due["dates"].append({"label": row["label"], "from": row["starts"], "to": row["ends"]})
    for row in db.query("SELECT commitment, date, label, url, source FROM deliberations ORDER BY date, label"):
        states.setdefault(row.pop("commitment"), {})[f"deliberation:{row['date']}:{row['label']}"] = row
    for row in db.query(
        "SELECT commitment, date, kind, summary, source_url, source FROM milestones ORDER BY date, summary"
    ):
        states.setdefault(row.pop("commitment"), {})[f"milestone:{row['date']}:{row['summary']}"] = row
    return states


def difference(before: States, after: States) -> States:
    """What must be set to come from one to the other; None for what is gone."""
    found: States = {}
    for commitment in dict.fromkeys((*before, *after)):
        old, new = before.get(commitment, {}), after.get(commitment, {})
        changed = {
            subject: new.get(subject) for subject in dict.fromkeys((*old, *new)) if old.get(subject) != new.get(subject)
        }
        if changed:
            found[commitment] = changed
    return found


def apply(states: States, commitment: str | None, content: dict[str, Any]) -> None:
    """Let an entry's content have its effect; most kinds have none."""
    for each, values in content.get("commitments", {}).items():
        for subject, value in values.items():
            _set(states, each, subject, value)
    if commitment is not None and "subject" in content and content["field"] != "overdue":
        _set(states, commitment, content["subject"], _changed_to(content))


def _set(states: States, commitment: str, subject: str, value: Any) -> None:
    state = states.setdefault(commitment, {})
    if value is None:
        state.pop(subject, None)
    else:
        state[subject] = value


def _changed_to(content: dict[str, Any]) -> Any:
    """The value after a change, as it stands in a state."""
    new = json.loads(content["new"]) if content["new"] is not None else None
    match content["field"]:
        case "status":
            return [new, *content["basis"]]
        case "due":
            return _due(content["basis"], new or [])
        case _:
            return None if new is None else new | {"source": content["source"]}


def _due(source: str | None, dates: Any) -> dict[str, Any]:
    return {"source": source, "dates": dates}
