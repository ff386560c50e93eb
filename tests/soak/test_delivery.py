"""Nothing lost, nothing doubled, whatever happens to the program or to its calls."""

import random
from pathlib import Path

import pytest

from bot.localapi import FaultKind, LocalBotApi
from scheduler.outbox import State
from tests.soak.delivering import FIVE_PERCENT, Soak, Tally, check


async def _delivered(api: LocalBotApi, folder: Path, deliveries: int, kills: int) -> Tally:
    soak = Soak(api=api, folder=folder, rate=200, chance=random.Random(deliveries))
    soak.fill(deliveries)
    api.faults.at_rates(FIVE_PERCENT)
    return await soak.run(kills)


async def test_300_deliveries_with_three_kills(api: LocalBotApi, folder: Path) -> None:
    check(await _delivered(api, folder, 300, 3))


@pytest.mark.soak
async def test_5000_deliveries_with_thirty_kills(api: LocalBotApi, folder: Path) -> None:
    tally = await _delivered(api, folder, 5_000, 30)
    print(f"\n{tally}\nfaults: {dict(api.faults.counts)}")
    check(tally)


async def test_a_poisoned_run_is_held_and_blames_nobody(api: LocalBotApi, folder: Path) -> None:
    soak = Soak(api=api, folder=folder, rate=200, chance=random.Random(1))
    soak.fill(80)
    api.faults.at_rates({FaultKind.CANNOT_PARSE: 1.0})
    states = await soak.held()
    assert 3 <= states[State.FAILED] < 40
    assert states[State.FAILED] + states[State.PENDING] == 80
    assert [ref for ref, _, _ in soak.outbox.list_holds()] == ["run:1"]
    ended = soak.database.read().execute("SELECT count(*) FROM subscribers WHERE ended_at IS NOT NULL").fetchone()[0]
    assert ended == 0 and api.delivered().total() == 0
    assert "run:1 is held" in (folder / "log").read_text()
