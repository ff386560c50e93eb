"""The real thing and the naive model side by side: the same edits, follows, pauses and undos; what each tells."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from knowledge.changes import Change, list_changes, subject_of
from knowledge.database import Database
from knowledge.models import Status
from scheduler.composing import Composing
from scheduler.facts import ChangeFacts, DigestFacts, Line
from scheduler.retention import Retention
from scheduler.ticking import Ticking
from tests.scheduler.acts.residents import Residents
from tests.scheduler.acts.staff import Staff
from tests.scheduler.acts.stage import Stage, plain
from tests.scheduler.naive import PARIS, Told
from tests.scheduler.standins import Listener

# Three years, and six changes of the clock.
START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
END = datetime(2029, 11, 23, 10, 0, tzinfo=UTC)


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
        self.stage = Stage(base, self.chance, START)
        self.model, self.ids = self.stage.model, self.stage.ids
        self.tally = Tally()
        self.listener = Listener()
        self.ticking = Ticking(base, PARIS)
        self.composing = Composing(base, self.listener, PARIS)
        self.retention = Retention(base)
        self.staff, self.residents = Staff(self.stage), Residents(self.stage, people)
        self.ticking.tick(self.now)

    @property
    def now(self) -> datetime:
        return self.stage.now

    def step(self) -> None:
        """One act, then a tick on both sides."""
        acts: list[tuple[int, Callable[[], object]]] = [
            (34, self.staff.edit),
            (10, self.staff.take_back),
            (1, self.staff.import_many),
            (20, self.residents.follow),
            (8, self.residents.stop),
            (6, self.residents.change_frequency),
            (4, self.residents.change_condition),
            (4, self.residents.change_hours),
            (5, self.residents.pause),
            (4, self.residents.resume),
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
        self.stage.now += timedelta(seconds=round(wait))
        self.staff.pass_due_dates()
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
    return plain(value) if isinstance(value, tuple) else subject


def _key_of(change: Change) -> tuple[int, str, int | None]:
    return change.id, change.commitment, change.undoes
