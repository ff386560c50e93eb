"""Many random weeks of staff: the record holds."""

from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.history.verifying import verify
from tests.bot.conftest import base as base
from tests.bot.operation.working_days import WorkingDays

pytestmark = pytest.mark.soak


@pytest.mark.parametrize("seed", range(30))
def test_the_record_holds_through_random_days(base: Database, tmp_path: Path, seed: int) -> None:
    days = WorkingDays(base, tmp_path, seed)
    for _ in range(80):
        act = days.act()
        assert verify(days.base).faults == [], act
    days.base.close()
