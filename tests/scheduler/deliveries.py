"""A base with people in it, its deliveries, and a sender of the test's own that goes wrong as told."""

import random
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from knowledge.database import Database
from knowledge.keys import Key
from scheduler.delivery import DeliveryService
from scheduler.identities import SealedIdentities
from scheduler.migrations import steps
from scheduler.outbox import Kind, Outbox, State, enqueue
from scheduler.ports import Begin, Part
from scheduler.subscribers import ChatKind, Subscribers

START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # a Monday
Answer = Exception | Callable[[], Awaitable[None]]


class Messenger:
    """Takes messages; goes wrong as told, by chat or for the next ones."""

    def __init__(self) -> None:
        self.delivered: list[tuple[int, str]] = []
        self.edited: dict[tuple[int, int], str] = {}
        self.by_chat: dict[int, Exception] = {}
        self.next: list[Answer] = []
        self.tried = 0

    async def send(self, chat_id: int, part: Part, begin: Begin) -> int:
        await begin()
        self.tried += 1
        trouble = self.next.pop(0) if self.next else self.by_chat.get(chat_id)
        if isinstance(trouble, Exception):
            raise trouble
        if trouble is not None:
            await trouble()
        self.delivered.append((chat_id, part.text))
        return len(self.delivered)

    async def edit(self, chat_id: int, message_id: int, part: Part, begin: Begin) -> None:
        await begin()
        self.tried += 1
        trouble = self.next.pop(0) if self.next else self.by_chat.get(chat_id)
        if isinstance(trouble, Exception):
            raise trouble
        self.edited[chat_id, message_id] = part.text


class World:
    """A base with people in it, and the time."""

    def __init__(self, path: Path, writer: ThreadPoolExecutor) -> None:
        self.database = Database(path)
        self.database.migrate(steps)
        self.seconds = 0.0
        self.identities = SealedIdentities(Key(bytes(32)))
        self.outbox = Outbox(self.database, ZoneInfo("Europe/Paris"))
        self.subscribers = Subscribers(self.database, self.identities, "none")
        self.messenger = Messenger()
        self.stops: list[int] = []
        self.writer = writer
        self.service = self.started()

    def started(self) -> DeliveryService:
        return DeliveryService(
            *(self.outbox, self.subscribers, self.messenger, self.identities),
            clock=self,
            writer=self.writer,
            on_stop=self.stops.append,
            monotonic=lambda: self.seconds,
            chance=random.Random(1),
        )

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def people(self, count: int, kind: ChatKind = ChatKind.PRIVATE) -> list[int]:
        sign = 1 if kind is ChatKind.PRIVATE else -1
        return [self.subscribers.open(sign * chat, kind, START).id for chat in range(1, count + 1)]

    def enqueue(self, subscriber: int, text: str, *, kind: Kind = Kind.DIGEST, ref: str = "run:1") -> None:
        with self.database.write() as db:
            key = f"{ref}:{subscriber}:{text}"
            assert enqueue(db, key=key, subscriber=subscriber, kind=kind, ref=ref, part=Part(text=text), now=self.now())

    async def deliver(self) -> int:
        return await self.service.deliver_due()

    def states(self) -> dict[State, int]:
        return {state: count for state, count in self.outbox.counts().items() if count}

    def rows(self) -> list[dict[str, object]]:
        return list(self.database.read().query("SELECT * FROM outbox ORDER BY id"))
