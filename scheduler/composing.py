"""Give what was enqueued its words, a few rows at a time, shortly before they leave."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlite_utils

from knowledge import changes
from knowledge.database import Database
from scheduler.bodies import body_of
from scheduler.digests import Run, find_run
from scheduler.facts import ChangeFacts, DigestFacts, Line, Reason
from scheduler.netting import History
from scheduler.outbox import Kind, text_of
from scheduler.ports import Composer, Part
from scheduler.targets import Reach
from scheduler.telling import Interest, Telling, interests_of

_A_YEAR = timedelta(days=365)


class Composing:
    """From facts to messages; what the person has stopped following since is left out."""

    def __init__(self, database: Database, composer: Composer, timezone: ZoneInfo) -> None:
        self._database = database
        self._composer = composer
        self._timezone = timezone

    def compose(self, now: datetime, *, limit: int = 50) -> int:
        """Compose the next rows that have no words yet, in one transaction; returns how many, 0 when none is left."""
        with self._database.write() as db:
            rows = list(db.query(_RAW, [text_of(now), limit]))
            for bound in sorted({json.loads(row["facts"])["upto"] for row in rows}):
                same = [row for row in rows if json.loads(row["facts"])["upto"] == bound]
                self._compose(db, same, bound, now)
        return len(rows)

    def _compose(self, db: sqlite_utils.Database, rows: list[dict[str, Any]], upto: int, now: datetime) -> None:
        found = {row["id"]: interests_in(row) for row in rows}
        behind = min((i.upto for interests in found.values() for i in interests), default=upto)
        reach = Reach(db)
        telling = Telling(History(changes.list_changes(db, after=behind, upto=upto)), reach)
        for row in rows:
            kept = _still_followed(db, row["subscriber"])
            interests = tuple(i for i in found[row["id"]] if i.subscription in kept)
            lines = _wished(telling.lines(found[row["id"]], json.loads(row["facts"])["heard"]), kept)
            if row["kind"] == Kind.CHANGE:
                parts = self._change(row, lines)
            else:
                states = telling.states(interests)
                parts = self._digest(db, row, by_orientation(lines, reach), states, reach, interests)
            _keep(db, row, parts, now)

    def _change(self, row: dict[str, Any], lines: tuple[Line, ...]) -> tuple[Part, ...]:
        if not lines:
            return ()
        newest_first = tuple(sorted(lines, key=lambda line: line.latest, reverse=True))
        facts = ChangeFacts(subscriber=row["subscriber"], lines=newest_first)
        if all(change.correction for line in lines for change in line.changes):
            return self._composer.correction(facts)
        return self._composer.change(facts)

    def _digest(
        self,
        db: sqlite_utils.Database,
        row: dict[str, Any],
        lines: tuple[Line, ...],
        states: dict[str, list[Reason]],
        reach: Reach,
        interests: tuple[Interest, ...],
    ) -> tuple[Part, ...]:
        run = find_run(db, int(row["ref"].partition(":")[2]))
        if run is None or not (lines or states):
            return ()
        covered = {key for interest in interests if interest.due for key in reach.of(interest.target)}
        facts = DigestFacts(
            subscriber=row["subscriber"],
            frequency=run.frequency,
            local_date=run.local_date,
            window=(run.starts, run.ends),
            lines=lines,
            states=tuple(states),
            state_reasons=tuple(dict.fromkeys(reason for reasons in states.values() for reason in reasons)),
            delivery=row["id"],
            last_checked=self._unchecked(run, max((reach.checked_at[key] for key in covered), default=None)),
        )
        return self._composer.digest(facts)

    def _unchecked(self, run: Run, newest: str | None) -> str | None:
        if newest is None:
            return None
        day = date.fromisoformat(f"{newest}-01-01"[:10] if len(newest) == len("2022") else f"{newest}-01"[:10])
        return newest if run.ends.astimezone(self._timezone).date() - day > _A_YEAR else None


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


def interests_in(row: dict[str, Any]) -> tuple[Interest, ...]:
    """What a row of the outbox was enqueued for."""
    facts = json.loads(row["facts"])
    return interests_of(json.dumps(facts["interests"]), facts["numbers"])


def _still_followed(db: sqlite_utils.Database, subscriber: int) -> set[int]:
    return {found[0] for found in db.execute("SELECT id FROM subscriptions WHERE subscriber = ?", [subscriber])}


def _wished(lines: tuple[Line, ...], kept: set[int]) -> tuple[Line, ...]:
    """The lines that some subscription still gives a reason for."""
    left = (
        replace(line, reasons=tuple(reason for reason in line.reasons if reason.subscription in kept)) for line in lines
    )
    return tuple(line for line in left if line.reasons)


def by_orientation(lines: tuple[Line, ...], reach: Reach) -> tuple[Line, ...]:
    """By orientation, in document order; within each the newest first."""
    newest = sorted(lines, key=lambda line: line.latest, reverse=True)
    return tuple(sorted(newest, key=lambda line: reach.orientation[line.commitment]))


def _keep(db: sqlite_utils.Database, row: dict[str, Any], parts: tuple[Part, ...], now: datetime) -> None:
    """Write the words into the row, and a row for each further part; without any it is cancelled."""
    if not parts:
        db.execute(
            "UPDATE outbox SET state = 'cancelled', error = 'nothing left', updated_at = ? WHERE id = ?",
            [text_of(now), row["id"]],
        )
        return
    db.execute("UPDATE outbox SET body = ?, updated_at = ? WHERE id = ?", [body_of(parts[0]), text_of(now), row["id"]])
    stem = row["dedupe_key"].rpartition(":")[0]
    db.conn.executemany(
        "INSERT INTO outbox(dedupe_key, subscriber, kind, ref, part, priority, facts, body, not_before, created_at,"
        " updated_at) VALUES (?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?)",
        [
            (
                *(f"{stem}:{number}", row["subscriber"], row["kind"], row["ref"], number, row["priority"]),
                *(body_of(part), row["not_before"], row["created_at"], text_of(now)),
            )
            for number, part in enumerate(parts[1:], start=2)
        ],
    )


_RAW = """
SELECT * FROM outbox WHERE state = 'pending' AND body IS NULL AND not_before <= ?
ORDER BY priority, not_before, id LIMIT ?
"""
