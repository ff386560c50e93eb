"""The program delivers, and ends as it should."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.localapi import FaultKind, LocalBotApi
from knowledge.service import Knowledge
from scheduler.outbox import State
from scheduler.stops import last_stop
from tests.conftest import KEPT_INDEX, NOW
from tests.soak.delivering import Soak


@pytest.fixture
async def api() -> AsyncIterator[LocalBotApi]:
    async with LocalBotApi() as server:
        yield server


@pytest.fixture
def trial(api: LocalBotApi, tmp_path: Path, knowledge: Knowledge) -> Soak:
    (tmp_path / "index").symlink_to(KEPT_INDEX)
    Knowledge.open(tmp_path / "bot.db", NOW, lambda line: None).close()
    return Soak(api=api, folder=tmp_path, rate=25, chance=random.Random(1))


async def _ended(process: asyncio.subprocess.Process, within: float = 10) -> int:
    async with asyncio.timeout(within):
        return await process.wait()


async def test_it_stops_in_the_middle_with_everything_recorded(api: LocalBotApi, trial: Soak) -> None:
    trial.fill(100)
    async with trial.program() as process:
        await trial.until(lambda: trial.outbox.counts()[State.SENT] >= 10, within=30)
        process.send_signal(signal.SIGTERM)
        assert await _ended(process) == 0
    states = trial.outbox.counts()
    assert states[State.SENT] + states[State.PENDING] == 100 and states[State.PENDING] > 0
    assert api.delivered().total() == states[State.SENT]


async def test_calls_without_an_answer_do_not_hold_it_up(api: LocalBotApi, trial: Soak) -> None:
    trial.fill(1)
    api.faults.next(FaultKind.SILENT)
    async with trial.program() as process:
        await api.world.bell.until(lambda: api.delivered() or None, within=30)
        process.send_signal(signal.SIGTERM)
        assert await _ended(process) == 0
    assert trial.outbox.counts()[State.UNCERTAIN] == 1


@pytest.mark.parametrize(
    ("kind", "code"), [(FaultKind.UNAUTHORIZED, 401), (FaultKind.NOT_FOUND, 404), (FaultKind.CONFLICT, 409)]
)
async def test_telegram_stops_it(api: LocalBotApi, trial: Soak, kind: FaultKind, code: int) -> None:
    trial.fill(40)
    api.faults.at_rates({kind: 1.0})
    async with trial.program() as process:
        assert await _ended(process, within=30) == 4
    log = (trial.folder / "log").read_text()
    assert next(line for line in log.splitlines() if "ERROR" in line).startswith(f"ERROR: stopped by Telegram ({code})")
    assert "Traceback" not in log
    assert trial.outbox.counts()[State.PENDING] == 40
    stop = last_stop(trial.database)
    assert stop is not None and stop.code == code


async def test_the_key_of_another_base_ends_it_with_one_line(trial: Soak) -> None:
    trial.fill(1)
    trial.key_file.write_text("00" * 32 + "\n")
    async with trial.program() as process:
        assert await _ended(process, within=30) == 1
    (line,) = [line for line in (trial.folder / "log").read_text().splitlines() if "ERROR" in line]
    assert line == "ERROR: the key file is not the one of this database; put the right one back"


def test_no_stop_is_known_before_the_first(trial: Soak) -> None:
    assert last_stop(trial.database) is None
