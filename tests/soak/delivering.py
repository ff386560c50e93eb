"""The program delivers to the local server while it is killed again and again; then everything is counted."""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.localapi import FaultKind, LocalBotApi
from knowledge.database import Database
from scheduler.delivery import HANDS
from scheduler.identities import open_identities
from scheduler.migrations import steps
from scheduler.outbox import Kind, Outbox, State, enqueue
from scheduler.ports import Part
from scheduler.subscribers import ChatKind, Subscribers

ROOT = Path(__file__).parents[2]

FIVE_PERCENT = {
    FaultKind.RETRY_AFTER: 0.01,
    FaultKind.SERVER_ERROR: 0.005,
    FaultKind.SERVER_ERROR_AFTER: 0.005,
    FaultKind.CLOSED: 0.01,
    FaultKind.BLOCKED: 0.01,
    FaultKind.CHAT_NOT_FOUND: 0.01,
}
_UNKNOWN = (FaultKind.SERVER_ERROR, FaultKind.SERVER_ERROR_AFTER, FaultKind.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What came of all deliveries.

    Attributes:
        lost: Recorded as sent, and not there; or without any final state.
        doubled: There more than once.
        unwanted: Recorded as refused or cancelled, and there all the same.
        in_flight: Recorded as being sent at the moments of the kills.
        unanswered: Calls that the server broke off after the delivery, or answered with 5xx.
    """

    audience: int
    states: dict[State, int]
    lost: int
    doubled: int
    unwanted: int
    in_flight: int
    unanswered: int
    kills: int
    seconds: float


@dataclass(slots=True, kw_only=True)
class Soak:
    """One such trial, in a folder of its own."""

    api: LocalBotApi
    folder: Path
    rate: int
    chance: random.Random
    database: Database = field(init=False)
    outbox: Outbox = field(init=False)
    kills: int = 0
    in_flight: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.database = Database(self.folder / "bot.db", self.key_file)
        self.database.migrate(steps)
        self.outbox = Outbox(self.database, ZoneInfo("Europe/Paris"))

    def fill(self, deliveries: int) -> None:
        """Enqueue that many messages, each with a text of its own: one or two a person."""
        now = datetime.now(UTC)
        identities = open_identities(self.database)
        subscribers = Subscribers(self.database, identities, "none")
        people = [self.api.person() for _ in range(deliveries - deliveries // 4)]
        for person in people:
            person.chat.bot = type(person.chat.bot).MEMBER
        numbers = [subscribers.open(person.id, ChatKind.PRIVATE, now).id for person in people]
        with self.database.write() as db:
            for place in range(deliveries):
                key, part = f"digest:{place}", Part(text=f"<b>Message</b> {place}")
                to = numbers[place % len(numbers)]
                enqueue(db, key=key, subscriber=to, kind=Kind.DIGEST, ref="run:1", part=part, now=now)

    async def run(self, kills: int) -> Tally:
        """Deliver everything, with that many kills spread over it.

        Raises:
            TimeoutError: The program makes no progress.
        """
        loop = asyncio.get_running_loop()
        begun, total = loop.time(), sum(self.outbox.counts().values())
        moments = sorted(self.chance.sample(range(1, total * 9 // 10), kills))
        for moment in moments:
            async with self.program() as process:
                if self.chance.random() < 0.2:
                    await asyncio.sleep(self.chance.uniform(0, 3))  # anywhere, its start included
                else:
                    await self._until_called(moment, within=120)
                    await asyncio.sleep(self.chance.uniform(0, 2 / self.rate))
                process.kill()
                await process.wait()
            self.kills += 1
            # A program killed before it recovered leaves the same rows again: each counts once.
            sending = self.database.read().execute("SELECT id FROM outbox WHERE state = 'sending'")
            self.in_flight |= {row[0] for row in sending}
        async with self.program() as process:
            await self.until(lambda: not self._open(), within=120 + 4 * total / self.rate)
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(10):
                if await process.wait() != 0:
                    raise RuntimeError(f"the program ended with status {process.returncode}")
        return self._tally(total, loop.time() - begun)

    async def drained(self, meanwhile: Callable[[], Awaitable[None]]) -> float:
        """Deliver everything in one life, and return the seconds from the first message to the last.

        Args:
            meanwhile: Runs from the first message on, and is ended after the last.
        """
        loop, total = asyncio.get_running_loop(), sum(self.outbox.counts().values())
        async with self.program() as process:
            await self.until(lambda: self.outbox.counts()[State.SENT] > 0, within=60)
            begun, other = loop.time(), asyncio.ensure_future(meanwhile())
            await self.until(lambda: not self._open(), within=60 + 2 * total / self.rate)
            seconds = loop.time() - begun
            other.cancel()
            await asyncio.wait([other])
            process.send_signal(signal.SIGTERM)
            await process.wait()
        return seconds

    async def held(self) -> dict[State, int]:
        """Deliver until something is held, then stop the program; returns how the rows stand."""
        async with self.program() as process:
            await self.until(lambda: bool(self.outbox.list_holds()), within=60)
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(10):
                await process.wait()
        return self.outbox.counts()

    @asynccontextmanager
    async def program(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """The program, running; killed at the end when it still does."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
        own = {
            "BOT_TOKEN": self.api.token,
            "BOT_OPERATOR": "Association X",
            "BOT_CONTACT": "x@example.org",
            "BOT_API_URL": self.api.base_url,
            "BOT_DATABASE": str(self.database.path),
            "BOT_KEY_FILE": str(self.key_file),
            "BOT_BULK_RATE": str(self.rate),
            "BOT_TICK_SECONDS": "1",
            "BOT_QUIET": "none",
            "BOT_LOG_LEVEL": "WARNING",
            "NO_PROXY": "127.0.0.1",
            "no_proxy": "127.0.0.1",
            "PYTHONPATH": str(ROOT),
        }
        with (self.folder / "log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", env=inherited | own, stderr=log, cwd=self.folder
            )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def _until_called(self, calls: int, within: float) -> None:
        """Wait until the server was called that often, by all lives together."""
        await self.api.world.bell.until(lambda: self.api.begun >= calls or None, within=within)

    async def until(self, ready: Callable[[], bool], within: float) -> None:
        """Look into the base until something is so; the program writes there, and nothing rings."""
        async with asyncio.timeout(within):
            while not ready():  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.1)

    def _open(self) -> int:
        counts = self.outbox.counts()
        return counts[State.PENDING] + counts[State.SENDING]

    @property
    def key_file(self) -> Path:
        """The key of the program's base."""
        return self.folder / "keys" / "bot.key"

    def _tally(self, audience: int, seconds: float) -> Tally:
        there = Counter(
            int(message.text.removeprefix("Message "))
            for chat in self.api.world.chats.values()
            for message in chat.messages.values()
            if message.sender == self.api.world.bot and message.text.startswith("Message ")
        )
        lost = unwanted = 0
        for key, state in self.database.read().execute("SELECT dedupe_key, state FROM outbox"):
            delivered = there[int(key.removeprefix("digest:"))]
            lost += state in (State.PENDING, State.SENDING) or (state == State.SENT and not delivered)
            unwanted += state in (State.FAILED, State.CANCELLED) and delivered > 0
        return Tally(
            audience=audience,
            states=self.outbox.counts(),
            lost=lost,
            doubled=sum(count > 1 for count in there.values()),
            unwanted=unwanted,
            in_flight=len(self.in_flight),
            unanswered=sum(self.api.faults.counts[kind] for kind in _UNKNOWN),
            kills=self.kills,
            seconds=seconds,
        )


def check(tally: Tally) -> None:
    """The floors of the issue."""
    assert tally.lost == 0 and tally.doubled == 0 and tally.unwanted == 0, tally
    assert tally.states[State.UNCERTAIN] <= tally.in_flight + tally.unanswered, tally
    assert tally.in_flight <= HANDS * tally.kills, tally
    assert sum(tally.states.values()) == tally.audience, tally
