"""Who may be written to: a chat behind an encrypted id, an hour, quiet hours, a pause. No name, ever."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Any

import sqlite_utils

from knowledge.database import Database
from scheduler import outbox
from scheduler.counters import count
from scheduler.errors import UnknownSubscriberError
from scheduler.outbox import text_of
from scheduler.ports import Identities
from scheduler.quiet import Quiet

DEFAULT_HOUR = time(9)
# A pause without an end.
ALWAYS = "9999-12-31T00:00:00+00:00"


class ChatKind(StrEnum):
    """Where messages go."""

    PRIVATE = "private"
    GROUP = "group"


class EndedReason(StrEnum):
    """Why a subscription or a subscriber ended; all that is kept of it, with a count."""

    STOPPED = "stopped"
    BLOCKED = "blocked"
    ERASED = "erased"
    MIGRATED = "migrated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """One chat that follows something.

    Attributes:
        quiet: As ``BOT_QUIET``: ``20:00-08:00,sunday`` or ``none``.
        paused_until: UTC; ``datetime.max``-like far future when the pause has no end; None when not paused.
    """

    id: int
    kind: ChatKind
    hour: time
    quiet: str
    paused_until: datetime | None
    created_at: datetime

    def is_paused(self, now: datetime) -> bool:
        """Whether nothing may be sent now."""
        return self.paused_until is not None and self.paused_until > now


class Subscribers:
    """The table ``subscribers``; every method is one transaction.

    Args:
        quiet: What new subscribers start with (``BOT_QUIET``).
    """

    def __init__(self, database: Database, identities: Identities, quiet: str) -> None:
        Quiet.parse(quiet)
        self._database = database
        self._identities = identities
        self._quiet = quiet

    def find(self, chat_id: int) -> Subscriber | None:
        """The active subscriber of a chat."""
        index = self._identities.index(chat_id)
        rows = self._database.read().query(
            "SELECT * FROM subscribers WHERE chat_index = ? AND ended_at IS NULL", [index]
        )
        return next((_subscriber(row) for row in rows), None)

    def get(self, subscriber: int) -> Subscriber:
        """The active subscriber of this number.

        Raises:
            UnknownSubscriberError: There is none.
        """
        rows = self._database.read().query("SELECT * FROM subscribers WHERE id = ? AND ended_at IS NULL", [subscriber])
        for row in rows:
            return _subscriber(row)
        raise UnknownSubscriberError(subscriber)

    def open(self, chat_id: int, kind: ChatKind, now: datetime) -> Subscriber:
        """The subscriber of a chat, made with the defaults when it is new, active again when it had ended."""
        sealed = self._identities.seal(chat_id)
        with self._database.write() as db:
            db.execute(
                "INSERT INTO subscribers(chat_cipher, chat_index, kind, hour, quiet, created_at, idle_since)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT(chat_index) DO UPDATE SET ended_at = NULL, ended_reason = NULL, notices_only = 0,"
                " hour = iif(notices_only, excluded.hour, hour), quiet = iif(notices_only, excluded.quiet, quiet)",
                [sealed.cipher, sealed.index, kind, f"{DEFAULT_HOUR:%H:%M}", self._quiet, *[text_of(now)] * 2],
            )
            row = next(db.query("SELECT * FROM subscribers WHERE chat_index = ?", [sealed.index]))
        return _subscriber(row)

    def come_back(self, chat_id: int) -> bool:
        """The chat may be written to again (unblocked): what it follows goes on. False when it is not known."""
        with self._database.write() as db:
            cursor = db.execute(
                "UPDATE subscribers SET ended_at = NULL, ended_reason = NULL WHERE chat_index = ?",
                [self._identities.index(chat_id)],
            )
        return bool(cursor.rowcount)

    def set_hour(self, subscriber: int, hour: time, now: datetime) -> None:
        """When digests come, local time; to the minute."""
        self._set(subscriber, "hour", f"{hour:%H:%M}", now)

    def set_quiet(self, subscriber: int, quiet: str, now: datetime) -> None:
        """When nothing comes.

        Raises:
            QuietHoursError: Not of the form ``20:00-08:00,sunday`` or ``none``.
        """
        Quiet.parse(quiet)
        self._set(subscriber, "quiet", quiet, now)

    def pause(self, subscriber: int, until: datetime | None) -> None:
        """Hold everything back until a moment, or until ``resume``; it is told afterwards, as net changes."""
        with self._database.write() as db:
            self._update(db, subscriber, "paused_until", text_of(until) if until else ALWAYS)

    def resume(self, subscriber: int) -> None:
        """End a pause."""
        with self._database.write() as db:
            self._update(db, subscriber, "paused_until", None)

    def close(self, subscriber: int, now: datetime) -> None:
        """The chat refuses messages for good (blocked, deleted, kicked): nothing is sent, and all is erased 28 days on.

        What it follows is kept until then, in case it comes back.
        """
        with self._database.write() as db:
            db.execute(
                "UPDATE subscribers SET ended_at = ?, ended_reason = ? WHERE id = ? AND ended_at IS NULL",
                [text_of(now), EndedReason.BLOCKED, subscriber],
            )
            outbox.cancel_for(db, subscriber, EndedReason.BLOCKED, now)

    def move(self, subscriber: int, new_chat_id: int, now: datetime) -> int:
        """A group got another id. Returns the number that goes on: the other one's, when that chat was known already.

        What only the old one followed is then followed by the other.
        """
        sealed = self._identities.seal(new_chat_id)
        with self._database.write() as db:
            row = db.execute("SELECT id FROM subscribers WHERE chat_index = ?", [sealed.index]).fetchone()
            if row is None or row[0] == subscriber:
                db.execute(
                    "UPDATE subscribers SET chat_cipher = ?, chat_index = ? WHERE id = ?",
                    [sealed.cipher, sealed.index, subscriber],
                )
                return subscriber
            other = int(row[0])
            db.execute("UPDATE OR IGNORE subscriptions SET subscriber = ? WHERE subscriber = ?", [other, subscriber])
            db.execute(_TWICE, {"old": subscriber, "other": other})
            db.execute("UPDATE outbox SET subscriber = ? WHERE subscriber = ?", [other, subscriber])
            db.execute("UPDATE enquiries SET subscriber = ? WHERE subscriber = ?", [other, subscriber])
            db.execute(_HEARD_BY_EITHER, {"old": subscriber, "other": other})
            db.execute(_GOES_ON, {"other": other})
            forget(db, subscriber, EndedReason.MIGRATED, now)
            return other

    def _set(self, subscriber: int, column: str, value: str, now: datetime) -> None:
        with self._database.write() as db:
            self._update(db, subscriber, column, value)
            db.execute("UPDATE subscribers SET notices_only = 0 WHERE id = ?", [subscriber])
            db.execute("UPDATE subscriptions SET settled_at = ? WHERE subscriber = ?", [text_of(now), subscriber])

    def _update(self, db: sqlite_utils.Database, subscriber: int, column: str, value: str | None) -> None:
        cursor = db.execute(
            f"UPDATE subscribers SET {column} = ? WHERE id = ? AND ended_at IS NULL",  # noqa: S608 - named here
            [value, subscriber],
        )
        if not cursor.rowcount:
            raise UnknownSubscriberError(subscriber)


def forget(db: sqlite_utils.Database, subscriber: int, reason: EndedReason, now: datetime) -> None:
    """Delete everything about a person inside the caller's transaction; reasons and counts remain.

    The number is kept, that a restored backup loses the same person: it leads to nobody any more.
    """
    followed = db.execute("SELECT count(*) FROM subscriptions WHERE subscriber = ?", [subscriber]).fetchone()[0]
    count(db, f"subscriptions_{reason}", followed, now)
    count(db, f"subscribers_{reason}", 1, now)
    for table in ("outbox", "heard", "subscriptions", "enquiries"):
        db.execute(f"DELETE FROM {table} WHERE subscriber = ?", [subscriber])  # noqa: S608 - named here
    db.execute("DELETE FROM subscribers WHERE id = ?", [subscriber])
    db.execute("INSERT INTO erasures VALUES (?, ?) ON CONFLICT DO NOTHING", [subscriber, text_of(now)])


def _subscriber(row: dict[str, Any]) -> Subscriber:
    return Subscriber(
        id=row["id"],
        kind=ChatKind(row["kind"]),
        hour=time.fromisoformat(row["hour"]),
        quiet=row["quiet"],
        paused_until=datetime.fromisoformat(row["paused_until"]) if row["paused_until"] else None,
        created_at=datetime.fromisoformat(row["created_at"]),
    )


# What is announced to both chats of a group that became one.
_TWICE = """
DELETE FROM outbox WHERE subscriber = :old AND state = 'pending' AND kind = 'announcement'
  AND EXISTS (SELECT 1 FROM outbox e WHERE e.subscriber = :other AND e.ref = outbox.ref)
"""
_HEARD_BY_EITHER = """
INSERT INTO heard SELECT :other, commitment, upto FROM heard WHERE subscriber = :old
ON CONFLICT DO UPDATE SET upto = max(upto, excluded.upto)
"""
_GOES_ON = """
UPDATE subscribers SET ended_at = NULL, ended_reason = NULL,
  idle_since = iif(EXISTS (SELECT 1 FROM subscriptions x WHERE x.subscriber = :other), NULL, idle_since)
WHERE id = :other
"""
