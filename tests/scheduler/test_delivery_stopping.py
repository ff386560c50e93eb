"""What is under way when the program stops, or when a reader changes their mind."""

import asyncio
from collections.abc import Callable

import pytest

from scheduler.errors import (
    StoppedError,
)
from scheduler.outbox import State
from scheduler.ports import Begin, Part
from tests.scheduler.deliveries import Messenger, World


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
