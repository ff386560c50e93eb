"""The history in plain English, for operators: a line an entry, a line a state."""

import json
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

from knowledge.authors import Author
from knowledge.history.entries import Entry
from knowledge.history.states import DUE, STATUS, State

_ACTS = {
    "base.filled": "the base was filled from the data files",
    "base.reloaded": "the data files were read again",
    "base.adopted": "everything before was sealed as it stood",
    "base.restored": "a backup was put back",
    "commitment.checked": "checked, nothing changed",
    "commitment.basis": "same value, another source or other words",
    "commitment.note": "the note was changed",
    "import.pending": "import {import} waits for a second person",
    "import.applied": "import {import} was applied",
    "import.refused": "import {import} was refused",
    "import.expired": "import {import} expired, nobody having decided",
    "import.undone": "import {import} was undone",
}


def entry_line(entry: Entry, timezone: tzinfo) -> str:
    """When, which commitment, what, by whom, on what page."""
    parts = [
        f"{entry.at.astimezone(timezone):%Y-%m-%d %H:%M}",
        entry.commitment or "",
        _change(entry.content)
        if entry.change is not None
        else _ACTS.get(entry.kind, entry.kind).format_map(entry.content),
        f"({_author(entry.by, entry.content.get('source'))})",
        entry.content.get("url") or "",
    ]
    return "  ".join(part for part in parts if part)


def state_line(commitment: str, state: State) -> str:
    """One commitment in one line."""
    return f"{commitment}: {'; '.join(_parts(state))}"


def state_lines(state: State) -> Iterator[str]:
    """One commitment, a line for each thing known of it."""
    yield from _parts(state)


def _change(content: dict[str, Any]) -> str:
    old, new = (_value(content["field"], content[name]) for name in ("old", "new"))
    if content["field"] == STATUS and content["old"] == content["new"]:
        new = f"{new}, its page named"
    undoing = f" (undoes change {content['undoes']})" if content["undoes"] is not None else ""
    when = f", on {content['event_date']}" if content["event_date"] else ""
    return f"{content['field']}: {old} -> {new}{when}{undoing}"


def _value(field: str, text: str | None) -> str:
    if text is None:
        return "unknown" if field == STATUS else "none"
    value = json.loads(text)
    match value:
        case str():
            return value
        case list():
            return ", ".join(each["label"] for each in value) or "none"
        case {"summary": summary}:
            return f"{value['date']} {summary}"
        case {"date": day, "label": label}:
            return f"{day} {label}"
        case _:
            return str(value["label"])


def _author(by: Author | None, source: str | None) -> str:
    if by is None:
        return "by itself" if source in (None, "report") else source or ""
    who = f"member {by.member}, {by.role or 'no role'}" if by.member is not None else "the operator"
    return f"{who}, {by.via.replace('_', ' ')}"


def _parts(state: State) -> Iterator[str]:
    status, source, evidence = state.get(STATUS) or [None, None, None]
    words = f': "{evidence}"' if evidence else ""
    yield f"status {status} ({source}{words})" if status else "status unknown"
    due = state.get(DUE) or {"dates": [], "source": None}
    if due["dates"]:
        yield f"due {', '.join(each['label'] for each in due['dates'])} ({due['source']})"
    for subject, value in sorted(state.items()):
        if subject.startswith("deliberation:"):
            yield f"deliberation {value['date']} {value['label']} ({value['source']})"
    for subject, value in sorted(state.items()):
        if subject.startswith("milestone:"):
            yield f"milestone {value['date']} {value['summary']} <{value['source_url']}>"
