"""The weekly note to staff: what was asked, what was told, how many follow; on Mondays at 08:30, once a member.

A note stands for the local days since the one before it; one that was missed is caught up, and never sent twice.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlite_utils

from knowledge.authors import Role
from knowledge.database import Database
from knowledge.misses import Asked, asked_between
from knowledge.questions.kept import grouped
from scheduler.calendar import moment
from scheduler.counters import find_mark, mark
from scheduler.facts import Target, TargetKind
from scheduler.outbox import Kind, State, enqueue, text_of
from scheduler.ports import Part
from scheduler.staff_chats import addressees
from scheduler.targets import Reach

CLOCK = time(8, 30)
_MARK = "weekly_note"
_DAYS = timedelta(days=7)
_MOST_GROUPS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFacts:
    """What the note says; whoever words it hides small counts.

    Attributes:
        first, last: The local days it stands for, both included.
        groups: The most asked of the kept questions: their number of questions, and one wording.
        followers: Subscribers by orientation, each counted once in each.
        subscribers: All that follow something.
        deliveries: Of the days, by state.
        enquiries: Questions sent to staff, answered, left without an answer in time.
        held: What deliveries are held back now.
    """

    first: date
    last: date
    asked: Asked
    groups: tuple[tuple[int, str], ...]
    followers: dict[str, int]
    subscribers: int
    deliveries: Counter[State]
    enquiries: Counter[str]
    held: int


Words = Callable[[WeekFacts], tuple[Part, ...]]


class WeeklyNote:
    """Finds whether a note is due, and enqueues it.

    Args:
        words: Facts into messages.
    """

    def __init__(self, database: Database, timezone: ZoneInfo, words: Words) -> None:
        self._database = database
        self._timezone = timezone
        self._words = words

    def tick(self, now: datetime) -> int:
        """Enqueue the note when it is due; returns for how many members."""
        monday = due_monday(now, self._timezone)
        before = find_mark(self._database.read(), _MARK)
        if before == monday.isoformat():
            return 0
        # At the first tick of all there is no week to tell yet.
        facts = week_facts(self._database.read(), _first(before, monday), monday, self._timezone) if before else None
        parts = self._words(facts) if facts else ()
        with self._database.write() as db:
            if find_mark(db, _MARK) != before:
                return 0
            mark(db, _MARK, monday.isoformat())
            return self._enqueue(db, monday, parts, now) if parts else 0

    def _enqueue(self, db: sqlite_utils.Database, monday: date, parts: tuple[Part, ...], now: datetime) -> int:
        members = addressees(db, Role.READER, now)
        ref = f"weekly:{monday.isoformat()}"
        for member in members:
            for number, part in enumerate(parts, start=1):
                key = f"{ref}:{member}:{number}"
                enqueue(db, key=key, subscriber=member, kind=Kind.NOTICE, ref=ref, part=part, now=now)
        return len(members)


def due_monday(now: datetime, timezone: ZoneInfo) -> date:
    """The Monday of the last note due by now."""
    today = now.astimezone(timezone).date()
    monday = today - timedelta(days=today.weekday())
    return monday if moment(monday, CLOCK, timezone) <= now else monday - _DAYS


def skip(db: sqlite_utils.Database, now: datetime, timezone: ZoneInfo) -> None:
    """Take the note of this week as sent, inside the caller's transaction: a base that is lost may have sent it."""
    mark(db, _MARK, due_monday(now, timezone).isoformat())


def week_facts(db: sqlite_utils.Database, first: date, monday: date, timezone: ZoneInfo) -> WeekFacts:
    """The facts of the days from the first up to the one before the Monday."""
    last = monday - timedelta(days=1)
    starts, ends = (text_of(moment(day, time(0), timezone)) for day in (first, monday))
    names = {f"enquiries_{name}": name for name in ("sent", "answered", "unanswered")}
    counted = db.execute(_COUNTED, [first.isoformat(), last.isoformat()])
    return WeekFacts(
        first=first,
        last=last,
        asked=asked_between(db, first, last),
        groups=tuple((group.count, group.texts[0]) for group in grouped(db)[:_MOST_GROUPS]),
        followers=_followers(db),
        subscribers=int(db.execute(_SUBSCRIBERS).fetchone()[0]),
        deliveries=Counter({State(state): number for state, number in db.execute(_DELIVERIES, [starts, ends])}),
        enquiries=Counter({names[name]: number for name, number in counted if name in names}),
        held=int(db.execute("SELECT count(*) FROM holds").fetchone()[0]),
    )


def _first(before: str | None, monday: date) -> date:
    """The first day that no note stands for yet; a clock that ran ahead must not turn the days round."""
    told = date.fromisoformat(before) if before else monday
    return told if told < monday else monday - _DAYS


def _followers(db: sqlite_utils.Database) -> dict[str, int]:
    reach = Reach(db)
    followers: dict[str, set[int]] = {name: set() for name in sorted(set(reach.orientation.values()))}
    reached: dict[tuple[str, str], set[str]] = {}
    for subscriber, kind, name in list(db.execute(_FOLLOWED)):
        if (kind, name) not in reached:
            its = reach.of(Target(kind=TargetKind(kind), name=name))
            reached[kind, name] = {reach.orientation[each] for each in its}
        for orientation in reached[kind, name]:
            followers[orientation].add(subscriber)
    return {name: len(each) for name, each in followers.items()}


_FOLLOWED = """
SELECT x.subscriber, x.target_kind, x.target FROM subscriptions x JOIN subscribers s ON s.id = x.subscriber
WHERE s.ended_at IS NULL
"""
_SUBSCRIBERS = """
SELECT count(*) FROM subscribers s
WHERE s.ended_at IS NULL AND EXISTS (SELECT 1 FROM subscriptions x WHERE x.subscriber = s.id)
"""
_DELIVERIES = "SELECT state, count(*) FROM outbox WHERE updated_at >= ? AND updated_at < ? GROUP BY state"
_COUNTED = "SELECT name, sum(count) FROM counters WHERE day BETWEEN ? AND ? GROUP BY name"
