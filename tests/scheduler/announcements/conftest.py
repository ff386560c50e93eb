"""An office on a filled base."""

import pytest

from knowledge.database import Database
from tests.scheduler.announcements.office import Office


@pytest.fixture
def office(told_base: Database) -> Office:
    return Office(told_base)
