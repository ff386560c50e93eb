"""The writes of staff and of imports: each also records its change, in the same transaction.

All of them take the connection of an open write transaction. A write that changes nothing records nothing.
"""

from datetime import datetime

import sqlite_utils

from knowledge import rows
from knowledge.authors import Author
from knowledge.changes import Field, NewChange, plain, record
from knowledge.history import append
from knowledge.history.states import DUE, STATUS, State
from knowledge.models import Deliberation, DueDate, Milestone, Origin, Status
from knowledge.overdue import in_force


def set_status(
    db: sqlite_utils.Database,
    commitment: str,
    status: Status,
    now: datetime,
    *,
    source: Origin,
    by: Author | None = None,
    evidence: str | None = None,
    event_date: str | None = None,
    url: str | None = None,
) -> int | None:
    """Set a status; the report's own is kept beside. The change's number, or None when it was so already.

    Raises:
        UnknownCommitmentError: No commitment has this id.
    """
    old, basis = rows.status(db, commitment), rows.status_basis(db, commitment)
    rows.write_status(db, commitment, status, source, evidence, now)
    change = NewChange(
        commitment=commitment,
        field=Field.STATUS,
        old=old,
        new=status,
        source=source,
        by=by,
        evidence=evidence,
        event_date=event_date,
        url=url,
    )
    return _record_status(db, change, basis, now)


def clear_status(
    db: sqlite_utils.Database,
    commitment: str,
    now: datetime,
    *,
    source: Origin,
    by: Author | None = None,
    event_date: str | None = None,
    url: str | None = None,
) -> int | None:
    """Take away the status that staff set: the report's holds again, or none."""
    old, basis = rows.status(db, commitment), rows.status_basis(db, commitment)
    new = rows.restore_report_status(db, commitment, now)
    change = NewChange(
        commitment=commitment,
        field=Field.STATUS,
        old=old,
        new=new,
        source=source,
        by=by,
        event_date=event_date,
        url=url,
    )
    return _record_status(db, change, basis, now)


def add_deliberation(
    db: sqlite_utils.Database,
    commitment: str,
    vote: Deliberation,
    now: datetime,
    *,
    source: Origin,
    by: Author | None = None,
) -> int | None:
    """Add a vote, unless one of that date and label is there."""
    rows.status(db, commitment)
    if not rows.insert_deliberation(db, commitment, vote, source):
        return None
    return _record_dated(db, commitment, None, vote, now, source=source, by=by)


def remove_deliberation(
    db: sqlite_utils.Database,
    commitment: str,
    vote: Deliberation,
    now: datetime,
    *,
    source: Origin,
    by: Author | None = None,
) -> int | None:
    """Take away a vote that staff or an import added; those of the report stay."""
    rows.status(db, commitment)
    if not rows.delete_deliberation(db, commitment, vote):
        return None
    return _record_dated(db, commitment, vote, None, now, source=source, by=by)


def set_due(
    db: sqlite_utils.Database,
    commitment: str,
    due: tuple[DueDate, ...],
    now: datetime,
    *,
    source: Origin,
    by: Author | None = None,
    evidence: str | None = None,
    url: str | None = None,
) -> int | None:
    """Move the due dates; the report's are kept beside. Empty: the report's hold again."""
    rows.status(db, commitment)
    old, basis = in_force(db, commitment), rows.due_basis(db, commitment)
    rows.write_due(db, commitment, due, source, now)
    new = in_force(db, commitment)
    if old == new:
        if (new_basis := rows.due_basis(db, commitment)) != basis:
            state = {DUE: {"source": new_basis, "dates": [plain(each) for each in new]}}
            _note_basis(db, commitment, state, by, now)
        return None
    change = NewChange(
        commitment=commitment,
        field=Field.DUE,
        old=old,
        new=new,
        source=source,
        by=by,
        evidence=evidence,
        url=url,
    )
    return record(db, change, now)


def add_milestone(
    db: sqlite_utils.Database,
    commitment: str,
    step: Milestone,
    now: datetime,
    *,
    source: Origin,
    by: Author | None = None,
) -> int | None:
    """Add a dated fact, unless it is there."""
    rows.status(db, commitment)
    if not rows.insert_milestone(db, commitment, step, source):
        return None
    return _record_dated(db, commitment, None, step, now, source=source, by=by)


def confirm_unchanged(db: sqlite_utils.Database, commitment: str, now: datetime, *, by: Author | None = None) -> None:
    """Note that staff have looked and nothing has changed; no change, so nobody is told."""
    rows.status(db, commitment)
    db.execute("UPDATE commitments SET checked_at = ? WHERE id = ?", [now.date().isoformat(), commitment])
    append(db, "commitment.checked", {}, by, now, commitment=commitment)


def _record_status(db: sqlite_utils.Database, change: NewChange, before: list[str | None], now: datetime) -> int | None:
    """Record a status that was written, whether it moved or is only said by somebody else; ``before`` is who did."""
    if change.old is not change.new:
        return record(db, change, now)
    if (basis := rows.status_basis(db, change.commitment)) != before:
        status = change.new.value if isinstance(change.new, Status) else None
        _note_basis(db, change.commitment, {STATUS: [status, *basis]}, change.by, now)
    return None


def _record_dated(
    db: sqlite_utils.Database,
    commitment: str,
    old: Deliberation | Milestone | None,
    new: Deliberation | Milestone | None,
    now: datetime,
    *,
    source: Origin,
    by: Author | None,
) -> int | None:
    """Record that a vote or a dated fact came or went."""
    fact = new or old
    if fact is None:
        return None
    rows.touch(db, commitment, now)
    is_vote = isinstance(fact, Deliberation)
    change = NewChange(
        commitment=commitment,
        field=Field.DELIBERATION if is_vote else Field.MILESTONE,
        old=old,
        new=new,
        source=source,
        by=by,
        event_date=fact.date,
        url=fact.url if isinstance(fact, Deliberation) else fact.source_url,
    )
    return record(db, change, now)


def _note_basis(db: sqlite_utils.Database, commitment: str, state: State, by: Author | None, now: datetime) -> None:
    """The same value, said by somebody else or in other words: no change, but it is in the history."""
    append(db, "commitment.basis", {"commitments": {commitment: state}}, by, now, commitment=commitment)
