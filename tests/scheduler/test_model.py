"""The right people, once, in time: random edits, follows, pauses and undos against a naive model.

``make soak`` runs the long sister of this, ``tests/soak/model.py``.
"""

from datetime import timedelta

import pytest

from knowledge.database import Database
from tests.scheduler.worlds import END, START, Worlds

STEPS = 400


@pytest.mark.parametrize("seed", [1, 2])
def test_everyone_hears_of_every_net_change_once_and_in_time(told_base: Database, seed: int) -> None:
    worlds = Worlds(told_base, seed, people=8, pace=(END - START) / STEPS)
    for _ in range(STEPS):
        worlds.step()
    worlds.finish()
    assert worlds.tally.told > 100 and worlds.tally.corrections > 3 and worlds.tally.empty == 0


def test_a_busy_week_hour_by_hour(told_base: Database) -> None:
    worlds = Worlds(told_base, 4, people=8, pace=timedelta(minutes=20))
    for _ in range(STEPS):
        worlds.step()
    worlds.finish()
    assert worlds.tally.told > 30
