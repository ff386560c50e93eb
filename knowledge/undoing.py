"""Taking a change back: what stood before it stands again, said by whoever said it then.

It takes the connection of an open write transaction.
"""

from collections.abc import Callable
from datetime import datetime

import sqlite_utils

from knowledge import rows
from knowledge.authors import Author
from knowledge.changes import Change, Field, NewChange, get_change, history, record, standing
from knowledge.errors import NotUndoableError, UnknownChangeError
from knowledge.history.entries import said_by
from knowledge.models import Origin, Status
from knowledge.overdue import in_force


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
