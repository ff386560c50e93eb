"""Exactly once, whatever happens; and a mistake called back from whoever got it."""

import random
from pathlib import Path

import pytest

from bot.localapi import LocalBotApi
from knowledge.service import Knowledge
from tests.soak.announcing import broadcast
from tests.soak.broadcasts import Corrected, Sent, check, check_corrected
from tests.soak.delivering import FIVE_PERCENT, Soak


async def _tried(
    api: LocalBotApi, folder: Path, knowledge: Knowledge, audience: int, kills: int, rate: int
) -> tuple[Sent, Corrected]:
    soak = Soak(api=api, folder=folder, rate=rate, chance=random.Random(audience))
    api.faults.at_rates(FIVE_PERCENT)
    return await broadcast(soak, knowledge, audience, kills)


async def test_300_recipients_with_two_kills_and_the_correction(
    api: LocalBotApi, folder: Path, knowledge: Knowledge
) -> None:
    sent, corrected = await _tried(api, folder, knowledge, 300, 2, 100)
    check(sent)
    check_corrected(sent, corrected)


@pytest.mark.soak
async def test_5000_recipients_with_ten_kills_and_the_correction(
    api: LocalBotApi, folder: Path, knowledge: Knowledge
) -> None:
    sent, corrected = await _tried(api, folder, knowledge, 5_000, 10, 100)
    print(f"\n{sent}\n{corrected}\nfaults: {dict(api.faults.counts)}")
    check(sent)
    check_corrected(sent, corrected)
