"""Calling back a mistake: another text for those who received the first, under the same rules, and one note."""

from datetime import timedelta

import sqlite_utils

from knowledge.history import append
from scheduler.announcements.acting import Acting, Order
from scheduler.announcements.drafts import Fresh, insert
from scheduler.announcements.errors import CorrectionUnderWayError, NothingToCorrectError
from scheduler.announcements.records import Announcement, Purpose, get
from scheduler.announcements.states import Act, State
from scheduler.announcements.writing import Writing
from scheduler.retention import DELIVERIES_KEPT


class Corrections:
    """Drafts about announcements that were sent."""

    def __init__(self, acting: Acting, writing: Writing) -> None:
        self._acting = acting
        self._writing = writing

    def begin(self, order: Order, html: str) -> Announcement:
        """Write the text that takes the place of what was sent; of a correction, another one of the same message.

        Raises:
            DeniedError: See ``Acting.on``.
            NothingToCorrectError: Nobody is known to have it: not sent, or more than 30 days ago.
            CorrectionUnderWayError: Another correction is not over.
            EmptyTextError, TextTooLongError: It cannot be sent.
        """
        with self._acting.on(order, Act.CORRECT) as (db, found):
            first = get(db, found.of) if found.of is not None and found.purpose is Purpose.CORRECTION else found
            check_known(db, first, order)
            if (other := _open_one(db, first.id, Purpose.CORRECTION)) is not None:
                raise CorrectionUnderWayError(first.id, other)
            fresh = Fresh(purpose=Purpose.CORRECTION, html=html, media=first.media, of=first.id)
            begun = insert(db, self._writing, fresh, order.by, order.now)
            told = {"announcement": first.id, "correction": begun.id, "before": text_now(db, first), "after": html}
            append(db, "announcement.correct", told, order.by, order.now)
        return begun

    def add_note(self, order: Order, html: str) -> Announcement:
        """Write to those who have the corrected text, to say so; only once.

        Raises:
            DeniedError: See ``Acting.on``.
            NothingToCorrectError: It is no correction.
            CorrectionUnderWayError: The note is written already.
            EmptyTextError, TextTooLongError: It cannot be sent.
        """
        with self._acting.on(order, Act.ADD_NOTE) as (db, found):
            if found.purpose is not Purpose.CORRECTION:
                raise NothingToCorrectError(found.id)
            if (other := _note_of(db, found)) is not None:
                raise CorrectionUnderWayError(found.id, other)
            fresh = Fresh(purpose=Purpose.NOTE, html=html, of=found.id)
            begun = insert(db, self._writing, fresh, order.by, order.now)
            append(db, "announcement.add_note", {"announcement": found.id, "note": begun.id}, order.by, order.now)
        return begun

    def has_note(self, correction: Announcement) -> bool:
        """Whether its one note is written."""
        return _note_of(self._acting.database.read(), correction) is not None


def check_known(db: sqlite_utils.Database, first: Announcement, order: Order) -> None:
    """Deliveries are forgotten after 30 days, and with them which message to edit.

    Raises:
        NothingToCorrectError: That is so, or nobody received it.
    """
    old = first.started_at is None or order.now - first.started_at >= DELIVERIES_KEPT - timedelta(days=1)
    known = "SELECT 1 FROM outbox WHERE ref = ? AND state IN ('sent', 'uncertain') LIMIT 1"
    if old or db.execute(known, [first.ref]).fetchone() is None:
        raise NothingToCorrectError(first.id)


def text_now(db: sqlite_utils.Database, first: Announcement) -> str:
    """What its readers see: the latest correction that left, or its own text."""
    row = db.execute(
        "SELECT html FROM announcements WHERE of = ? AND purpose = 'correction' AND started_at IS NOT NULL"
        " ORDER BY started_at DESC, id DESC LIMIT 1",
        [first.id],
    ).fetchone()
    return str(row[0]) if row else first.html


def _open_one(db: sqlite_utils.Database, of: int, purpose: Purpose) -> int | None:
    row = db.execute(
        "SELECT id FROM announcements WHERE of = ? AND purpose = ? AND state NOT IN (?, ?) LIMIT 1",
        [of, purpose, State.DONE, State.CANCELLED],
    ).fetchone()
    return int(row[0]) if row else None


def _note_of(db: sqlite_utils.Database, correction: Announcement) -> int | None:
    """The note of any correction of the same announcement, unless it was dropped before it left."""
    row = db.execute(
        "SELECT n.id FROM announcements n JOIN announcements c ON c.id = n.of WHERE n.purpose = 'note' AND c.of = ?"
        " AND NOT (n.state = 'cancelled' AND n.started_at IS NULL) LIMIT 1",
        [correction.of],
    ).fetchone()
    return int(row[0]) if row else None
