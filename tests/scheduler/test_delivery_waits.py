"""Waits asked for by the server, and pauses after calls that break off."""

import random

from scheduler.delivery import MOST_ATTEMPTS
from scheduler.errors import (
    RetryLaterError,
    UncertainError,
)
from scheduler.outbox import State
from scheduler.pauses import LONGEST, Pause
from scheduler.subscribers import ChatKind
from tests.scheduler.deliveries import World


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
