"""The real knowledge base, in a temporary file; its index is learned once a checkout and kept between runs."""

import fcntl
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest

from knowledge.catalogue import Catalogue
from knowledge.service import Knowledge

KEPT_INDEX = Path(__file__).parents[1] / "var" / "index"
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def bring_key(base: Path, copy: Path) -> None:
    """Put the key of a base beside a copy of it."""
    copytree(base.parent / "keys", copy.parent / "keys")


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("base")
    KEPT_INDEX.mkdir(parents=True, exist_ok=True)
    (folder / "index").symlink_to(KEPT_INDEX)
    return folder / "bot.db"


@pytest.fixture(scope="session")
def knowledge(database: Path) -> Iterator[Knowledge]:
    # Workers that learn side by side learn almost the same, not quite: one learns, the others read.
    with (KEPT_INDEX.parent / "learning.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        opened = Knowledge.open(database, NOW, lambda line: None)
    yield opened
    opened.close()


@pytest.fixture(scope="session", autouse=True)
def index_of_all_workers(request: pytest.FixtureRequest) -> None:
    """Learned before any worker's first test, some of which start programs that would learn it themselves."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        request.getfixturevalue("knowledge")


@pytest.fixture(scope="session")
def catalogue(knowledge: Knowledge) -> Catalogue:
    return knowledge.catalogue
