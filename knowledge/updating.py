"""The writes of staff and of imports: each also records its change, in the same transaction.

All of them take the connection of an open write transaction. A write that changes nothing records nothing.
"""

from collections.abc import Callable
from datetime import datetime

import sqlite_utils

from knowledge import rows
from knowledge.authors import Author
from knowledge.changes import Change, Field, NewChange, get_change, history, plain, record, standing
from knowledge.errors import NotUndoableError, UnknownChangeError
from knowledge.history import append
from knowledge.history.entries import said_by
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
    if old is status:
        if (new_basis := rows.status_basis(db, commitment)) != basis:
            _note_basis(db, commitment, {STATUS: [status.value, *new_basis]}, by, now)
        return None
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
    return record(db, change, now)


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
    if old is new:
        if (new_basis := rows.status_basis(db, commitment)) != basis:
            _note_basis(db, commitment, {STATUS: [new and new.value, *new_basis]}, by, now)
        return None
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
    return record(db, change, now)


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
    rows.touch(db, commitment, now)
    change = NewChange(
        commitment=commitment,
        field=Field.DELIBERATION,
        old=None,
        new=vote,
        source=source,
        by=by,
        event_date=vote.date,
        url=vote.url,
    )
    return record(db, change, now)


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
    rows.touch(db, commitment, now)
    change = NewChange(
        commitment=commitment,
        field=Field.DELIBERATION,
        old=vote,
        new=None,
        source=source,
        by=by,
        event_date=vote.date,
        url=vote.url,
    )
    return record(db, change, now)


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
    rows.touch(db, commitment, now)
    change = NewChange(
        commitment=commitment,
        field=Field.MILESTONE,
        old=None,
        new=step,
        source=source,
        by=by,
        event_date=step.date,
        url=step.source_url,
    )
    return record(db, change, now)


def confirm_unchanged(db: sqlite_utils.Database, commitment: str, now: datetime, *, by: Author | None = None) -> None:
    """Note that staff have looked and nothing has changed; no change, so nobody is told."""
    rows.status(db, commitment)
    db.execute("UPDATE commitments SET checked_at = ? WHERE id = ?", [now.date().isoformat(), commitment])
    append(db, "commitment.checked", {}, by, now, commitment=commitment)


def _note_basis(db: sqlite_utils.Database, commitment: str, state: State, by: Author | None, now: datetime) -> None:
    """The same value, said by somebody else or in other words: no change, but it is in the history."""
    append(db, "commitment.basis", {"commitments": {commitment: state}}, by, now, commitment=commitment)


def undo(db: sqlite_utils.Database, number: int, now: datetime, *, source: Origin, by: Author | None = None) -> int:
    """Take a change back, if nothing came after it; the undoing is a change too, and is final.

    Raises:
        UnknownChangeError: No change has this number.
        NotUndoableError: Something came after it, it is undone already, or cannot be undone.
    """
    change = get_change(db, number)
    if change is None:
        raise UnknownChangeError(number)
    chain = [c for c in history(db, change.commitment) if c.subject == change.subject]
    left = standing(chain)
    if not left or left[-1].id != number or change.undoes is not None or change.field is Field.OVERDUE:
        raise NotUndoableError(number)
    # Where only a page was named for a value that stayed, who said the value is found further back.
    earlier = next((each for each in reversed(left[:-1]) if each.old != each.new or each.evidence), None)
    _put_back(db, change, earlier if earlier and earlier.source is not Origin.REPORT else None, source, now)
    undoing = NewChange(
        commitment=change.commitment,
        field=change.field,
        old=change.new,
        new=change.old,
        source=source,
        by=by,
        event_date=change.event_date,
        url=change.url,
        undoes=number,
    )
    return record(db, undoing, now)


def _put_back(db: sqlite_utils.Database, change: Change, earlier: Change | None, source: Origin, now: datetime) -> None:
    """Write the value before a change, as the change of staff's before it had it, or the report."""
    match change.field:
        case Field.STATUS:
            # After a clearing it is the report again that says it, not who cleared.
            cleared = earlier is not None and said_by(db, change.commitment, earlier.id) == Origin.REPORT
            if earlier is not None and isinstance(earlier.new, Status) and not cleared:
                rows.write_status(db, change.commitment, earlier.new, earlier.source, earlier.evidence, now)
            elif isinstance(change.old, Status) and change.old is not rows.report_status(db, change.commitment):
                rows.write_status(db, change.commitment, change.old, source, None, now)
            else:
                rows.restore_report_status(db, change.commitment, now)
        case Field.DUE:
            _restore_due(db, change, earlier.source if earlier else source, now)
        case _:
            _replace(db, change, source)
            rows.touch(db, change.commitment, now)


def _replace(db: sqlite_utils.Database, change: Change, source: Origin) -> None:
    delete: dict[Field, Callable[..., bool]] = {
        Field.DELIBERATION: rows.delete_any_deliberation,
        Field.MILESTONE: rows.delete_milestone,
    }
    insert: dict[Field, Callable[..., bool]] = {
        Field.DELIBERATION: rows.insert_deliberation,
        Field.MILESTONE: rows.insert_milestone,
    }
    if change.new is not None:
        delete[change.field](db, change.commitment, change.new)
    if change.old is not None:
        insert[change.field](db, change.commitment, change.old, source)


def _restore_due(db: sqlite_utils.Database, change: Change, source: Origin, now: datetime) -> None:
    rows.write_due(db, change.commitment, (), source, now)
    if isinstance(change.old, tuple) and in_force(db, change.commitment) != change.old:
        rows.write_due(db, change.commitment, change.old, source, now)
