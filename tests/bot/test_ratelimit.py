"""The two lanes, with a clock of the test's own: nothing really waits."""

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.ratelimit import CHAT_SECONDS, GROUP_MOST, LONGEST_REPLY_WAIT, Lanes

GROUP = -1_001


class Times:
    """Time that passes only when everybody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._number = 0

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self._number += 1
        sleeper = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, self._number, sleeper))
        await sleeper

    async def run(self, *work: Awaitable[Any]) -> None:
        tasks = [asyncio.ensure_future(each) for each in work]
        while True:
            for _ in range(20):
                await asyncio.sleep(0)
            if all(task.done() for task in tasks):
                break
            due, _, sleeper = heapq.heappop(self._sleepers)
            self.now = max(self.now, due)
            sleeper.set_result(None)
        for task in tasks:
            task.result()


class Wire:
    """Calls as they leave, with the time."""

    def __init__(self, times: Times, rate: float) -> None:
        self.times = times
        self.lanes = Lanes(rate, clock=times.clock, sleep=times.sleep)
        self.left: list[tuple[float, Any, str]] = []
        self.answers: list[Exception] = []

    async def _begin(self) -> None:
        return None

    async def call(self, chat: int | None, *, bulk: bool = False, endpoint: str = "sendMessage") -> Any:
        async def callback() -> bool:
            self.left.append((self.times.now - 1_000.0, chat, "bulk" if bulk else "reply"))
            if self.answers:
                raise self.answers.pop(0)
            return True

        data = {} if chat is None else {"chat_id": chat}
        return await self.lanes.process_request(callback, (), {}, endpoint, data, self._begin if bulk else None)

    async def call_at(self, when: float, chat: int | None, **how: Any) -> None:
        await self.times.sleep(when)
        await self.call(chat, **how)

    def when(self, lane: str) -> list[float]:
        return [at for at, _, of in self.left if of == lane]


@pytest.fixture
def times() -> Times:
    return Times()


@pytest.fixture
def wire(times: Times) -> Wire:
    return Wire(times, 25)


def most_in_a_second(moments: list[float]) -> int:
    return max(sum(start <= moment < start + 1 for moment in moments) for start in moments)


async def test_bulk_leaves_evenly_at_its_rate_and_never_in_a_burst(times: Times, wire: Wire) -> None:
    await times.run(*(wire.call(chat, bulk=True) for chat in range(1, 101)))
    moments = wire.when("bulk")
    assert moments[-1] == pytest.approx(99 / 25)
    assert most_in_a_second(moments) <= 26
    assert moments[1] - moments[0] == pytest.approx(1 / 25)


async def test_small_delays_do_not_slow_the_lane_down(times: Times, wire: Wire) -> None:
    for chat in range(1, 51):
        await times.run(wire.call(chat, bulk=True))
        times.now += 0.01
    assert wire.when("bulk")[-1] == pytest.approx(49 / 25, abs=0.05)


async def test_a_lane_that_was_idle_does_not_make_up_for_it(times: Times, wire: Wire) -> None:
    await times.run(wire.call(1, bulk=True))
    times.now += 3_600
    await times.run(*(wire.call(chat, bulk=True) for chat in range(2, 60)))
    assert most_in_a_second(wire.when("bulk")[1:]) <= 27


async def test_a_reply_does_not_wait_behind_bulk(times: Times, wire: Wire) -> None:
    bulk = [wire.call(chat, bulk=True) for chat in range(1, 301)]
    await times.run(*bulk, wire.call_at(0.05, 1_000), wire.call_at(0.05, 1))
    assert wire.when("reply") == pytest.approx([0.05, 0.05])


async def test_replies_of_one_chat_are_not_held_back(times: Times, wire: Wire) -> None:
    await times.run(*(wire.call(1) for _ in range(5)))
    assert wire.when("reply") == [0.0] * 5


async def test_bulk_gives_a_private_chat_a_second_after_whatever_it_got(times: Times, wire: Wire) -> None:
    await times.run(wire.call(1), wire.call(1, bulk=True), wire.call(2, bulk=True))
    assert [(at, chat) for at, chat, of in wire.left if of == "bulk"] == [(0.0, 2), (pytest.approx(CHAT_SECONDS), 1)]


async def test_a_group_gets_twenty_messages_a_minute(times: Times, wire: Wire) -> None:
    await times.run(*(wire.call(GROUP) for _ in range(45)), *(wire.call(GROUP, bulk=True) for _ in range(20)))
    moments = sorted(at for at, _, _ in wire.left)
    assert len(moments) == 65
    for start in moments:
        assert sum(start <= moment < start + 60 for moment in moments) <= GROUP_MOST


async def test_bulk_leaves_room_for_replies_in_a_group(times: Times, wire: Wire) -> None:
    bulk = [wire.call(GROUP, bulk=True) for _ in range(15)]
    await times.run(*bulk, *(wire.call_at(40, GROUP) for _ in range(5)))
    assert wire.when("reply") == pytest.approx([40.0] * 5)
    assert len([at for at in wire.when("bulk") if at < 60]) == GROUP_MOST // 2


async def test_one_group_does_not_hold_up_the_others(times: Times, wire: Wire) -> None:
    await times.run(*(wire.call(GROUP, bulk=True) for _ in range(3)), wire.call(5, bulk=True))
    assert [at for at, chat, _ in wire.left if chat == 5] == [pytest.approx(1 / 25)]


@pytest.mark.parametrize(
    ("chat", "endpoint"),
    [(None, "getMe"), (None, "answerCallbackQuery"), (GROUP, "sendChatAction"), (GROUP, "editMessageText")],
)
async def test_what_is_no_new_message_is_not_paced(times: Times, wire: Wire, chat: int | None, endpoint: str) -> None:
    await times.run(*(wire.call(chat, endpoint=endpoint) for _ in range(50)))
    assert wire.when("reply") == [0.0] * 50


async def test_a_refused_reply_waits_a_little_and_is_sent_again_while_bulk_pauses(times: Times, wire: Wire) -> None:
    wire.answers = [RetryAfter(3)]
    await times.run(wire.call(1), wire.call_at(0.5, 2, bulk=True))
    assert wire.left == [(0.0, 1, "reply"), (pytest.approx(3), 1, "reply"), (pytest.approx(3), 2, "bulk")]


async def test_a_reply_that_would_come_much_too_late_is_given_up(times: Times, wire: Wire) -> None:
    wire.answers = [RetryAfter(int(LONGEST_REPLY_WAIT) + 1)]
    with pytest.raises(RetryAfter):
        await times.run(wire.call(1))
    assert len(wire.left) == 1


async def test_a_refused_bulk_message_is_left_to_the_delivery(times: Times, wire: Wire) -> None:
    wire.answers = [RetryAfter(3)]
    with pytest.raises(RetryAfter):
        await times.run(wire.call(1, bulk=True))
    assert len(wire.left) == 1


async def test_begin_comes_at_the_turn_and_may_still_say_no(times: Times) -> None:
    lanes = Lanes(25, clock=times.clock, sleep=times.sleep)
    seen: list[float] = []

    def begin(refuses: bool) -> Callable[[], Awaitable[None]]:
        async def turn() -> None:
            seen.append(times.now - 1_000.0)
            if refuses:
                raise LookupError

        return turn

    async def callback() -> bool:
        return True

    async def send(chat: int, refuses: bool) -> None:
        await lanes.process_request(callback, (), {}, "sendMessage", {"chat_id": chat}, begin(refuses))

    await times.run(send(1, False))
    with pytest.raises(LookupError):
        await times.run(send(2, True))
    assert seen == [0.0, pytest.approx(1 / 25)]


async def test_chats_that_are_long_silent_are_forgotten(times: Times, wire: Wire) -> None:
    for chat in range(1, 10_003):
        await wire.call(chat)
        times.now += 0.1
    assert len(wire.lanes._said) == 10_000
