"""What is to be sent: enqueue once, say 'sending', record what came of it.

The life of a row: written with facts and no body by ``fanout``; given its body (and further parts, each a row) by
``composing``; marked ``sending``, committed, just before the call; then ``sent``, ``failed``, ``uncertain``, or put
back. Writers of other kinds (announcements) may enqueue rows that have their body, or the name of a shared one, from
the start. A row with ``edits`` changes a message that was sent: as often as it takes, since that doubles nothing.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import sqlite_utils

from knowledge.database import Database
from scheduler.bodies import body_of, part_of
from scheduler.ports import Part
from scheduler.quiet import Quiet

LEASE = timedelta(minutes=5)
RESTORED = "restored"  # what was to be sent when a backup was put back in the place of the base
INTERRUPTED = "interrupted"  # the program died during the call
MOST_EDITS = 20  # attempts at one edit of which nobody knows what came
_EDITED_AGAIN = timedelta(seconds=5)


class State(StrEnum):
    """Where a delivery stands; all but the first two are final."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"


class Kind(StrEnum):
    """What a delivery is; quiet hours and pauses hold back all but notices and corrections, which make no sound."""

    CHANGE = "change"
    DIGEST = "digest"
    ANNOUNCEMENT = "announcement"
    NOTICE = "notice"
    CORRECTION = "correction"


