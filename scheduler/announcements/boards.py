"""The message in which a member sees an announcement fare: sent once through the outbox, then edited in place."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import sqlite_utils

from knowledge.authors import Author, Via
from scheduler.announcements.records import Announcement
from scheduler.bodies import body_of
from scheduler.outbox import Kind, enqueue, text_of
from scheduler.ports import Part
from scheduler.staff_chats import chat_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One such message, delivered."""

    delivery: str
    announcement: int
    chat_cipher: bytes
    message_id: int
    shown: str
    shown_at: datetime


def open_board(
    db: sqlite_utils.Database, found: Announcement, part: Part, now: datetime, *, speaks: Author | None
) -> None:
    """Begin to show how an announcement fares, inside the caller's transaction.

    Args:
        speaks: The member who has just let it leave; without one it is shown to who did at first.
    """
    member = speaks.member if speaks else found.launched_by
    chat = chat_of(db, member, now, speaks=speaks is not None and speaks.via is Via.TELEGRAM)
    if chat is None:
        return
    key = f"board:{found.id}.{found.version}"
    enqueue(db, key=key, subscriber=chat, kind=Kind.NOTICE, ref=key, part=part, now=now)
    db.execute(
        "INSERT INTO announcement_boards(delivery, announcement, shown, shown_at) VALUES (?, ?, ?, ?)",
        [key, found.id, mark_of(part), text_of(now)],
    )


def list_open(db: sqlite_utils.Database) -> tuple[Board, ...]:
    """Those that are on somebody's screen and still change."""
    rows = db.query(
        "SELECT b.delivery, b.announcement, s.chat_cipher, o.message_id, b.shown, b.shown_at FROM announcement_boards b"
        " JOIN outbox o ON o.dedupe_key = b.delivery JOIN subscribers s ON s.id = o.subscriber"
        " WHERE NOT b.closed AND o.state = 'sent' AND s.ended_at IS NULL ORDER BY b.delivery"
    )
    return tuple(Board(**(row | {"shown_at": datetime.fromisoformat(row["shown_at"])})) for row in rows)


def note_shown(db: sqlite_utils.Database, board: Board, part: Part, now: datetime, *, closed: bool) -> None:
    """Remember what a board shows, inside the caller's transaction; a closed one does not change any more."""
    db.execute(
        "UPDATE announcement_boards SET shown = ?, shown_at = ?, closed = ? WHERE delivery = ?",
        [mark_of(part), text_of(now), int(closed), board.delivery],
    )


def mark_of(part: Part) -> str:
    """Tells whether a message would look as it does already."""
    return sha256(body_of(part).encode()).hexdigest()
