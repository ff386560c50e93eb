"""What people should hear, worked out the slow and plain way: a queue of untold changes for each subscription.

Shares with the program only its records and words for things; no cursor, no SQL, no memory of what was worked out.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from scheduler.facts import Condition, Frequency

PARIS = ZoneInfo("Europe/Paris")
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


@dataclass
class Event:
    """A change: ``old`` and ``new`` are any comparable values."""

    id: int
    commitment: str
    subject: str
    kind: str
    old: object
    new: object
    at: datetime
    undoes: int | None = None


@dataclass
class Following:
    """A subscription and what it has not heard yet."""

    number: int
    reached: frozenset[str]
    frequency: Frequency
    condition: Condition
    state: bool
    began_after: int
    settled: datetime
    queue: list[Event] = field(default_factory=list)


@dataclass
class Person:
    """One person."""

    number: int
    hour: time
    quiet: str
    paused_until: datetime | None = None
    follows: dict[int, Following] = field(default_factory=dict)


# What is told: commitment -> subject -> (old, new, whether it is a correction); the reasons; the states.
Told = tuple[dict[str, dict[str, tuple[object, object, bool]]], dict[str, frozenset[int]], tuple[str, ...]]


class Naive:
    """The model; ``tick`` returns what each person hears, by the key of the message."""

    def __init__(self, order: list[str]) -> None:
        self.order = order
        self.people: dict[int, Person] = {}
        self.events: list[Event] = []
        self.chains: dict[tuple[str, str], list[Event]] = {}
        self.ran: set[tuple[Frequency, time, str, date]] = set()
        self.heard: set[str] = set()

    def record(self, event: Event) -> None:
        self.events.append(event)
        self.chains.setdefault((event.commitment, event.subject), []).append(event)
        for person in self.people.values():
            for following in person.follows.values():
                if event.commitment in following.reached:
                    following.queue.append(event)

    def stack(self, commitment: str, subject: str, before: int) -> list[Event]:
        """The changes of a subject that stand, of those numbered below a number."""
        stack: list[Event] = []
        for event in self.chains.get((commitment, subject), []):
            if event.id < before:
                if event.undoes is None:
                    stack.append(event)
                else:
                    assert stack.pop().id == event.undoes
        return stack

    def tick(self, now: datetime) -> dict[str, Told]:
        said: dict[str, Told] = {}
        newest = self.events[-1].id if self.events else 0
        for person in self.people.values():
            due = [f for f in person.follows.values() if f.frequency is Frequency.IMMEDIATE]
            if not self._paused(person, now) and not is_quiet(now, person.quiet) and any(f.queue for f in due):
                self._say(said, f"change:{person.number}:{newest}", person, due, newest)
        schedules = {
            (f.frequency, person.hour, person.quiet)
            for person in self.people.values()
            for f in person.follows.values()
            if f.frequency is not Frequency.IMMEDIATE
        }
        order = [Frequency.DAY, Frequency.WEEK, Frequency.MONTH]
        moments = [
            (*last_moment(frequency, hour, quiet, now), frequency, hour, quiet) for frequency, hour, quiet in schedules
        ]
        for day, moment, frequency, hour, quiet in sorted(moments, key=lambda m: (m[1], order.index(m[2]))):
            if (frequency, hour, quiet, day) in self.ran:
                continue
            self.ran.add((frequency, hour, quiet, day))
            upto = next((e.id for e in reversed(self.events) if e.at < moment), 0)
            for person in self.people.values():
                key = f"digest:{person.number}:{frequency}:{day}"
                if (person.hour, person.quiet) != (hour, quiet) or key in self.heard or self._paused(person, now):
                    continue
                due = [f for f in person.follows.values() if f.frequency is frequency and f.settled <= moment]
                self._say(said, key, person, due, upto)
        self.heard |= said.keys()
        return said

    def _paused(self, person: Person, now: datetime) -> bool:
        return person.paused_until is not None and person.paused_until > now

    def _say(self, said: dict[str, Told], key: str, person: Person, due: list[Following], upto: int) -> None:
        lines: dict[str, dict[str, tuple[object, object, bool]]] = {}
        reasons: dict[str, frozenset[int]] = {}
        for commitment in self.order:
            if any(commitment in f.reached for f in due):
                nets, why = self._line(person, due, commitment, upto)
                if nets:
                    lines[commitment], reasons[commitment] = nets, why
        wished = {c for f in due if f.state and f.frequency is Frequency.MONTH for c in f.reached}
        if lines or wished:
            said[key] = lines, reasons, tuple(c for c in self.order if c in wished)
        for following in person.follows.values():
            following.queue = [
                e for e in following.queue if e.id > upto or (following not in due and e.commitment not in lines)
            ]

    def _line(
        self, person: Person, due: list[Following], commitment: str, upto: int
    ) -> tuple[dict[str, tuple[object, object, bool]], frozenset[int]]:
        covering = [f for f in person.follows.values() if commitment in f.reached]
        own: dict[str, tuple[Event, Event]] = {}
        for following in due:
            for subject, ends in self._chains(following.queue, commitment, upto).items():
                if self._wants(following, ends):
                    own.setdefault(subject, ends)
        if not own:
            return {}, frozenset()
        everything = sorted({e.id: e for f in covering for e in f.queue}.values(), key=lambda e: e.id)
        wide = {
            subject: ends
            for subject, ends in self._chains(everything, commitment, upto).items()
            if any(self._wants(f, ends) for f in covering)
        }
        told = own | wide
        why = [f for f in covering if any(self._wants(f, ends) for ends in told.values())]
        nets = {
            subject: (
                ends[0].old,
                ends[1].new,
                any(self._withdrawn(ends) > f.began_after for f in why),
            )
            for subject, ends in told.items()
        }
        return nets, frozenset(f.number for f in why)

    def _chains(self, queue: list[Event], commitment: str, upto: int) -> dict[str, tuple[Event, Event]]:
        """The first and the last change of each subject, where they do not come to nothing."""
        ends: dict[str, tuple[Event, Event]] = {}
        for event in queue:
            if event.commitment == commitment and event.id <= upto:
                ends[event.subject] = ends.get(event.subject, (event, event))[0], event
        return {subject: (first, last) for subject, (first, last) in ends.items() if first.old != last.new}

    def _withdrawn(self, ends: tuple[Event, Event]) -> int:
        """The newest change taken back, when all that happened is that standing changes were taken back; else 0.

        A page named for what stays is told to nobody, so that nothing of it is taken back.
        """
        first, last = ends
        before = [e.id for e in self.stack(first.commitment, first.subject, first.id) if e.old != e.new]
        after = [e.id for e in self.stack(first.commitment, first.subject, last.id + 1) if e.old != e.new]
        return before[-1] if len(after) < len(before) and before[: len(after)] == after else 0

    def _wants(self, following: Following, ends: tuple[Event, Event]) -> bool:
        first, last = ends
        if wants(following.condition, last.kind, first.old, last.new):
            return True
        taken_back = self._withdrawn(ends) > following.began_after
        return taken_back and wants(following.condition, last.kind, last.new, first.old)


def wants(condition: Condition, kind: str, old: object, new: object) -> bool:
    """Whether a change is of the kind wished."""
    if condition is Condition.ANY:
        return True
    if condition is Condition.DONE:
        return kind == "status" and new == "realise"
    return kind == "overdue" or (kind == "due" and slipped(old, new))


def slipped(old: object, new: object) -> bool:
    """Whether due dates, as (label, from, to), come later."""
    assert isinstance(old, tuple) and isinstance(new, tuple)
    before, after = [last_day(d[2]) for d in old if d[2]], [last_day(d[2]) for d in new if d[2]]
    return bool(before) and (not after or max(after) > max(before))


def last_day(ends: str) -> date:
    """The last day of ``2023``, ``2023-06`` or ``2023-06-30``."""
    year, month, day = (int(part) if part else None for part in (*ends.split("-"), "", "")[:3])
    assert year is not None
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def is_quiet(moment: datetime, quiet: str) -> bool:
    """Whether a moment is within quiet hours or days, by the clock on the wall."""
    local = moment.astimezone(PARIS)
    for word in quiet.split(","):
        if word in DAYS and DAYS[local.weekday()] == word:
            return True
        if "-" in word:
            start, stop = (time.fromisoformat(part) for part in word.split("-"))
            clock = local.time()
            if (start <= clock < stop) if start < stop else (clock >= start or clock < stop):
                return True
    return False


def last_moment(frequency: Frequency, hour: time, quiet: str, now: datetime) -> tuple[date, datetime]:
    """The last day whose digest was due by now, and when."""
    day = now.astimezone(PARIS).date()
    while True:
        fits = {
            Frequency.DAY: True,
            Frequency.WEEK: day.strftime("%A") == "Tuesday",
            Frequency.MONTH: day.day == 1,
        }[frequency]
        if fits and (moment := _moment(day, hour, quiet)) <= now:
            return day, moment
        day -= timedelta(days=1)


@cache
def _moment(day: date, hour: time, quiet: str) -> datetime:
    moment = datetime.combine(day, hour, PARIS).astimezone(UTC)
    while is_quiet(moment, quiet):
        moment += timedelta(minutes=1)
    return moment
