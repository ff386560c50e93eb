"""The real thing and the naive model side by side: the same edits, follows, pauses and undos; what each tells."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from knowledge import updating
from knowledge.changes import Change, list_changes, subject_of
from knowledge.database import Database
from knowledge.models import Deliberation, DueDate, Milestone, Origin, Status
from knowledge.store import load_catalogue
from scheduler.composing import Composing
from scheduler.errors import TooManySubscriptionsError
from scheduler.facts import ChangeFacts, Condition, DigestFacts, Frequency, Line, Target, TargetKind
from scheduler.ports import Part, SealedChat
from scheduler.retention import Retention
from scheduler.subscribers import ChatKind, Subscribers
from scheduler.subscriptions import Subscriptions
from scheduler.ticking import Ticking
from tests.scheduler.naive import PARIS, Event, Following, Naive, Person, Told, last_day

# Three years, and six changes of the clock.
START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
END = datetime(2029, 11, 23, 10, 0, tzinfo=UTC)
HOURS = [time(9), time(9), time(2, 30), time(18), time(0), time(13), time(23, 59)]
QUIETS = ["20:00-08:00,sunday", "20:00-08:00,sunday", "none", "12:00-14:00", "22:30-07:00,saturday,sunday"]
WORDS = ["biodiversité", "eau", "énergie"]


class PlainIdentities:
    """Chat ids as they are: what is tried here is not their secrecy."""

    def seal(self, chat_id: int) -> SealedChat:
        return SealedChat(cipher=b"%d" % chat_id, index=self.index(chat_id))

    def index(self, chat_id: int) -> bytes:
        return b"i%d" % chat_id

    def open(self, cipher: bytes) -> int:
        return int(cipher)


class Listener:
    """A composer that keeps the facts."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, DigestFacts | ChangeFacts]] = []

    def digest(self, facts: DigestFacts) -> tuple[Part, ...]:
        self.heard.append(("digest", facts))
        return (Part(text="digest"), Part(text="the rest"))

    def change(self, facts: ChangeFacts) -> tuple[Part, ...]:
        self.heard.append(("change", facts))
        return (Part(text="change"),)

    def correction(self, facts: ChangeFacts) -> tuple[Part, ...]:
        self.heard.append(("correction", facts))
        return (Part(text="correction"),)


@dataclass
class Tally:
    """How much was tried."""

    edits: int = 0
    told: int = 0
    corrections: int = 0
    empty: int = 0


