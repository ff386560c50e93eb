"""One scheduler on one base, with a clock in hand: follow, change, tick, and see who hears what."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from knowledge import undoing, updating
from knowledge.database import Database
from knowledge.models import Origin, Status
from scheduler.composing import Composing
from scheduler.facts import ChangeFacts, Condition, DigestFacts, Frequency, Target, TargetKind
from scheduler.outbox import Outbox
from scheduler.retention import Retention
from scheduler.subscribers import ChatKind, Subscriber, Subscribers
from scheduler.subscriptions import Subscription, Subscriptions
from scheduler.ticking import Ticking
from tests.scheduler.naive import PARIS
from tests.scheduler.standins import Listener, PlainIdentities

# A Monday, 11:00 in Nantes: the weekly digest is due the next day at 09:00.
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
ALL = Target(kind=TargetKind.ALL)


def commitment(name: str) -> Target:
    return Target(kind=TargetKind.COMMITMENT, name=name)


@dataclass
class Town:
    """Everything of the room, and what was composed at the last ``tick``."""

    base: Database
    now: datetime = MONDAY

    def __post_init__(self) -> None:
        self.listener = Listener()
        self.subscribers = Subscribers(self.base, PlainIdentities(), "20:00-08:00,sunday")
        self.subscriptions = Subscriptions(self.base)
        self.outbox = Outbox(self.base, PARIS)
        self.retention = Retention(self.base)
        self.ticking = Ticking(self.base, PARIS)
        self.composing = Composing(self.base, self.listener, PARIS)
        self.ticking.tick(self.now)

    def person(self, chat: int = 1, *, hour: time | None = None, quiet: str | None = None) -> Subscriber:
        opened = self.subscribers.open(chat, ChatKind.PRIVATE, self.now)
        if hour is not None:
            self.subscribers.set_hour(opened.id, hour, self.now)
        if quiet is not None:
            self.subscribers.set_quiet(opened.id, quiet, self.now)
        return opened

    def follow(
        self,
        person: Subscriber,
        target: Target,
        frequency: Frequency = Frequency.WEEK,
        condition: Condition = Condition.ANY,
        *,
        state: bool = False,
    ) -> Subscription:
        return self.subscriptions.follow(
            person.id,
            target,
            self.now,
            consent_version="1",
            frequency=frequency,
            condition=condition,
            state_monthly=state,
        ).subscription

    def set(self, name: str, status: Status) -> int:
        with self.base.write() as db:
            number = updating.set_status(db, name, status, self.now, source=Origin.STAFF)
        assert number is not None
        return number

    def undo(self, number: int) -> None:
        with self.base.write() as db:
            undoing.undo(db, number, self.now, source=Origin.STAFF)

    def tick(self, **later: float) -> list[DigestFacts | ChangeFacts]:
        """Let time pass, tick, compose; what is told now."""
        self.now += timedelta(**later)
        self.ticking.tick(self.now)
        return self.compose()

    def compose(self) -> list[DigestFacts | ChangeFacts]:
        self.listener.heard.clear()
        while self.composing.compose(self.now):
            pass
        return [facts for _, facts in self.listener.heard]


def statuses(facts: DigestFacts | ChangeFacts) -> dict[str, tuple[object, object]]:
    """The commitments with their old and new values."""
    return {line.commitment: (line.changes[0].old, line.changes[0].new) for line in facts.lines}
