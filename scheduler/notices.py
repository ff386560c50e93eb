"""What staff are told on their own account, at once, quiet hours or not."""

from datetime import datetime

import sqlite_utils

from knowledge.authors import Role
from knowledge.database import Database
from scheduler.outbox import Kind, enqueue
from scheduler.ports import Part
from scheduler.staff_chats import addressees


class Notices:
    """Enqueues each notice once a member; who has no chat reads it in /agent."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def to_role(self, needed: Role, about: str, part: Part, now: datetime, *, but: int | None = None) -> int:
        """Tell everybody who may do something, one member left out; returns how many are told.

        Args:
            about: What the notice belongs to, ``import:12``.
        """
        with self._database.write() as db:
            told = addressees(db, needed, now)
            left_out = _subscriber(db, but) if but is not None else None
            return sum(_enqueue(db, each, about, part, now) for each in told if each != left_out)

    def to_member(self, member: int, about: str, part: Part, now: datetime) -> bool:
        """Tell one member; False when they have no chat."""
        with self._database.write() as db:
            everybody = addressees(db, Role.READER, now)
            found = _subscriber(db, member)
            return found in everybody and _enqueue(db, found, about, part, now)


def _enqueue(db: sqlite_utils.Database, subscriber: int, about: str, part: Part, now: datetime) -> bool:
    key = f"notice:{about}:{subscriber}"
    return enqueue(db, key=key, subscriber=subscriber, kind=Kind.NOTICE, ref=about, part=part, now=now)


def _subscriber(db: sqlite_utils.Database, member: int) -> int:
    """The number under which a member is written to; 0 when there is none."""
    row = db.execute(
        "SELECT s.id FROM subscribers s JOIN members m ON m.chat_index = s.chat_index WHERE m.id = ?", [member]
    ).fetchone()
    return int(row[0]) if row else 0
