"""Which deliveries leave, in which order; and what becomes of one whose end could not be recorded."""

import asyncio
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from knowledge.database import Database
from scheduler.outbox import LEASE, Kind, Outbox, State
from tests.scheduler.deliveries import START, World


def texts(world: World, now: datetime | None = None) -> list[str]:
    return [delivery.part.text for delivery in world.outbox.due(now or world.now())]


def test_the_more_urgent_leave_first(world: World) -> None:
    people = world.people(4)
    kinds = (Kind.ANNOUNCEMENT, Kind.DIGEST, Kind.CHANGE, Kind.NOTICE)
    for subscriber, kind in zip(people, kinds, strict=True):
        world.enqueue(subscriber, kind.value, kind=kind, ref=f"{kind}:1")
    assert texts(world) == ["notice", "change", "digest", "announcement"]


def test_one_message_a_person_at_a_time(world: World) -> None:
    first, second = world.people(2)
    for text in ("a", "b"):
        world.enqueue(first, text)
    world.enqueue(second, "c")
    assert texts(world) == ["a", "c"]
    assert [d.part.text for d in world.outbox.due(world.now(), busy=[first])] == ["c"]
    assert [d.part.text for d in world.outbox.due(world.now(), limit=1)] == ["a"]


def test_quiet_hours_hold_back_all_but_notices(world: World) -> None:
    people = world.people(2)
    for subscriber, kind in zip(people, (Kind.DIGEST, Kind.NOTICE), strict=True):
        world.subscribers.set_quiet(subscriber, "20:00-08:00", START)
        world.enqueue(subscriber, kind.value, kind=kind, ref=f"{kind}:1")
    night = START.replace(hour=22)
    morning = START.replace(hour=7) + timedelta(days=1)  # 8 in Paris
    assert texts(world, night) == ["notice"]
    assert world.rows()[0]["not_before"] == morning.isoformat(timespec="seconds")
    assert texts(world, morning - timedelta(seconds=1)) == ["notice"]
    assert texts(world, morning) == ["notice", "digest"]


def test_nothing_leaves_in_a_pause_but_notices(world: World) -> None:
    (subscriber,) = world.people(1)
    world.enqueue(subscriber, "digest")
    world.subscribers.pause(subscriber, world.now() + timedelta(days=1))
    assert texts(world) == []
    world.enqueue(subscriber, "notice", kind=Kind.NOTICE, ref="notice:1")
    assert texts(world) == ["notice"]
    assert texts(world, world.now() + timedelta(days=1, seconds=1)) == ["notice"]


def test_nothing_leaves_before_its_time(world: World) -> None:
    (subscriber,) = world.people(1)
    world.enqueue(subscriber, "a")
    (delivery,) = world.outbox.due(world.now())
    assert world.outbox.begin(delivery, world.now())
    assert texts(world) == [], "it is being sent"
    world.outbox.put_back(delivery.id, world.now() + timedelta(seconds=9), "429", world.now())
    assert texts(world, world.now() + timedelta(seconds=8)) == []
    assert texts(world, world.now() + timedelta(seconds=9)) == ["a"]


def test_a_row_begins_only_once(world: World) -> None:
    (subscriber,) = world.people(1)
    world.enqueue(subscriber, "a")
    (delivery,) = world.outbox.due(world.now())
    assert [world.outbox.begin(delivery, world.now()) for _ in range(2)] == [True, False]


def test_what_is_settled_stays_so(world: World) -> None:
    (subscriber,) = world.people(1)
    world.enqueue(subscriber, "a")
    (delivery,) = world.outbox.due(world.now())
    world.outbox.begin(delivery, world.now())
    world.outbox.mark_uncertain(delivery.id, "ReadTimeout", world.now())
    world.outbox.mark_sent(delivery.id, 5, world.now())
    world.outbox.put_back(delivery.id, world.now(), "429", world.now())
    assert world.states() == {State.UNCERTAIN: 1}


async def test_an_end_that_could_not_be_recorded_becomes_uncertain(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)

    async def locks() -> None:
        other.execute("BEGIN IMMEDIATE")

    (subscriber,) = world.people(1)
    world.enqueue(subscriber, "a")
    world.messenger.next = [locks]
    world.database = Database(tmp_path / "bot.db", busy_ms=10)
    world.outbox = Outbox(world.database, world.outbox._timezone)
    world.service = world.started()
    await world.deliver()
    other.execute("ROLLBACK")
    other.close()
    assert world.states() == {State.SENDING: 1}
    assert "not recorded: DatabaseLockedError" in caplog.text
    world.seconds += LEASE.total_seconds() + 1
    assert world.outbox.expire_leases(world.now()) == 1
    assert await world.deliver() == 0
    assert world.states() == {State.UNCERTAIN: 1} and len(world.messenger.delivered) == 1


async def test_a_base_that_is_locked_at_the_start_is_waited_for(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (subscriber,) = world.people(1)
    world.enqueue(subscriber, "a")
    sent = asyncio.Event()

    async def tells() -> None:
        sent.set()

    world.messenger.next = [tells]
    world.database = Database(tmp_path / "bot.db", busy_ms=10)
    world.outbox = Outbox(world.database, world.outbox._timezone)
    world.service = world.started()
    other = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    running = asyncio.create_task(world.service.run())
    while "cannot be used" not in caplog.text:  # noqa: ASYNC110 - a line of the log rings nothing
        await asyncio.sleep(0)
    other.execute("ROLLBACK")
    other.close()
    world.service.wake()
    async with asyncio.timeout(10):
        await sent.wait()
    await world.service.stop(1)
    await running
    assert world.states() == {State.SENT: 1}
