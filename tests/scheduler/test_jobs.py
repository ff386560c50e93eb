"""The jobs only wake the work; late is better than never, and stopping breaks nothing off."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from knowledge.database import Database
from knowledge.models import Status
from scheduler.facts import Frequency
from scheduler.jobs import NIGHT, TICK, Jobs
from tests.scheduler.naive import PARIS
from tests.scheduler.people import ALL, Town


class Standing:
    """A clock that stands still."""

    def __init__(self, town: Town) -> None:
        self._town = town

    def now(self) -> datetime:
        return self._town.now


@pytest.fixture
def town(told_base: Database) -> Town:
    return Town(told_base)


def jobs(town: Town, writer: ThreadPoolExecutor, wake: Callable[[], object]) -> Jobs:
    return Jobs(
        town.ticking,
        town.composing,
        town.retention,
        clock=Standing(town),
        writer=writer,
        wake=wake,
        tick_seconds=30,
        timezone=PARIS,
    )


async def test_the_first_tick_comes_at_once_composes_and_wakes(town: Town) -> None:
    town.follow(town.person(), ALL, Frequency.IMMEDIATE)
    town.set("p04", Status.EN_COURS)
    woken = asyncio.Event()
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as writer:
        running = jobs(town, writer, lambda: loop.call_soon_threadsafe(woken.set))
        running.start()
        await asyncio.wait_for(woken.wait(), 10)
        await running.stop()
    assert len(town.outbox.due(town.now)) == 1


async def test_every_job_is_kept_when_it_is_late_and_never_runs_twice_at_a_time(town: Town) -> None:
    with ThreadPoolExecutor(1) as writer:
        running = jobs(town, writer, lambda: None)
        running.start()
        found = {job.id: job for job in running.scheduler.get_jobs()}
        assert found.keys() == {TICK, NIGHT}
        for job in found.values():
            assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (None, True, 1)
        night = found[NIGHT].trigger.get_next_fire_time(None, town.now)
        assert night.astimezone(PARIS).strftime("%H:%M") == "03:30"
        await running.stop()
        await running.stop()


async def test_the_night_purges(town: Town) -> None:
    with ThreadPoolExecutor(1) as writer:
        await jobs(town, writer, lambda: None).night()
    assert town.base.read().execute("SELECT 1 FROM marks WHERE name = 'night'").fetchone()
