"""The writes of staff and of imports that nobody is told of: the page that a status rests on, and the note.

They take the connection of an open write transaction.
"""

from datetime import datetime

import sqlite_utils

from knowledge import rows
from knowledge.authors import Author
from knowledge.changes import Field, NewChange, record
from knowledge.history import append
from knowledge.models import Origin


def set_status_source(
    db: sqlite_utils.Database,
    commitment: str,
    now: datetime,
    *,
    source: Origin,
    by: Author | None = None,
    event_date: str | None = None,
    url: str | None = None,
) -> int:
    """Say since when the status holds and on which page it rests; returns the change's number.

    The status stays: a change from a value to the same, of which the net is nothing to tell.
    """
    rows.touch(db, commitment, now)
    return _record_same(db, commitment, now, source=source, by=by, event_date=event_date, url=url)


def set_status_basis(
    db: sqlite_utils.Database,
    commitment: str,
    now: datetime,
    *,
    source: Origin,
    by: Author | None = None,
    evidence: str | None = None,
    event_date: str | None = None,
    url: str | None = None,
) -> int:
    """The same on the word of somebody else: ``evidence`` takes the place of the words that it rested on."""
    status = rows.status(db, commitment)
    if status is not None:
        rows.write_status(db, commitment, status, source, evidence, now)
    return _record_same(db, commitment, now, source=source, by=by, evidence=evidence, event_date=event_date, url=url)


def set_note(
    db: sqlite_utils.Database, commitment: str, note: str | None, now: datetime, *, by: Author | None = None
) -> bool:
    """Write staff's note, or take it away; nobody is told of it. False when it was so already.

    A dash alone is no note: in a change file it takes the note away.
    """
    kept = (note or "").replace("\r\n", "\n").replace("\r", "\n").strip()
    note = kept if kept not in ("", "-") else None
    rows.status(db, commitment)
    before = rows.note(db, commitment)
    if before == note:
        return False
    rows.write_note(db, commitment, note)
    rows.touch(db, commitment, now)
    append(db, "commitment.note", {"old": before, "new": note}, by, now, commitment=commitment)
    return True


def _record_same(
    db: sqlite_utils.Database,
    commitment: str,
    now: datetime,
    *,
    source: Origin,
    by: Author | None,
    evidence: str | None = None,
    event_date: str | None,
    url: str | None,
) -> int:
    """Record a change from a status to the same."""
    status = rows.status(db, commitment)
    change = NewChange(
        commitment=commitment,
        field=Field.STATUS,
        old=status,
        new=status,
        source=source,
        by=by,
        evidence=evidence,
        event_date=event_date,
        url=url,
    )
    return record(db, change, now)
