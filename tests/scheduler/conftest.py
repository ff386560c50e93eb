"""Bases with this room's tables."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from knowledge.database import Database
from scheduler.migrations import steps
from tests.conftest import bring_key
from tests.knowledge.conftest import few_samples, filled
from tests.scheduler.deliveries import World

__all__ = ["few_samples", "filled"]


@pytest.fixture
def told_base(filled: Path, tmp_path: Path) -> Iterator[Database]:
    """A filled base with this room's tables, to write to."""
    path = tmp_path / "told" / "bot.db"
    path.parent.mkdir()
    path.write_bytes(filled.read_bytes())
    bring_key(filled, path)
    database = Database(path)
    database.migrate(steps)
    yield database
    database.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Deliveries with no subscriber yet."""
    with ThreadPoolExecutor(1) as writer:
        yield World(tmp_path / "bot.db", writer)
