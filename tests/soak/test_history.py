"""A long history: every change of a byte is found, and whatever staff do is replayed to what stands."""

import random

import pytest

from knowledge.database import Database
from tests.knowledge.conftest import base as base
from tests.knowledge.conftest import few_samples, filled
from tests.knowledge.histories import a_base, act_at_random, cells, changed, faults, live, open_to_all

__all__ = ["few_samples", "filled"]

pytestmark = pytest.mark.soak


def test_every_change_of_every_byte_is_found() -> None:
    small = a_base()
    for days in (1, 2):
        live(small, days)
    raw = open_to_all(small)
    for cell in list(cells(raw, "history", "history_head", "changes")):
        for place in range(cell.size):
            for mask in (1, 2, 4, 8, 16, 32, 64, 128, 255):
                with changed(raw, cell, cell.flipped(place, mask)) as was_done:
                    assert faults(small) or not was_done, (cell, place, mask)
    assert faults(small) == []


@pytest.mark.parametrize("seed", range(20))
def test_whatever_staff_do_is_replayed_to_what_stands(base: Database, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(10):
        act_at_random(base, chance, 100)
        assert faults(base) == []