# Smaller leaves first.
PRIORITY = {Kind.NOTICE: 0, Kind.CHANGE: 1, Kind.CORRECTION: 1, Kind.DIGEST: 2, Kind.ANNOUNCEMENT: 3}
_AT_ANY_TIME = (Kind.NOTICE, Kind.CORRECTION)
# What comes because it is followed: an answer that was asked for, or a message put right, comes all the same.
FOLLOWED = (Kind.CHANGE, Kind.DIGEST, Kind.ANNOUNCEMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A row whose turn comes: one message to one chat.

    Attributes:
        key: Unique, made of internal numbers.
        ref: What it belongs to (``run:12``, ``change:345`` (a round), ``announcement:6``): what ``hold`` pauses.
        body: The message as stored in the row, or the name of a shared one.
        content: The message as stored, wherever.
        attempts: How often it was tried, this time included.
        edits: The message that it changes; None when it is a new one.
    """

    id: int
    key: str
    subscriber: int
    group: bool
    chat_cipher: bytes
    kind: Kind
    ref: str
    number: int
    body: str
    content: str
    attempts: int
    edits: int | None

    @property
    def part(self) -> Part:
        """The message."""
        return part_of(self.content)


class Outbox:
    """The table ``outbox``; every method is one transaction unless it takes a ``db``."""

    def __init__(self, database: Database, timezone: ZoneInfo) -> None:
        self._database = database
        self._timezone = timezone

    def due(self, now: datetime, *, limit: int = 20, busy: Iterable[int] = ()) -> tuple[Delivery, ...]:
        """The next rows to send, still ``pending``: ``begin`` claims each when its turn has come.

        At most one a subscriber, the earlier rows of a subscriber first; none of ended or paused subscribers, of
        held refs, or of subscribers named in ``busy``. In quiet hours a row is put off to their end instead.
        """
        with self._database.write() as db:
            ready = self._ready(db, now, limit, set(busy))
        return tuple(_delivery(row) for row in ready)

    def begin(self, delivery: Delivery, now: datetime) -> bool:
        """Mark a row ``sending``, committed before this returns; False when it is not to be sent so any more."""
        values = [text_of(now + LEASE), text_of(now), delivery.id, delivery.body, text_of(now)]
        with self._database.write() as db:
            cursor = db.execute(_BEGIN, values)
        return bool(cursor.rowcount)

    def mark_sent(self, delivery_id: int, message_id: int, now: datetime) -> None:
        """It was delivered."""
        self._settle(delivery_id, State.SENT, None, now, message_id)

    def mark_failed(self, delivery_id: int, error: str, now: datetime) -> None:
        """It was refused for good."""
        self._settle(delivery_id, State.FAILED, error, now)

    def mark_uncertain(self, delivery_id: int, error: str, now: datetime) -> None:
        """It may have been delivered; a message is never sent again, an edit is repeated."""
        self._abandon("id = ? AND state IN ('pending', 'sending')", [delivery_id], error, now)

    def put_back(
        self, delivery_id: int, not_before: datetime, error: str, now: datetime, *, counts: bool = True
    ) -> None:
        """It was not delivered and will be tried again, not before a moment; an attempt may count for nothing."""
        with self._database.write() as db:
            db.execute(
                "UPDATE outbox SET state = 'pending', not_before = ?, error = ?, lease_until = NULL, updated_at = ?,"
                " attempts = attempts - ? WHERE id = ? AND state = 'sending'",
                [text_of(not_before), error, text_of(now), 0 if counts else 1, delivery_id],
            )

    def recover(self, now: datetime) -> int:
        """After a start: what was being sent when the program died becomes ``uncertain``. Returns how many."""
        return self._abandon("state = 'sending'", [], INTERRUPTED, now)

    def expire_leases(self, now: datetime) -> int:
        """While running: what has been ``sending`` past its lease becomes ``uncertain``. Returns how many."""
        return self._abandon("state = 'sending' AND lease_until < ?", [text_of(now)], INTERRUPTED, now)

    def hold(self, ref: str, reason: str, now: datetime) -> None:
        """Pause every row of a ref until ``release``."""
        with self._database.write() as db:
            db.execute("INSERT INTO holds VALUES (?, ?, ?) ON CONFLICT DO NOTHING", [ref, reason, text_of(now)])

    def release(self, ref: str) -> None:
        """Let the rows of a ref leave again."""
        with self._database.write() as db:
            db.execute("DELETE FROM holds WHERE ref = ?", [ref])

    def list_holds(self) -> tuple[tuple[str, str, datetime], ...]:
        """Every paused ref, with the reason and since when."""
        rows = self._database.read().execute("SELECT ref, reason, since FROM holds ORDER BY since, ref")
        return tuple((ref, reason, datetime.fromisoformat(since)) for ref, reason, since in rows)

    def counts(self, ref: str | None = None) -> dict[State, int]:
        """How many rows stand in each state, of one ref or of all; every state is there."""
        rows = self._database.read().execute(
            "SELECT state, count(*) FROM outbox WHERE ? IS NULL OR ref = ? GROUP BY state", [ref, ref]
        )
        return dict.fromkeys(State, 0) | {State(state): count for state, count in rows}

    def _ready(self, db: sqlite_utils.Database, now: datetime, limit: int, busy: set[int]) -> list[dict[str, Any]]:
        ready: list[dict[str, Any]] = []
        for priority in sorted(set(PRIORITY.values())):
            while len(ready) < limit:
                asked = {"priority": priority, "now": text_of(now), "busy": json.dumps(list(busy)), "limit": limit}
                rows = list(db.query(_DUE, asked))
                for row in rows:
                    if len(ready) < limit and row["subscriber"] not in busy and not self._put_off(db, row, now):
                        busy.add(row["subscriber"])
                        ready.append(row)
                if len(rows) < limit:
                    break
        return ready

    def _put_off(self, db: sqlite_utils.Database, row: dict[str, Any], now: datetime) -> bool:
        """Whether it is quiet for this person now; the row then waits for the end of it."""
        end = now if row["kind"] in _AT_ANY_TIME else Quiet.parse(row["quiet"]).end(now, self._timezone)
        if end <= now:
            return False
        db.execute("UPDATE outbox SET not_before = ? WHERE id = ?", [text_of(end), row["id"]])
        return True

    def _settle(
        self, delivery_id: int, state: State, error: str | None, now: datetime, message_id: int | None = None
    ) -> None:
        with self._database.write() as db:
            db.execute(
                "UPDATE outbox SET state = ?, error = ?, message_id = ?, lease_until = NULL, updated_at = ?"
                " WHERE id = ? AND state IN ('pending', 'sending')",
                [state, error, message_id, text_of(now), delivery_id],
            )

    def _abandon(self, which: str, values: list[Any], error: str, now: datetime) -> int:
        again = "state = 'pending', not_before = ?, error = ?, lease_until = NULL, updated_at = ?"
        ended = "state = 'uncertain', error = ?, lease_until = NULL, updated_at = ?"
        repeated = f"{which} AND edits IS NOT NULL AND attempts < {MOST_EDITS}"
        with self._database.write() as db:
            db.execute(  # conditions of this module
                f"UPDATE outbox SET {again} WHERE {repeated}",  # noqa: S608
                [text_of(now + _EDITED_AGAIN), error, text_of(now), *values],
            )
            cursor = db.execute(
                f"UPDATE outbox SET {ended} WHERE {which} AND (edits IS NULL OR attempts >= {MOST_EDITS})",  # noqa: S608
                [error, text_of(now), *values],
            )
        return int(cursor.rowcount)


def enqueue(
    db: sqlite_utils.Database, *, key: str, subscriber: int, kind: Kind, ref: str, part: Part, now: datetime
) -> bool:
    """Add one message with its words, inside the caller's transaction; False when its key is there already."""
    cursor = db.execute(
        "INSERT INTO outbox(dedupe_key, subscriber, kind, ref, priority, body, not_before, created_at, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(dedupe_key) DO NOTHING",
        [key, subscriber, kind, ref, PRIORITY[kind], body_of(part), *[text_of(now)] * 3],
    )
    return bool(cursor.rowcount)


def cancel_for(
    db: sqlite_utils.Database, subscriber: int, why: str, now: datetime, *, kinds: Iterable[Kind] = tuple(Kind)
) -> int:
    """Take back what still waits for one person, of these kinds, inside the caller's transaction."""
    cursor = db.execute(
        "UPDATE outbox SET state = 'cancelled', error = ?, updated_at = ? WHERE subscriber = ? AND state = 'pending'"
        " AND kind IN (SELECT value FROM json_each(?))",
        [why, text_of(now), subscriber, json.dumps(list(kinds))],
    )
    return int(cursor.rowcount)


def text_of(moment: datetime) -> str:
    """A moment as this room stores it: UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _delivery(row: dict[str, Any]) -> Delivery:
    return Delivery(
        id=row["id"],
        key=row["dedupe_key"],
        subscriber=row["subscriber"],
        group=row["chat_kind"] == "group",
        chat_cipher=row["chat_cipher"],
        kind=Kind(row["kind"]),
        ref=row["ref"],
        number=row["part"],
        body=row["body"],
        content=row["shared"] or row["body"],
        attempts=row["attempts"] + 1,
        edits=row["edits"],
    )


_DUE = """
SELECT o.*, s.chat_cipher, s.kind AS chat_kind, s.quiet,
       (SELECT b.body FROM shared_bodies b WHERE b.name = o.body) AS shared
FROM outbox o JOIN subscribers s ON s.id = o.subscriber
WHERE o.state = 'pending' AND o.body IS NOT NULL AND o.priority = :priority AND o.not_before <= :now
  AND s.ended_at IS NULL
  AND (s.paused_until IS NULL OR s.paused_until <= :now OR o.kind IN ('notice', 'correction'))
  AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.subscriber = o.subscriber AND e.state IN ('pending', 'sending')
                  AND (e.state = 'sending' OR (e.ref = o.ref AND e.id < o.id)))
  AND o.ref NOT IN (SELECT ref FROM holds)
  AND o.subscriber NOT IN (SELECT value FROM json_each(:busy))
ORDER BY o.not_before, o.id
LIMIT :limit
"""

# Between ``due`` and the call a person may have stopped something, or the ref been held.
_BEGIN = """
UPDATE outbox SET state = 'sending', attempts = attempts + 1, lease_until = ?, updated_at = ?
WHERE id = ? AND state = 'pending' AND body = ? AND ref NOT IN (SELECT ref FROM holds)
  AND EXISTS (SELECT 1 FROM subscribers s WHERE s.id = subscriber AND s.ended_at IS NULL
              AND (s.paused_until IS NULL OR s.paused_until <= ? OR outbox.kind IN ('notice', 'correction')))
"""
