"""Speed of fan-out: 50 000 subscribers, each following something, one import of 102 changes, the digests enqueued.

Run it alone: ``python -m tests.bench.fanout``.
"""

import random
import resource
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from knowledge.database import Database
from knowledge.loading import prepare
from knowledge.models import Origin, Status
from knowledge.updating import set_status
from scheduler.facts import Condition, Frequency, TargetKind
from scheduler.migrations import steps
from scheduler.outbox import text_of
from scheduler.ticking import Ticking

PEOPLE = 50_000
# A Monday: weekly digests are due the next morning.
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
FLOOR_SECONDS = 5.0
FLOOR_MEGABYTES = 100.0
_MOST_FOLLOWED = 5


class Figures(NamedTuple):
    """What was measured: digests enqueued, seconds, growth of the program's memory in megabytes."""

    digests: int
    seconds: float
    megabytes: float


def measure(folder: Path, *, people: int = PEOPLE, everything: bool = False) -> Figures:
    """Fill a base, change every status as an import would, and run the digests that are due.

    Args:
        everything: Each follows all that can be followed, the most there is to say; else one to five things.
    """
    database = Database(folder / "bot.db")
    prepare(database, MONDAY)
    database.migrate(steps)
    _follow(database, people, everything)
    ticking = Ticking(database, ZoneInfo("Europe/Paris"))
    ticking.tick(MONDAY)
    with database.write() as db:
        for commitment, status in list(db.execute("SELECT id, status FROM commitments")):
            new = Status.EN_COURS if status == Status.REALISE else Status.REALISE
            set_status(db, commitment, new, MONDAY + timedelta(hours=1), source=Origin.IMPORT)
    with _Memory() as memory:
        started = time.perf_counter()
        digests = ticking.tick(MONDAY + timedelta(days=1)).digests
        seconds = time.perf_counter() - started
    figures = Figures(digests, seconds, memory.growth)
    database.close()
    return figures


def _follow(database: Database, people: int, everything: bool) -> None:
    chance = random.Random(102)
    ids = [row[0] for row in database.read().execute("SELECT id FROM commitments ORDER BY position")]
    stamp = text_of(MONDAY)
    with database.write() as db:
        db.conn.executemany(
            "INSERT INTO subscribers(id, chat_cipher, chat_index, kind, hour, quiet, created_at)"
            " VALUES (?, ?, ?, 'private', '09:00', '20:00-08:00,sunday', ?)",
            ((n, chance.randbytes(36), n.to_bytes(32, "big"), stamp) for n in range(1, people + 1)),
        )
        db.conn.executemany(
            "INSERT INTO subscriptions(subscriber, target_kind, target, frequency, condition, state_monthly,"
            f" started, upto, created_at, settled_at, consent_version)"
            f" VALUES (?, ?, ?, ?, ?, 0, 0, 0, '{stamp}', '{stamp}', '1')",
            (
                (n, kind, target, Frequency.WEEK, Condition.ANY)
                for n in range(1, people + 1)
                for kind, target in ([(TargetKind.ALL, "")] if everything else _wishes(chance, ids))
            ),
        )


def _wishes(chance: random.Random, ids: list[str]) -> Iterator[tuple[TargetKind, str]]:
    choices = [(TargetKind.COMMITMENT, key) for key in ids]
    choices += [(TargetKind.ORIENTATION, f"o{n}") for n in range(1, 6)] * 4
    choices += [(TargetKind.ALL, ""), (TargetKind.PRIORITY, ""), (TargetKind.WORDS, "arbres")] * 5
    return iter(set(chance.choices(choices, k=chance.randint(1, _MOST_FOLLOWED))))


class _Memory:
    """The most that the program's memory grows while something runs, looked at every few milliseconds."""

    growth = 0.0

    def __enter__(self) -> "_Memory":
        self._start, self._done = self._now(), threading.Event()
        self._watch = threading.Thread(target=self._look)
        self._watch.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._done.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._done.wait(0.01):
            self.growth = max(self.growth, self._now() - self._start)

    def _now(self) -> float:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() / 2**20


def main() -> bool:
    """Print the figures; False when a floor is not met."""
    kept = True
    for name, everything in (("one to five things each", False), ("everything each", True)):
        with tempfile.TemporaryDirectory() as folder:
            found = measure(Path(folder), everything=everything)
        good = found.seconds < FLOOR_SECONDS and found.megabytes < FLOOR_MEGABYTES and found.digests == PEOPLE
        kept &= good
        print(
            f"fan-out, {PEOPLE} subscribers, {name}, 102 changes: {found.digests} digests enqueued in"
            f" {found.seconds:.2f} s (floor {FLOOR_SECONDS:.0f} s), memory +{found.megabytes:.0f} MB"
            f" (floor {FLOOR_MEGABYTES:.0f} MB): {'ok' if good else 'NOT MET'}"
        )
    return kept


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)
