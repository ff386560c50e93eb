"""What is to be sent: enqueue once, say 'sending', record what came of it.

The life of a row: written with facts and no body by ``fanout``; given its body (and further parts, each a row) by
``composing``; marked ``sending``, committed, just before the call; then ``sent``, ``failed``, ``uncertain``, or put
back. Writers of other kinds (announcements) may enqueue rows that have their body from the start.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import sqlite_utils

from knowledge.database import Database
from scheduler.ports import Button, Part
from scheduler.quiet import Quiet

LEASE = timedelta(minutes=5)


class State(StrEnum):
    """Where a delivery stands; all but the first two are final."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"


class Kind(StrEnum):
    """What a delivery is; quiet hours hold back all but notices."""

    CHANGE = "change"
    DIGEST = "digest"
    ANNOUNCEMENT = "announcement"
    NOTICE = "notice"


# Smaller leaves first.
PRIORITY = {Kind.NOTICE: 0, Kind.CHANGE: 1, Kind.DIGEST: 2, Kind.ANNOUNCEMENT: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A row whose turn comes: one message to one chat.

    Attributes:
        key: Unique, made of internal numbers.
        ref: What it belongs to (``run:12``, ``change:345`` (a round), ``announcement:6``): what ``hold`` pauses.
        body: The message as stored.
        attempts: How often it was tried, this time included.
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
    attempts: int

    @property
    def part(self) -> Part:
        """The message."""
        return part_of(self.body)


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
        """It may have been delivered; it is never sent again."""
        self._settle(delivery_id, State.UNCERTAIN, error, now)

    def mark_cancelled(self, delivery_id: int, error: str, now: datetime) -> None:
        """It is not wanted any more."""
        self._settle(delivery_id, State.CANCELLED, error, now)

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
        return self._abandon("state = 'sending'", [], now)

    def expire_leases(self, now: datetime) -> int:
        """While running: what has been ``sending`` past its lease becomes ``uncertain``. Returns how many."""
        return self._abandon("state = 'sending' AND lease_until < ?", [text_of(now)], now)

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

    def oldest_pending(self) -> datetime | None:
        """When the oldest row that still waits was enqueued."""
        row = self._database.read().execute("SELECT min(created_at) FROM outbox WHERE state = 'pending'").fetchone()
        return datetime.fromisoformat(row[0]) if row[0] else None

    def _ready(self, db: sqlite_utils.Database, now: datetime, limit: int, busy: set[int]) -> list[dict[str, Any]]:
        ready: list[dict[str, Any]] = []
        for priority in sorted(PRIORITY.values()):
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
        end = Quiet.parse(row["quiet"]).end(now, self._timezone) if row["kind"] != Kind.NOTICE else now
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

    def _abandon(self, which: str, values: list[str], now: datetime) -> int:
        with self._database.write() as db:
            cursor = db.execute(
                "UPDATE outbox SET state = 'uncertain', error = 'interrupted', lease_until = NULL, updated_at = ?"  # noqa: S608 - conditions of this module
                f" WHERE {which}",
                [text_of(now), *values],
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


def cancel_for(db: sqlite_utils.Database, subscriber: int, why: str, now: datetime) -> int:
    """Take back everything that still waits for one person, inside the caller's transaction."""
    cursor = db.execute(
        "UPDATE outbox SET state = 'cancelled', error = ?, updated_at = ? WHERE subscriber = ? AND state = 'pending'",
        [why, text_of(now), subscriber],
    )
    return int(cursor.rowcount)


def recompose(db: sqlite_utils.Database, subscriber: int) -> None:
    """Have what waits for one person composed again, inside the caller's transaction: what they follow changed.

    Messages of which a part has left already stay as they are.
    """
    untouched = (
        "subscriber = :who AND state = 'pending' AND facts IS NOT NULL AND NOT EXISTS (SELECT 1 FROM outbox e"
        " WHERE e.subscriber = :who AND e.ref = outbox.ref AND e.state NOT IN ('pending', 'cancelled'))"
    )
    db.execute(f"UPDATE outbox SET body = NULL WHERE part = 1 AND {untouched}", {"who": subscriber})  # noqa: S608
    db.execute(
        "DELETE FROM outbox WHERE subscriber = :who AND state = 'pending' AND part > 1 AND EXISTS (SELECT 1"
        " FROM outbox e WHERE e.subscriber = :who AND e.ref = outbox.ref AND e.part = 1 AND e.state = 'pending'"
        " AND e.body IS NULL)",
        {"who": subscriber},
    )


def body_of(part: Part) -> str:
    """A message as stored."""
    return json.dumps(asdict(part), ensure_ascii=False)


def part_of(body: str) -> Part:
    """What ``body_of`` wrote."""
    content = json.loads(body)
    return Part(text=content["text"], rows=tuple(tuple(Button(**button) for button in row) for row in content["rows"]))


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
        attempts=row["attempts"] + 1,
    )


_DUE = """
SELECT o.*, s.chat_cipher, s.kind AS chat_kind, s.quiet
FROM outbox o JOIN subscribers s ON s.id = o.subscriber
WHERE o.state = 'pending' AND o.body IS NOT NULL AND o.priority = :priority AND o.not_before <= :now
  AND s.ended_at IS NULL AND (s.paused_until IS NULL OR s.paused_until <= :now OR o.kind = 'notice')
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
              AND (s.paused_until IS NULL OR s.paused_until <= ? OR kind = 'notice'))
"""
