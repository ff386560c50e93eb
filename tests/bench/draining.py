"""Rate of delivery under Telegram's limits, and how quick replies stay meanwhile.

The program serves a local server that refuses more than one message a second in a chat and 30 a second in all.
Run it alone: ``python -m tests.bench.draining``; it takes about a minute and a half.
"""

import asyncio
import os
import random
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from bot.localapi import LocalBotApi, Person
from knowledge.service import Knowledge
from scheduler.outbox import State
from tests.conftest import KEPT_INDEX
from tests.soak.delivering import Soak

DELIVERIES = 2_000
RATE = 25  # the default of BOT_BULK_RATE
FLOOR_SHARE = 0.96
FLOOR_REPLY = 0.3  # seconds
_ASKERS = 20
_PAUSE = 0.5  # seconds between two questions, so that all messages together stay under 30 a second
_QUESTIONS = (
    "Où en est le plan Pleine terre ?",
    "merci",
    "que faites-vous pour le vélo ?",
    "combien d'engagements sont réalisés ?",
    "/orientations",
)


class Figures(NamedTuple):
    """What was measured.

    Attributes:
        share: Messages a second over ``BOT_BULK_RATE``.
        refused: Messages that the server refused with 429.
        replies: Questions asked while the messages left.
        p50: Seconds from a question to the first message of its answer.
    """

    sent: int
    share: float
    refused: int
    replies: int
    p50: float
    p95: float


def measure(folder: Path, *, deliveries: int = DELIVERIES, rate: int = RATE) -> Figures:
    """Deliver to as many people as there are messages, less a quarter, while others ask questions."""
    KEPT_INDEX.mkdir(parents=True, exist_ok=True)
    (folder / "index").symlink_to(KEPT_INDEX)
    Knowledge.open(folder / "bot.db", datetime.now(UTC), lambda line: None).close()
    return asyncio.run(_measure(folder, deliveries, rate))


async def _measure(folder: Path, deliveries: int, rate: int) -> Figures:
    async with LocalBotApi() as api:
        limits = api.enforce_limits()
        soak = Soak(api=api, folder=folder, rate=rate, chance=random.Random(1))
        soak.fill(deliveries)
        waits: list[float] = []
        seconds = await soak.drained(_asking([api.person() for _ in range(_ASKERS)], waits))
        sent = soak.outbox.counts()[State.SENT]
    ordered = sorted(waits)
    return Figures(
        sent=sent,
        share=sent / seconds / rate,
        refused=limits.refused,
        replies=len(ordered),
        p50=ordered[len(ordered) // 2],
        p95=ordered[len(ordered) * 95 // 100],
    )


def _asking(people: list[Person], waits: list[float]) -> Callable[[], Awaitable[None]]:
    """Questions at a steady pace, each by somebody else, timed."""

    async def ask() -> None:
        number = 0
        while True:
            person, question = people[number % len(people)], _QUESTIONS[number % len(_QUESTIONS)]
            begun = time.perf_counter()
            await person.asks(question)
            waits.append(time.perf_counter() - begun)
            number += 1
            await asyncio.sleep(max(0.0, _PAUSE - waits[-1]))

    return ask


def main() -> bool:
    """Print the figures; False when a floor is not met."""
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder))
    good = found.share >= FLOOR_SHARE and found.refused == 0 and found.p95 < FLOOR_REPLY and found.sent == DELIVERIES
    print(
        f"drain of {DELIVERIES} at {RATE} a second, limits enforced: {found.sent} sent, {found.share:.1%} of the rate"
        f" (floor {FLOOR_SHARE:.0%}), {found.refused} refused with 429 (floor 0); {found.replies} replies meanwhile:"
        f" p50 {found.p50 * 1000:.0f} ms, p95 {found.p95 * 1000:.0f} ms (floor {FLOOR_REPLY * 1000:.0f} ms),"
        f" {os.cpu_count()} cores: {'ok' if good else 'NOT MET'}"
    )
    return good


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)