class Worlds:
    """Do something at random, tick, compare; any difference is an AssertionError.

    Args:
        base: A filled base with this room's tables.
        people: How many persons.
        pace: The mean time between two acts.
    """

    def __init__(self, base: Database, seed: int, *, people: int, pace: timedelta) -> None:
        self.base = base
        # Nothing dies here: no need to wait for the disk.
        base.read().execute("PRAGMA synchronous=OFF")
        self.chance = random.Random(seed)
        self.pace = pace
        self.now = START
        self.tally = Tally()
        self.listener = Listener()
        self.ticking = Ticking(base, PARIS)
        self.composing = Composing(base, self.listener, PARIS)
        self.retention = Retention(base)
        self.subscribers = Subscribers(base, PlainIdentities(), QUIETS[0])
        self.subscriptions = Subscriptions(base)
        catalogue = load_catalogue(base)
        self.ids = [c.id for c in catalogue.commitments]
        self.model = Naive(self.ids)
        self.due = {c.id: _plain(c.due) for c in catalogue.commitments}
        self.status: dict[str, str | None] = {c.id: c.status for c in catalogue.commitments}
        self.looked = self.now.astimezone(PARIS).date()
        self.fields = ["status"] * 6 + ["due"] * 2 + ["deliberation", "milestone", "clear"]
        for chat in range(people):
            opened = self.subscribers.open(chat, ChatKind.PRIVATE, self.now)
            self.model.people[opened.id] = Person(opened.id, opened.hour, opened.quiet)
        self.ticking.tick(self.now)

    def step(self) -> None:
        """One act, then a tick on both sides."""
        acts: list[tuple[int, Callable[[], object]]] = [
            (34, self.edit),
            (10, self.take_back),
            (1, self.import_many),
            (20, self.follow),
            (8, self.stop),
            (6, self.change_frequency),
            (4, self.change_condition),
            (4, self.change_hours),
            (5, self.pause),
            (4, self.resume),
            (4, lambda: None),
        ]
        act = self.chance.choices([act for _, act in acts], [weight for weight, _ in acts])[0]
        act()
        self.tally.edits += 1
        self.tick()

    def tick(self) -> None:
        wait = self.chance.expovariate(1 / self.pace.total_seconds())
        if self.chance.random() < 0.002:
            wait += self.chance.uniform(0, 6 * 86_400)
        self.now += timedelta(seconds=round(wait))
        self._pass_due_dates()
        wanted = self.model.tick(self.now)
        self.ticking.tick(self.now)
        self.listener.heard.clear()
        while self.composing.compose(self.now):
            pass
        self._deliver()
        found = {self._key(facts): _told(facts, self.ids) for _, facts in self.listener.heard}
        assert len(found) == len(self.listener.heard)
        assert found == wanted, f"at {self.now}: {found} told, {wanted} due"
        self.tally.told += len(found)
        self.tally.corrections += sum(
            each[2] for told in found.values() for line in told[0].values() for each in line.values()
        )
        self.tally.empty += sum(not lines and not states for lines, _, states in found.values())

    def _deliver(self) -> None:
        """Everything leaves; now and then a night passes, of which nobody notices anything."""
        with self.base.write() as db:
            db.execute("UPDATE outbox SET state = 'sent' WHERE state = 'pending' AND body IS NOT NULL")
            db.execute("UPDATE subscribers SET idle_since = NULL")
        if self.chance.random() < 0.02:
            self.retention.purge(self.now)

    def finish(self) -> None:
        """What holds over the whole: nothing enqueued came to nothing, windows follow each other."""
        db = self.base.read()
        assert db.execute(
            "SELECT count(*) FROM outbox WHERE state = 'cancelled' AND error = 'nothing left'"
        ).fetchone() == (0,)
        ends: dict[tuple[str, str, str], str] = {}
        for frequency, hour, quiet, starts, until in db.execute(
            "SELECT frequency, hour, quiet, starts, ends FROM digest_runs ORDER BY ends"
        ):
            before = ends.get((frequency, hour, quiet))
            assert before is None or (starts == before and starts < until), (frequency, hour, quiet, starts, until)
            ends[frequency, hour, quiet] = until
        assert [_key_of(c) for c in list_changes(db)] == [(e.id, e.commitment, e.undoes) for e in self.model.events]

    def edit(self) -> None:
        self._edit(self.chance.choice(self.ids[:: self.chance.choice([1, 9])]), self.chance.choice(self.fields))

    def import_many(self) -> None:
        for commitment in self.chance.sample(self.ids, self.chance.randint(5, len(self.ids))):
            self._edit(commitment, "status")

    def _edit(self, commitment: str, what: str) -> None:
        source = self.chance.choice([Origin.STAFF, Origin.IMPORT])
        with self.base.write() as db:
            if what == "status":
                status = self.chance.choice(list(Status))
                number = updating.set_status(db, commitment, status, self.now, source=source)
                self._note(number, commitment, "status", "status", self.status[commitment], status)
                self.status[commitment] = status
            elif what == "clear":
                number = updating.clear_status(db, commitment, self.now, source=source)
                printed = db.execute("SELECT report_status FROM commitments WHERE id = ?", [commitment]).fetchone()[0]
                self._note(number, commitment, "status", "status", self.status[commitment], printed)
                self.status[commitment] = printed
            elif what == "due":
                due = self._some_due()
                number = updating.set_due(db, commitment, due, self.now, source=source)
                self._note(number, commitment, "due", "due", self.due[commitment], _plain(due))
                self.due[commitment] = _plain(due)
            elif what == "deliberation":
                day = self.now.date().isoformat()
                vote = Deliberation(date=day, label=self.chance.choice("ab"))
                number = updating.add_deliberation(db, commitment, vote, self.now, source=source)
                subject = f"deliberation:{day}:{vote.label}"
                self._note(number, commitment, subject, "deliberation", None, subject)
            else:
                day = self.now.date().isoformat()
                step = Milestone(date=day, kind="milestone", summary="Fait", source_url="https://x.example")
                number = updating.add_milestone(db, commitment, step, self.now, source=source)
                subject = f"milestone:{day}:Fait"
                self._note(number, commitment, subject, "milestone", None, subject)

    def _some_due(self) -> tuple[DueDate, ...]:
        day = (self.now + timedelta(days=self.chance.randint(-60, 400))).date().isoformat()
        ends = [day, day[:7], day[:4]][: self.chance.randint(1, 2)]
        return tuple(DueDate(label=f"fin {end}", starts=None, ends=end) for end in ends)

    def take_back(self) -> None:
        for event in reversed(self.model.events[-self.chance.randint(1, 40) :]):
            stack = self.model.stack(event.commitment, event.subject, event.id + 1)
            whole = self.model.stack(event.commitment, event.subject, len(self.model.events) + 1)
            if event.undoes is None and event.kind != "overdue" and whole and whole[-1] is event and stack:
                with self.base.write() as db:
                    number = updating.undo(db, event.id, self.now, source=Origin.STAFF)
                self._note(number, event.commitment, event.subject, event.kind, event.new, event.old, event.id)
                if event.kind == "status":
                    self.status[event.commitment] = event.old if isinstance(event.old, str) else None
                if event.kind == "due" and isinstance(event.old, tuple):
                    self.due[event.commitment] = event.old
                return

    def _note(
        self,
        number: int | None,
        commitment: str,
        subject: str,
        kind: str,
        old: object,
        new: object,
        undoes: int | None = None,
    ) -> None:
        """Both sides must agree on whether something changed, except that a vote may be there already."""
        known = (
            kind in ("deliberation", "milestone")
            and undoes is None
            and bool(self.model.stack(commitment, subject, len(self.model.events) + 1))
        )
        assert (number is None) == (known or old == new), (commitment, subject, old, new)
        if number is not None:
            event = Event(number, commitment, subject, kind, old, new, self.now.replace(microsecond=0), undoes)
            assert number == len(self.model.events) + 1
            self.model.record(event)

    def _pass_due_dates(self) -> None:
        today = self.now.astimezone(PARIS).date()
        if today == self.looked:
            return
        for commitment in self.ids:
            for label, _, ends in self.due[commitment]:
                passed = ends is not None and self.looked <= last_day(ends) < today
                subject = f"overdue:{ends}:{label}"
                open_still = self.status[commitment] in ("a_ouvrir", "en_cours")
                if passed and open_still and (commitment, subject) not in self.model.chains:
                    number = len(self.model.events) + 1
                    moment = self.now.replace(microsecond=0)
                    self.model.record(Event(number, commitment, subject, "overdue", None, subject, moment))
        self.looked = today

    def follow(self) -> None:
        person = self._someone()
        kind = self.chance.choice([*[TargetKind.COMMITMENT] * 5, *TargetKind])
        names = {
            TargetKind.COMMITMENT: self.ids[:: self.chance.choice([1, 9])],
            TargetKind.ORIENTATION: [f"o{n}" for n in range(1, 6)],
            TargetKind.WORDS: WORDS,
        }
        target = Target(kind=kind, name=self.chance.choice(names.get(kind, [""])))
        frequency, condition = (
            self.chance.choice(list(Frequency)),
            self.chance.choice([*[Condition.ANY] * 4, *Condition]),
        )
        state = self.chance.random() < 0.1
        try:
            followed = self.subscriptions.follow(
                person.number,
                target,
                self.now,
                consent_version="1",
                frequency=frequency,
                condition=condition,
                state_monthly=state,
            )
        except TooManySubscriptionsError:
            return
        number = followed.subscription.id
        assert followed.is_new == (number not in person.follows)
        if followed.is_new:
            reached = frozenset(self.subscriptions.reached(target))
            settled = self.now.replace(microsecond=0)
            new = Following(number, reached, frequency, condition, state, len(self.model.events), settled)
            person.follows[number] = new

    def stop(self) -> None:
        person = self._someone()
        if self.chance.random() < 0.2:
            assert self.subscriptions.end_all(person.number, self.now) == len(person.follows)
            person.follows.clear()
        elif person.follows:
            number = self.chance.choice(list(person.follows))
            self.subscriptions.end(person.number, number, self.now)
            del person.follows[number]

    def change_frequency(self) -> None:
        person = self._someone()
        if person.follows:
            following = self.chance.choice(list(person.follows.values()))
            following.frequency = self.chance.choice(list(Frequency))
            following.settled = self.now.replace(microsecond=0)
            self.subscriptions.set_frequency(person.number, following.number, following.frequency, self.now)

    def change_condition(self) -> None:
        person = self._someone()
        if person.follows:
            following = self.chance.choice(list(person.follows.values()))
            following.condition = self.chance.choice(list(Condition))
            following.settled = self.now.replace(microsecond=0)
            self.subscriptions.set_condition(person.number, following.number, following.condition, self.now)

    def change_hours(self) -> None:
        person = self._someone()
        if self.chance.random() < 0.5:
            person.hour = self.chance.choice(HOURS)
            self.subscribers.set_hour(person.number, person.hour, self.now)
        else:
            person.quiet = self.chance.choice(QUIETS)
            self.subscribers.set_quiet(person.number, person.quiet, self.now)
        for following in person.follows.values():
            following.settled = self.now.replace(microsecond=0)

    def pause(self) -> None:
        person = self._someone()
        person.paused_until = self.now.replace(microsecond=0) + timedelta(days=self.chance.randint(0, 60))
        self.subscribers.pause(person.number, person.paused_until)

    def resume(self) -> None:
        person = self._someone()
        person.paused_until = None
        self.subscribers.resume(person.number)

    def _someone(self) -> Person:
        return self.chance.choice(list(self.model.people.values()))

    def _key(self, facts: DigestFacts | ChangeFacts) -> str:
        if isinstance(facts, DigestFacts):
            return f"digest:{facts.subscriber}:{facts.frequency}:{facts.local_date}"
        newest = self.base.read().execute("SELECT max(id) FROM changes").fetchone()[0]
        return f"change:{facts.subscriber}:{newest}"


def _told(facts: DigestFacts | ChangeFacts, order: list[str]) -> Told:
    lines = sorted(facts.lines, key=lambda line: order.index(line.commitment))
    return (
        {line.commitment: _line(line) for line in lines},
        {line.commitment: frozenset(reason.subscription for reason in line.reasons) for line in lines},
        facts.states if isinstance(facts, DigestFacts) else (),
    )


def _line(line: Line) -> dict[str, tuple[object, object, bool]]:
    found: dict[str, tuple[object, object, bool]] = {}
    for net in line.changes:
        subject = subject_of(net.field, net.new if net.new is not None else net.old)
        found[subject] = _comparable(subject, net.old), _comparable(subject, net.new), net.correction
    return found


def _comparable(subject: str, value: object) -> object:
    if value is None or isinstance(value, Status):
        return value
    return _plain(value) if isinstance(value, tuple) else subject


def _plain(due: tuple[DueDate, ...]) -> tuple[tuple[str, str | None, str | None], ...]:
    return tuple((d.label, d.starts, d.ends) for d in due)


def _key_of(change: Change) -> tuple[int, str, int | None]:
    return change.id, change.commitment, change.undoes
