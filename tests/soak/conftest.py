"""A local Bot API server, and a folder that is ready for a first start."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.localapi import LocalBotApi
from knowledge.service import Knowledge
from tests.conftest import KEPT_INDEX, NOW


@pytest.fixture
async def api() -> AsyncIterator[LocalBotApi]:
    async with LocalBotApi() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path, knowledge: Knowledge) -> Path:
    """Where the base is filled and its index learned before the first start."""
    (tmp_path / "index").symlink_to(KEPT_INDEX)
    Knowledge.open(tmp_path / "bot.db", NOW, lambda line: None).close()
    return tmp_path
