"""Two people for every announcement: one tests and submits it, another approves or refuses it."""

from typing import Any

import sqlite_utils

from knowledge.authors import Via
from knowledge.history import append
from scheduler.announcements.acting import Acting, Order, move
from scheduler.announcements.errors import (
    ApprovedTooEarlyError,
    NoReasonError,
    SamePersonError,
    TrialFailedError,
    UntestedError,
)
from scheduler.announcements.lapsing import APPROVED_FOR
from scheduler.announcements.notices import Notices
from scheduler.announcements.records import Announcement
from scheduler.announcements.states import Act
from scheduler.announcements.writing import Writing, shown_form
from scheduler.outbox import Kind, State, enqueue, text_of
from scheduler.staff_chats import chat_of


class Approvals:
    """From the trial to the approval.

    Args:
        notices: Tells the other members what waits for them.
    """

    def __init__(self, acting: Acting, writing: Writing, notices: Notices) -> None:
        self._acting = acting
        self._writing = writing
        self._notices = notices

    def test(self, order: Order) -> bool:
        """Send the message, as its readers will get it, to whoever asks for it.

        At the console they look at the preview, and need not wait for the message.

        Returns:
            Whether a message comes: not to a member without a chat.

        Raises:
            DeniedError: See ``Acting.on``.
        """
        with self._acting.on(order, Act.TEST) as (db, found):
            trial = db.execute(
                "INSERT INTO announcement_trials(announcement, member, digest, at) VALUES (?, ?, ?, ?)",
                [found.id, order.by.member, found.digest, text_of(order.now)],
            ).lastrowid
            chat = chat_of(db, order.by.member, order.now, speaks=order.by.via is Via.TELEGRAM)
            if chat is not None:
                key, part = f"trial:{trial}", self._writing.part(found, order.now, shown_form(found))
                enqueue(db, key=key, subscriber=chat, kind=Kind.NOTICE, ref=key, part=part, now=order.now)
                if order.by.via is Via.TELEGRAM:
                    db.execute("UPDATE announcement_trials SET delivery = ? WHERE id = ?", [key, trial])
            # Not a new version: nothing of it changed, and buttons that others see stay good.
            append(db, "announcement.test", _digest(found), order.by, order.now)
        return chat is not None

    def submit(self, order: Order) -> Announcement:
        """Ask somebody else to approve the text that was tested.

        Raises:
            DeniedError: See ``Acting.on``; ``UntestedError`` when who submits has not had this very text.
            TrialFailedError: It was refused.
        """
        with self._acting.on(order, Act.SUBMIT) as (db, found):
            check_tested(db, found, order.by.member)
            told = _content(found)
            moved = move(
                *(db, found, Act.SUBMIT, order.by, order.now), told=told, submitted_by=order.by.member, reason=None
            )
            self._notices.submitted(db, moved, order.now)
        return moved

    def approve(self, order: Order) -> Announcement:
        """Let it leave: at its hour, if it has one ahead, else when somebody launches it.

        Raises:
            DeniedError: See ``Acting.on``; ``SamePersonError`` for who wrote or submitted it.
            TrialFailedError: What was submitted was refused when it was tried.
            ApprovedTooEarlyError: It starts after the end of the approval.
        """
        with self._acting.on(order, Act.APPROVE) as (db, found):
            check_tested(db, found, found.submitted_by)
            if order.by.member in (found.submitted_by, found.edited_by):
                raise SamePersonError(found.id)
            starts = found.starts_at
            if starts is not None and starts > order.now + APPROVED_FOR:
                raise ApprovedTooEarlyError(starts, (starts - APPROVED_FOR).astimezone(self._acting.timezone))
            stamp = {"approved_by": order.by.member, "approved_at": text_of(order.now)}
            moved = move(db, found, Act.APPROVE, order.by, order.now, told=_digest(found), **stamp)
            if starts is not None and starts > order.now:
                moved = move(db, moved, Act.SCHEDULE, order.by, order.now, told={"starts_at": text_of(starts)})
            self._notices.decided(db, moved, order.now)
        return moved

    def refuse(self, order: Order, reason: str) -> Announcement:
        """Send it back with a reason.

        Raises:
            DeniedError: See ``Acting.on``.
            NoReasonError: None is given.
        """
        words = " ".join(reason.split())
        with self._acting.on(order, Act.REFUSE) as (db, found):
            if not words:
                raise NoReasonError
            moved = move(db, found, Act.REFUSE, order.by, order.now, told={"reason": words}, reason=words)
            self._notices.decided(db, moved, order.now)
        return moved

    def is_tested(self, found: Announcement, member: int) -> bool:
        """Whether a member has asked for this very text."""
        return _tested(self._acting.database.read(), found, member) is not None


def _tested(db: sqlite_utils.Database, found: Announcement, member: int | None) -> tuple[str | None] | None:
    """The key of the trial's delivery, or None in its place when it was only looked at."""
    row: tuple[str | None] | None = db.execute(
        "SELECT delivery FROM announcement_trials WHERE announcement = ? AND member = ? AND digest = ?"
        " ORDER BY id DESC LIMIT 1",
        [found.id, member, found.digest],
    ).fetchone()
    return row


def check_tested(db: sqlite_utils.Database, found: Announcement, member: int | None) -> None:
    """Make sure that a member has had this very text. It may still be on its way: trials leave before anything else.

    Raises:
        UntestedError: They have not.
        TrialFailedError: The latest was refused.
    """
    tested = _tested(db, found, member)
    if tested is None:
        raise UntestedError(found.id)
    row = db.execute("SELECT state, error FROM outbox WHERE dedupe_key = ?", [tested[0]]).fetchone()
    if row is not None and row[0] in (State.FAILED, State.CANCELLED):
        raise TrialFailedError(found.id, row[1] or row[0])


def _digest(found: Announcement) -> dict[str, Any]:
    return {"announcement": found.id, "digest": found.digest}


def _content(found: Announcement) -> dict[str, Any]:
    """What is submitted, whole, for the record."""
    return {
        "purpose": found.purpose,
        "of": found.of,
        "html": found.html,
        "media": found.media.name or found.media.kind if found.media else None,
        "audience": f"{found.audience.kind}:{found.audience.name}",
        "starts_at": text_of(found.starts_at) if found.starts_at else None,
        "digest": found.digest,
    }
