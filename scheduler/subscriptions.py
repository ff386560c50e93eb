"""What a person follows, how often they hear of it, and on which condition. Nothing but the person changes these."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlite_utils

from knowledge import changes
from knowledge.database import Database
from scheduler import outbox
from scheduler.composing import recompose
from scheduler.counters import count
from scheduler.errors import TooManySubscriptionsError, UnknownSubscriberError, UnknownSubscriptionError
from scheduler.facts import Condition, Frequency, Target, TargetKind
from scheduler.netting import wanted
from scheduler.outbox import text_of
from scheduler.subscribers import EndedReason
from scheduler.targets import Reach

MOST = 200
_SIX_MONTHS = timedelta(days=182)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One thing that a person follows.

    Attributes:
        state_monthly: Whether a monthly digest also tells the present state of what did not change.
        consent_version: Of the text that the person agreed to.
    """

    id: int
    subscriber: int
    target: Target
    frequency: Frequency
    condition: Condition
    state_monthly: bool
    created_at: datetime
    consent_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What came of following; ``is_new`` is False when it was followed already (and is left as it was)."""

    subscription: Subscription
    is_new: bool


class Subscriptions:
    """The table ``subscriptions``; every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def check(self, target: Target) -> Target:
        """The target as it would be stored.

        Raises:
            UnknownTargetError, EmptyWordsError: It cannot be followed.
        """
        return Reach(self._database.read()).check(target)

    def reached(self, target: Target) -> tuple[str, ...]:
        """The commitments that a target reaches now, in document order."""
        return Reach(self._database.read()).of(target)

    def preview(self, target: Target, now: datetime, *, condition: Condition = Condition.ANY) -> int:
        """How many changes it would have told in the last six months; what was undone does not count."""
        db = self._database.read()
        reached = set(Reach(db).of(target))
        recent = [c for c in changes.list_changes(db, since=now - _SIX_MONTHS) if c.commitment in reached]
        chains: dict[tuple[str, str], list[changes.Change]] = {}
        for change in recent:
            chains.setdefault((change.commitment, change.subject), []).append(change)
        left = (change for chain in chains.values() for change in changes.standing(chain))
        return sum(wanted(condition, change.field, change.old, change.new) for change in left)

    def follow(
        self,
        subscriber: int,
        target: Target,
        now: datetime,
        *,
        consent_version: str,
        frequency: Frequency = Frequency.WEEK,
        condition: Condition = Condition.ANY,
        state_monthly: bool = False,
    ) -> Followed:
        """Start a subscription; what changes from now on is told. Following twice changes nothing.

        Raises:
            UnknownTargetError, EmptyWordsError: It cannot be followed.
            TooManySubscriptionsError: The person has ``MOST`` already.
            UnknownSubscriberError: Nobody has this number.
        """
        with self._database.write() as db:
            stored = Reach(db).check(target)
            known = self._find(db, subscriber, stored)
            if known is not None:
                return Followed(subscription=known, is_new=False)
            if not db.execute("SELECT 1 FROM subscribers WHERE id = ? AND ended_at IS NULL", [subscriber]).fetchone():
                raise UnknownSubscriberError(subscriber)
            held = db.execute("SELECT count(*) FROM subscriptions WHERE subscriber = ?", [subscriber]).fetchone()[0]
            if held >= MOST:
                raise TooManySubscriptionsError(MOST)
            last, stamp = changes.last_id(db), text_of(now)
            db.execute(
                "INSERT INTO subscriptions(subscriber, target_kind, target, frequency, condition, state_monthly,"
                " started, upto, created_at, settled_at, consent_version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    *(subscriber, stored.kind, stored.name, frequency, condition, int(state_monthly)),
                    *(last, last, stamp, stamp, consent_version),
                ],
            )
            db.execute("UPDATE subscribers SET idle_since = NULL WHERE id = ?", [subscriber])
            count(db, "subscriptions_started", 1, now)
            new = self._find(db, subscriber, stored)
        if new is None:
            raise UnknownSubscriberError(subscriber)
        return Followed(subscription=new, is_new=True)

    def find(self, subscriber: int, target: Target) -> Subscription | None:
        """The subscription of a person to a target, as typed or as stored."""
        db = self._database.read()
        name = "" if target.kind in (TargetKind.ALL, TargetKind.PRIORITY) else " ".join(target.name.split()).lower()
        return self._find(db, subscriber, Target(kind=target.kind, name=name))

    def get(self, subscriber: int, subscription: int) -> Subscription:
        """One subscription of this person.

        Raises:
            UnknownSubscriptionError: It ended, never was, or is another person's.
        """
        rows = self._database.read().query(
            "SELECT * FROM subscriptions WHERE id = ? AND subscriber = ?", [subscription, subscriber]
        )
        for row in rows:
            return _subscription(row)
        raise UnknownSubscriptionError(subscription)

    def list_of(self, subscriber: int) -> tuple[Subscription, ...]:
        """Everything a person follows, oldest first."""
        rows = self._database.read().query("SELECT * FROM subscriptions WHERE subscriber = ? ORDER BY id", [subscriber])
        return tuple(_subscription(row) for row in rows)

    def set_frequency(self, subscriber: int, subscription: int, frequency: Frequency, now: datetime) -> None:
        """How often; what was not told yet is told under the new frequency.

        Raises:
            UnknownSubscriptionError: It ended, never was, or is another person's.
        """
        self._set(subscriber, subscription, "frequency", frequency, now)

    def set_condition(self, subscriber: int, subscription: int, condition: Condition, now: datetime) -> None:
        """On which condition.

        Raises:
            UnknownSubscriptionError: It ended, never was, or is another person's.
        """
        self._set(subscriber, subscription, "condition", condition, now)

    def set_state_monthly(self, subscriber: int, subscription: int, wished: bool, now: datetime) -> None:
        """Whether a monthly digest also tells the present state.

        Raises:
            UnknownSubscriptionError: It ended, never was, or is another person's.
        """
        self._set(subscriber, subscription, "state_monthly", int(wished), now)

    def end(self, subscriber: int, subscription: int, now: datetime) -> None:
        """Stop one; what waits to be sent and has no other reason goes with it.

        Raises:
            UnknownSubscriptionError: It ended, never was, or is another person's.
        """
        with self._database.write() as db:
            cursor = db.execute("DELETE FROM subscriptions WHERE id = ? AND subscriber = ?", [subscription, subscriber])
            if not cursor.rowcount:
                raise UnknownSubscriptionError(subscription)
            count(db, f"subscriptions_{EndedReason.STOPPED}", 1, now)
            recompose(db, subscriber)
            _note_idle(db, subscriber, now)

    def end_all(self, subscriber: int, now: datetime) -> int:
        """Stop everything, and take back what waits to be sent because of it. Returns how many ended."""
        with self._database.write() as db:
            cursor = db.execute("DELETE FROM subscriptions WHERE subscriber = ?", [subscriber])
            count(db, f"subscriptions_{EndedReason.STOPPED}", cursor.rowcount, now)
            db.execute("DELETE FROM heard WHERE subscriber = ?", [subscriber])
            outbox.cancel_for(db, subscriber, EndedReason.STOPPED, now, kinds=outbox.FOLLOWED)
            _note_idle(db, subscriber, now)
        return int(cursor.rowcount)

    def _find(self, db: sqlite_utils.Database, subscriber: int, target: Target) -> Subscription | None:
        rows = db.query(
            "SELECT * FROM subscriptions WHERE subscriber = ? AND target_kind = ? AND target = ?",
            [subscriber, target.kind, target.name],
        )
        return next((_subscription(row) for row in rows), None)

    def _set(self, subscriber: int, subscription: int, column: str, value: str | int, now: datetime) -> None:
        with self._database.write() as db:
            cursor = db.execute(
                f"UPDATE subscriptions SET {column} = ?, settled_at = ? WHERE id = ? AND subscriber = ?",  # noqa: S608
                [value, text_of(now), subscription, subscriber],
            )
        if not cursor.rowcount:
            raise UnknownSubscriptionError(subscription)


def _note_idle(db: sqlite_utils.Database, subscriber: int, now: datetime) -> None:
    """Date the moment from which nothing is followed: the chat is forgotten some weeks on."""
    db.execute(
        "UPDATE subscribers SET idle_since = ? WHERE id = ?"
        " AND NOT EXISTS (SELECT 1 FROM subscriptions WHERE subscriber = ?)",
        [text_of(now), subscriber, subscriber],
    )


def _subscription(row: dict[str, Any]) -> Subscription:
    return Subscription(
        id=row["id"],
        subscriber=row["subscriber"],
        target=Target(kind=TargetKind(row["target_kind"]), name=row["target"]),
        frequency=Frequency(row["frequency"]),
        condition=Condition(row["condition"]),
        state_monthly=bool(row["state_monthly"]),
        created_at=datetime.fromisoformat(row["created_at"]),
        consent_version=row["consent_version"],
    )
