"""Deliveries, on a real base, with a sender of the test's own and no waiting."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from knowledge.database import Database
from scheduler.delivery import MOST_ATTEMPTS, DeliveryService
from scheduler.errors import (
    ChatMovedError,
    GoneReason,
    RefusedTextError,
    RetryLaterError,
    StoppedError,
    SubscriberGoneError,
    UncertainError,
)
from scheduler.identities import Key, SealedIdentities
from scheduler.migrations import steps
from scheduler.outbox import Kind, Outbox, State, enqueue
from scheduler.pauses import LONGEST, Pause
from scheduler.ports import Begin, Part
from scheduler.subscribers import ChatKind, Subscribers

START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # a Monday
Answer = Exception | Callable[[], Awaitable[None]]


class Messenger:
    """Takes messages; goes wrong as told, by chat or for the next ones."""

    def __init__(self) -> None:
        self.delivered: list[tuple[int, str]] = []
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


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with ThreadPoolExecutor(1) as writer:
        yield World(tmp_path / "bot.db", writer)


async def test_everything_due_is_delivered_once(world: World) -> None:
    for subscriber in world.people(40):
        world.enqueue(subscriber, f"pour {subscriber}")
    assert await world.deliver() == 40
    assert await world.deliver() == 0
    assert sorted(world.messenger.delivered) == sorted((n, f"pour {n}") for n in range(1, 41))
    assert world.states() == {State.SENT: 40}
    assert {row["message_id"] for row in world.rows()} == set(range(1, 41))


async def test_parts_of_one_digest_come_in_order(world: World) -> None:
    (subscriber,) = world.people(1)
    for part in range(6):
        world.enqueue(subscriber, f"partie {part}")
    await world.deliver()
    assert [text for _, text in world.messenger.delivered] == [f"partie {part}" for part in range(6)]


async def test_a_row_is_recorded_as_being_sent_before_the_call(world: World) -> None:
    (subscriber,) = world.people(1)
    seen: list[dict[State, int]] = []

    async def looks() -> None:
        seen.append(world.states())

    world.messenger.next = [looks]
    world.enqueue(subscriber, "a")
    await world.deliver()
    assert seen == [{State.SENDING: 1}]


async def test_what_a_crash_interrupted_is_uncertain_after_the_start(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = world.people(2)
    world.enqueue(first, "a")
    world.enqueue(second, "b")
    sent = asyncio.Event()

    async def tells() -> None:
        sent.set()

    world.messenger.next = [tells]
    interrupted, *_ = world.outbox.due(world.now())
    assert world.outbox.begin(interrupted, world.now())
    world.service = world.started()
    running = asyncio.create_task(world.service.run())
    await sent.wait()
    await world.service.stop(1)
    await running
    assert world.states() == {State.SENT: 1, State.UNCERTAIN: 1}
    assert "1 deliveries were interrupted" in caplog.text


@pytest.mark.parametrize("reason", list(GoneReason))
async def test_a_chat_that_is_gone_ends_and_its_other_messages_are_cancelled(world: World, reason: GoneReason) -> None:
    gone, other = world.people(2)
    for text in ("a", "b", "c"):
        world.enqueue(gone, text)
    world.enqueue(other, "d")
    world.messenger.by_chat[1] = SubscriberGoneError(reason=reason)
    await world.deliver()
    assert world.states() == {State.FAILED: 1, State.CANCELLED: 2, State.SENT: 1}
    assert world.rows()[0]["error"] == reason
    assert world.subscribers.find(1) is None and world.subscribers.find(2) is not None


async def test_an_ambiguous_failure_is_neither_repeated_nor_hidden(world: World) -> None:
    for subscriber in world.people(2):
        world.enqueue(subscriber, "a")
    world.messenger.by_chat[1] = UncertainError(why="ReadTimeout")
    await world.deliver()
    world.seconds += 3_600
    await world.deliver()
    assert world.states() == {State.UNCERTAIN: 1, State.SENT: 1}
    assert world.messenger.tried == 2
    assert world.rows()[0]["error"] == "ReadTimeout"


class TestRefusedTexts:
    async def test_a_refused_digest_fails_alone(self, world: World) -> None:
        people = world.people(10)
        for subscriber in people:
            world.enqueue(subscriber, "a")
        for chat in (3, 8):
            world.messenger.by_chat[chat] = RefusedTextError(why="Message is too long")
        await world.deliver()
        assert world.states() == {State.SENT: 8, State.FAILED: 2}
        assert world.outbox.list_holds() == ()
        assert all(world.subscribers.find(chat) for chat in people)

    async def test_three_chats_in_a_row_hold_the_run_and_blame_nobody(
        self, world: World, caplog: pytest.LogCaptureFixture
    ) -> None:
        people = world.people(60)
        for subscriber in people:
            world.enqueue(subscriber, "a")
            world.messenger.by_chat[subscriber] = RefusedTextError(
                why=f"Can't parse entities: unexpected end tag at byte offset {subscriber}"
            )
        world.enqueue(people[-1], "autre", ref="run:2")
        del world.messenger.by_chat[people[-1]]
        await world.deliver()
        counts = world.outbox.counts("run:1")
        assert 3 <= counts[State.FAILED] <= 16 and counts[State.PENDING] == 60 - counts[State.FAILED]
        assert world.outbox.counts("run:2")[State.SENT] == 1
        ((ref, reason, _),) = world.outbox.list_holds()
        assert ref == "run:1" and "parse entities" in reason
        assert all(world.subscribers.find(chat) for chat in people)
        assert "run:1 is held" in caplog.text

    async def test_a_released_run_goes_on(self, world: World) -> None:
        for subscriber in world.people(20):
            world.enqueue(subscriber, "a")
            world.messenger.by_chat[subscriber] = RefusedTextError(why="Bad text")
        await world.deliver()
        world.messenger.by_chat.clear()
        world.outbox.release("run:1")
        await world.deliver()
        counts = world.outbox.counts("run:1")
        assert counts[State.PENDING] == 0 and counts[State.SENT] + counts[State.FAILED] == 20

    async def test_different_refusals_are_not_alike(self, world: World) -> None:
        for subscriber in world.people(6):
            world.enqueue(subscriber, "a")
            world.messenger.by_chat[subscriber] = RefusedTextError(why="abcdef"[subscriber - 1])
        await world.deliver()
        assert world.states() == {State.FAILED: 6} and world.outbox.list_holds() == ()

    async def test_several_parts_to_one_chat_are_one_chat(self, world: World) -> None:
        (subscriber,) = world.people(1)
        for part in range(5):
            world.enqueue(subscriber, f"partie {part}")
        world.messenger.by_chat[1] = RefusedTextError(why="Bad text")
        await world.deliver()
        assert world.states() == {State.FAILED: 5} and world.outbox.list_holds() == ()

    async def test_an_announcement_is_held_at_its_first_refusal(self, world: World) -> None:
        for subscriber in world.people(30):
            world.enqueue(subscriber, "a", kind=Kind.ANNOUNCEMENT, ref="announcement:1")
            world.messenger.by_chat[subscriber] = RefusedTextError(why="Bad text")
        await world.deliver()
        assert [ref for ref, _, _ in world.outbox.list_holds()] == ["announcement:1"]
        assert world.states()[State.PENDING] >= 14


class TestWaits:
    async def test_a_wait_asked_for_in_a_private_chat_counts_for_all(self, world: World) -> None:
        for subscriber in world.people(30):
            world.enqueue(subscriber, "a")
        world.messenger.next = [RetryLaterError(seconds=7, flood=True)]
        await world.deliver()
        assert world.states()[State.PENDING] >= 1
        tried = world.messenger.tried
        assert tried <= 16
        world.seconds += 6.9
        assert await world.deliver() == 0
        world.seconds += 2
        await world.deliver()
        assert world.states() == {State.SENT: 30} and world.messenger.tried == 31

    async def test_a_wait_asked_for_in_a_group_counts_for_that_group(self, world: World) -> None:
        first, *_ = groups = world.people(5, ChatKind.GROUP)
        for subscriber in groups:
            world.enqueue(subscriber, "a")
        world.messenger.next = [RetryLaterError(seconds=7, flood=True)]
        await world.deliver()
        assert world.states() == {State.SENT: 4, State.PENDING: 1}
        world.seconds += 8.1
        await world.deliver()
        assert world.states() == {State.SENT: 5}
        assert world.messenger.delivered[-1][0] == -first

    async def test_a_message_always_put_off_is_given_up_in_the_end(self, world: World) -> None:
        (group,) = world.people(1, ChatKind.GROUP)
        world.enqueue(group, "a")
        world.messenger.by_chat[-1] = RetryLaterError(seconds=5, flood=True)
        for _ in range(MOST_ATTEMPTS + 5):
            await world.deliver()
            world.seconds += 6.1
        assert world.states() == {State.FAILED: 1} and world.messenger.tried == MOST_ATTEMPTS
        assert world.rows()[0]["error"] == "given up after 429"

    async def test_what_never_left_is_tried_until_it_does(self, world: World) -> None:
        for subscriber in world.people(20):
            world.enqueue(subscriber, "a")
        away = RetryLaterError(seconds=2)
        world.messenger.by_chat = dict.fromkeys(range(1, 21), away)
        for _ in range(50):
            await world.deliver()
            world.seconds += LONGEST + 2
        assert world.states() == {State.PENDING: 20}
        assert world.messenger.tried < 50 * 17
        world.messenger.by_chat.clear()
        await world.deliver()
        assert world.states() == {State.SENT: 20}
        assert {row["attempts"] for row in world.rows()} == {1}

    async def test_calls_that_keep_breaking_off_stop_costing_messages(self, world: World) -> None:
        for subscriber in world.people(100):
            world.enqueue(subscriber, "a")
            world.messenger.by_chat[subscriber] = UncertainError(why="NetworkError")
        await world.deliver()
        assert world.states()[State.UNCERTAIN] <= 16
        assert await world.deliver() == 0

    def test_pauses_grow_to_a_minute_with_some_chance_in_them(self) -> None:
        seconds = 0.0
        pause = Pause(lambda: seconds, random.Random(1))
        lengths = []
        for _ in range(12):
            pause.unreachable()
            pause.unreachable()  # at the same moment: one failure, not two
            lengths.append(pause.left)
            seconds += pause.left
        assert 1 <= lengths[0] <= 2 and 2 <= lengths[1] <= 4 and 30 <= lengths[-1] <= LONGEST
        pause.answered()
        pause.unreachable()
        assert pause.left <= 2


class TestMovedGroups:
    async def test_the_new_id_is_kept_and_the_message_sent_there(self, world: World) -> None:
        (group,) = world.people(1, ChatKind.GROUP)
        world.enqueue(group, "a")
        world.messenger.by_chat[-1] = ChatMovedError(new_chat_id=-1_001)
        await world.deliver()
        assert world.messenger.delivered == [(-1_001, "a")]
        assert world.subscribers.find(-1) is None and world.subscribers.find(-1_001) is not None

    async def test_a_group_known_under_both_ids_becomes_one(self, world: World) -> None:
        old = world.subscribers.open(-1, ChatKind.GROUP, START).id
        new = world.subscribers.open(-1_001, ChatKind.GROUP, START).id
        world.enqueue(old, "a")
        world.enqueue(new, "b")
        world.messenger.by_chat[-1] = ChatMovedError(new_chat_id=-1_001)
        await world.deliver()
        assert sorted(world.messenger.delivered) == [(-1_001, "a"), (-1_001, "b")]
        assert world.subscribers.find(-1) is None


class TestStopping:
    @pytest.mark.parametrize("code", [401, 404, 409])
    async def test_a_refused_program_stops_and_its_messages_wait(self, world: World, code: int) -> None:
        for subscriber in world.people(40):
            world.enqueue(subscriber, "a")
        world.messenger.by_chat = dict.fromkeys(range(1, 41), StoppedError(code=code))
        await world.deliver()
        assert set(world.stops) == {code}
        assert world.states() == {State.PENDING: 40}
        assert {row["attempts"] for row in world.rows()} == {0}
        assert all(world.subscribers.find(chat) for chat in range(1, 41))

    async def test_calls_under_way_are_waited_for(self, world: World) -> None:
        answered, under_way = asyncio.Event(), asyncio.Event()

        async def slow() -> None:
            under_way.set()
            await answered.wait()

        for subscriber in world.people(2):
            world.enqueue(subscriber, "a")
        world.messenger.next = [slow]
        running = asyncio.create_task(world.service.run())
        await under_way.wait()
        stopping = asyncio.create_task(world.service.stop(5))
        await asyncio.sleep(0)
        answered.set()
        await stopping
        await running
        assert State.SENDING not in world.states() and world.states()[State.SENT] >= 1

    async def test_what_has_no_answer_in_time_is_uncertain(self, world: World) -> None:
        under_way = asyncio.Event()

        async def never() -> None:
            under_way.set()
            await asyncio.Event().wait()

        (subscriber,) = world.people(1)
        world.enqueue(subscriber, "a")
        world.messenger.next = [never]
        running = asyncio.create_task(world.service.run())
        await under_way.wait()
        await world.service.stop(0.01)
        await running
        assert world.states() == {State.UNCERTAIN: 1}

    async def test_what_waits_for_its_turn_is_let_go_unrecorded(self, world: World) -> None:
        waiting = asyncio.Event()

        class Slow(Messenger):
            async def send(self, chat_id: int, part: Part, begin: Begin) -> int:
                waiting.set()
                await asyncio.Event().wait()
                return await super().send(chat_id, part, begin)

        (subscriber,) = world.people(1)
        world.enqueue(subscriber, "a")
        world.messenger = Slow()
        world.service = world.started()
        running = asyncio.create_task(world.service.run())
        await waiting.wait()
        await world.service.stop(5)
        await running
        assert world.states() == {State.PENDING: 1} and world.rows()[0]["attempts"] == 0


class TestChangesBeforeTheTurn:
    """Between taking a message in hand and its turn, its reader may change their mind."""

    async def _after(self, world: World, change: Callable[[int], None]) -> None:
        class Patient(Messenger):
            async def send(self, chat_id: int, part: Part, begin: Begin) -> int:
                change(1)
                return await super().send(chat_id, part, begin)

        (subscriber,) = world.people(1)
        world.enqueue(subscriber, "a")
        world.messenger = Patient()
        world.service = world.started()
        await world.service._take()
        await asyncio.wait(world.service._tasks)
        assert world.messenger.delivered == [] and world.messenger.tried == 0

    async def test_a_pause_holds_it_back(self, world: World) -> None:
        await self._after(world, lambda subscriber: world.subscribers.pause(subscriber, None))
        assert world.states() == {State.PENDING: 1}

    async def test_a_hold_holds_it_back(self, world: World) -> None:
        await self._after(world, lambda subscriber: world.outbox.hold("run:1", "", world.now()))
        assert world.states() == {State.PENDING: 1}

    async def test_other_words_are_sent_later_in_its_place(self, world: World) -> None:
        def rewrite(subscriber: int) -> None:
            with world.database.write() as db:
                db.execute("UPDATE outbox SET body = NULL WHERE subscriber = ?", [subscriber])

        await self._after(world, rewrite)
        assert world.states() == {State.PENDING: 1}

    async def test_an_end_takes_it_back(self, world: World) -> None:
        await self._after(world, lambda subscriber: world.subscribers.close(subscriber, world.now()))
        assert world.states() == {State.CANCELLED: 1}


async def test_ids_and_texts_never_reach_the_logs(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = 5_123_456_789
    subscriber = world.subscribers.open(secret, ChatKind.PRIVATE, START).id
    troubles = [
        *(RefusedTextError(why="Bad text"), UncertainError(why="ReadTimeout"), RetryLaterError(seconds=1, flood=True)),
        SubscriberGoneError(reason=GoneReason.BLOCKED),
    ]
    for number, trouble in enumerate(troubles):
        world.enqueue(subscriber, f"Confidentiel {number}")
        world.messenger.next = [trouble]
        await world.deliver()
        world.seconds += 10
    assert str(secret) not in caplog.text and "Confidentiel" not in caplog.text
