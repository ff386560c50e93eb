"""Whatever staff do in whatever order, a base put back in between included, the record says it and verifies."""

from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.history.verifying import verify
from tests.bot.operation.working_days import WorkingDays


@pytest.mark.parametrize("seed", range(2))
def test_the_record_holds_through_random_days(base: Database, tmp_path: Path, seed: int) -> None:
    days = WorkingDays(base, tmp_path, seed)
    for _ in range(40):
        act = days.act()
        assert verify(days.base).faults == [], act
    days.base.close()
