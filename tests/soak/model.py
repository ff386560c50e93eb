"""The long model-based test: 200 000 random acts over three simulated years against the naive model.

Edits, imports, undos, follows, stops, pauses, frequencies, conditions, hours: 0 differences, 0 empty digests. Its short
sister is ``tests/scheduler/test_model.py``. Run it alone: ``python -m tests.soak.model [ACTS]``.
"""

import sys
import tempfile
import time
from pathlib import Path

from knowledge.database import Database
from knowledge.loading import prepare
from scheduler.migrations import steps
from tests.scheduler.worlds import END, START, Worlds

ACTS = 200_000
SEED = 102
PEOPLE = 20


def main(acts: int = ACTS) -> bool:
    """Run it and print the figures; a difference is an AssertionError with the moment and both sides."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        base = Database(Path(folder) / "bot.db")
        prepare(base, START)
        base.migrate(steps)
        worlds = Worlds(base, SEED, people=PEOPLE, pace=(END - START) / acts)
        for done in range(1, acts + 1):
            worlds.step()
            if done % 10_000 == 0:
                print(f"model: {done} acts, {worlds.now:%Y-%m-%d}, {worlds.tally.told} messages", file=sys.stderr)
        worlds.finish()
        base.close()
    tally = worlds.tally
    print(
        f"model: {acts} random acts to {worlds.now:%Y-%m-%d}, {len(worlds.model.events)} changes, {tally.told} messages"
        f" ({tally.corrections} corrections): 0 differences, {tally.empty} empty digests,"
        f" {time.perf_counter() - started:.0f} s"
    )
    return tally.empty == 0


if __name__ == "__main__":
    raise SystemExit(0 if main(*(int(argument) for argument in sys.argv[1:])) else 1)
