"""Changes into deliveries: what each person is to be told now, enqueued in the transaction that marks it as told.

Nothing is composed here: a row keeps what is needed to say it (``outbox.facts``), ``composing`` finds the words. People
who follow the same things are worked out once.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlite_utils

from knowledge import changes
from scheduler.facts import Frequency
from scheduler.netting import History
from scheduler.outbox import PRIORITY, Kind, text_of
from scheduler.targets import Reach
from scheduler.telling import Telling, interests_of

_CHUNK = 2_000
_MOST_KNOWN = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One time at which some people are told.

    Attributes:
        upto: Changes up to this number are told.
        settled: Only of subscriptions that were as they are at this moment.
        quiet: Only of people with these quiet hours (as stored),
        hour: and this hour; None for any.
        ref: What the rows belong to, such as ``run:12``.
        stem: Of the keys: ``digest:{subscriber}:week:2026-11-24``.
    """

    frequency: Frequency
    upto: int
    settled: datetime
    quiet: tuple[str, ...]
    hour: str | None
    kind: Kind
    ref: str
    stem: str

    def key(self, subscriber: int) -> str:
        """The unique key of the first part."""
        return f"{self.stem.format(subscriber=subscriber)}:1"


def fan_out(db: sqlite_utils.Database, this: Round, now: datetime) -> int:
    """Enqueue what this round tells, inside the caller's transaction; returns how many people are told something."""
    db.execute("CREATE TEMP TABLE IF NOT EXISTS due_now(subscriber INTEGER PRIMARY KEY)")
    db.execute("DELETE FROM due_now")
    db.execute(_WHO, _values(this, now))
    behind = db.execute(_BEHIND).fetchone()[0]
    if behind is None:
        return 0
    telling = Telling(History(changes.list_changes(db, after=behind, upto=this.upto)), Reach(db))
    answers = _Answers(telling)
    told = 0
    for rows in _chunks(_interests(db, this)):
        found = [row for row in rows if answers.tells(row)]
        told += len(found)
        _enqueue(db, found, this, now)
        _note_heard(db, found, this, telling)
    db.execute(_COVERED, _values(this, now))
    return told


@dataclass(frozen=True, slots=True)
class _Row:
    subscriber: int
    numbers: str
    interests: str
    heard: str
    mixed: bool


def _interests(db: sqlite_utils.Database, this: Round) -> Iterator[_Row]:
    values = {"frequency": this.frequency, "settled": text_of(this.settled)}
    for subscriber, numbers, interests, heard, mixed in db.execute(_INTERESTS, values):
        yield _Row(subscriber, f"[{numbers}]", f"[{interests}]", heard, bool(mixed))


def _chunks(rows: Iterator[_Row]) -> Iterator[list[_Row]]:
    chunk: list[_Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


class _Answers:
    """Whether there is anything to tell, worked out once for all who follow the same."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling
        self._known: dict[tuple[str, str], bool] = {}

    def tells(self, row: _Row) -> bool:
        key = row.interests, row.heard
        if key not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[key] = self._telling.tells(interests_of(row.interests), json.loads(row.heard))
        return self._known[key]


def _enqueue(db: sqlite_utils.Database, rows: list[_Row], this: Round, now: datetime) -> None:
    stamp, priority = text_of(now), PRIORITY[this.kind]
    db.conn.executemany(
        "INSERT INTO outbox(dedupe_key, subscriber, kind, ref, priority, facts, not_before, created_at, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (this.key(row.subscriber), row.subscriber, this.kind, this.ref, priority, _facts(row, this), *[stamp] * 3)
            for row in rows
        ),
    )


def _facts(row: _Row, this: Round) -> str:
    return f'{{"upto": {this.upto}, "numbers": {row.numbers}, "interests": {row.interests}, "heard": {row.heard}}}'


def _note_heard(db: sqlite_utils.Database, rows: list[_Row], this: Round, telling: Telling) -> None:
    """Remember what is told to people of whom other subscriptions stay behind, that those do not repeat it."""
    for row in rows:
        if row.mixed:
            lines = telling.lines(interests_of(row.interests), json.loads(row.heard))
            db.conn.executemany(
                "INSERT INTO heard VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET upto = max(upto, excluded.upto)",
                [(row.subscriber, line.commitment, this.upto) for line in lines],
            )


def _values(this: Round, now: datetime) -> dict[str, Any]:
    return {
        "frequency": this.frequency,
        "upto": this.upto,
        "settled": text_of(this.settled),
        "now": text_of(now),
        "quiet": json.dumps(this.quiet),
        "hour": this.hour,
        "before": this.stem.partition("{subscriber}")[0],
        "after": f"{this.stem.partition('{subscriber}')[2]}:1",
    }


# Who is due: follows something at this frequency that is behind (or wishes its state each month), and has not had
# the message of this key already.
_WHO = """
INSERT INTO due_now SELECT s.id FROM subscribers s
WHERE s.ended_at IS NULL AND (s.paused_until IS NULL OR s.paused_until <= :now)
  AND (:hour IS NULL OR s.hour = :hour) AND s.quiet IN (SELECT value FROM json_each(:quiet))
  AND s.id IN (SELECT x.subscriber FROM subscriptions x
               WHERE x.frequency = :frequency AND x.upto < :upto AND x.settled_at <= :settled
               UNION SELECT x.subscriber FROM subscriptions x
               WHERE x.frequency = :frequency AND x.frequency = 'month' AND x.state_monthly
                 AND x.settled_at <= :settled)
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.dedupe_key = :before || s.id || :after)
"""

_BEHIND = """
SELECT min(x.upto) FROM subscriptions x WHERE x.subscriber IN (SELECT subscriber FROM due_now)
"""

_INTERESTS = """
SELECT x.subscriber, group_concat(x.id),
       group_concat(json_array(x.target_kind, x.target, x.condition,
                               x.frequency = :frequency AND x.settled_at <= :settled,
                               x.upto, x.started, x.state_monthly AND x.frequency = 'month')),
       coalesce((SELECT json_group_object(h.commitment, h.upto) FROM heard h WHERE h.subscriber = x.subscriber), '{}'),
       max(NOT (x.frequency = :frequency AND x.settled_at <= :settled))
FROM due_now d CROSS JOIN subscriptions x ON x.subscriber = d.subscriber
GROUP BY d.subscriber
"""

_COVERED = """
UPDATE subscriptions SET upto = :upto
WHERE frequency = :frequency AND settled_at <= :settled AND upto < :upto
  AND subscriber IN (SELECT subscriber FROM due_now)
"""
