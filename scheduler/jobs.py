"""APScheduler's part: it only wakes the work, which reads what is due from the base. No job is ever stored."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from datetime import datetime
from functools import partial
from typing import ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from scheduler.composing import Composing
from scheduler.ports import Clock
from scheduler.retention import Retention
from scheduler.ticking import Ticking

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

TICK = "tick"
NIGHT = "night"
# Outside the hour that a clock change skips or repeats.
_NIGHT_HOUR, _NIGHT_MINUTE = 3, 30
# Late is better than never, once is enough, and never two at a time.
_RULES = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}


class Jobs:
    """The two jobs, in memory.

    Args:
        writer: The one thread that writes to the base.
        wake: Called when something may be ready to be sent.
    """

    def __init__(
        self,
        ticking: Ticking,
        composing: Composing,
        retention: Retention,
        *,
        clock: Clock,
        writer: Executor,
        wake: Callable[[], object],
        tick_seconds: int,
        timezone: ZoneInfo,
    ) -> None:
        self._ticking = ticking
        self._composing = composing
        self._retention = retention
        self._clock = clock
        self._writer = writer
        self._wake = wake
        self._stopping = False
        self._running: set[asyncio.Task[None]] = set()
        self._scheduler = AsyncIOScheduler(timezone=timezone, job_defaults=_RULES)
        first = {"next_run_time": datetime.now(timezone)}
        every = IntervalTrigger(seconds=tick_seconds, timezone=timezone)
        nightly = CronTrigger(hour=_NIGHT_HOUR, minute=_NIGHT_MINUTE, timezone=timezone)
        self._scheduler.add_job(self._guarded, every, [TICK, self.tick], id=TICK, **first)
        self._scheduler.add_job(self._guarded, nightly, [NIGHT, self.night], id=NIGHT)

    @property
    def scheduler(self) -> AsyncIOScheduler:
        """The library's object, to look at."""
        return self._scheduler

    def start(self) -> None:
        """Begin; the first tick comes at once."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Begin nothing more and wait for what runs: shutting the scheduler down would break it off."""
        self._stopping = True
        if self._scheduler.running:
            self._scheduler.pause()
            while self._running:
                await asyncio.wait(self._running)
            self._scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Enqueue what is due and give it its words, a few rows at a time, so that sending starts at once."""
        found = await self._write(self._ticking.tick, self._clock.now())
        logger.debug("tick: %s overdue, %s at once, %s digests", found.overdue, found.at_once, found.digests)
        composed = 1
        while composed and not self._stopping:
            composed = await self._write(self._composing.compose, self._clock.now())
            self._wake()

    async def night(self) -> None:
        """Purge."""
        await self._write(self._retention.purge, self._clock.now())

    async def _guarded(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._running.add(task)
        try:
            await work()
        except Exception:
            # The outer edge: the next tick finds whatever this one left.
            logger.exception("the %s failed", name)
        finally:
            if task is not None:
                self._running.discard(task)

    async def _write(self, act: Callable[P, T], *values: P.args, **named: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._writer, partial(act, *values, **named))
