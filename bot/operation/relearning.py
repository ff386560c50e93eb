"""At night, what staff taught is learned with all the rest, in a process of its own that gives way to this one.

Until then it acts as it is (``knowledge.matching.taught``); afterwards the whole model knows it.
"""

import asyncio
import logging
import os
import sys
from asyncio.subprocess import DEVNULL, Process
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.settings import Settings
from knowledge.service import Knowledge

logger = logging.getLogger(__name__)

# Outside the hour that a clock change skips or repeats; a start later in the day waits for the next night.
_FROM, _UPTO = time(3, 30), time(6)
_COMMAND = (sys.executable, "-m", "knowledge", "learn")


class Relearning:
    """Begins it once a night when something is to be learned, and serves from what came of it.

    Args:
        environment: Where the command finds the base.
    """

    def __init__(self, knowledge: Knowledge, timezone: ZoneInfo, environment: dict[str, str]) -> None:
        self._knowledge = knowledge
        self._timezone = timezone
        self._environment = environment
        self._process: Process | None = None
        self._tried: date | None = None

    @property
    def is_learning(self) -> bool:
        """Whether the process has begun, and what came of it is not served yet."""
        return self._process is not None

    async def look(self, now: datetime) -> None:
        """To be called now and then; it waits for nothing long."""
        if self._process is not None:
            if self._process.returncode is None:
                return
            await self._take(self._process.returncode)
            self._process = None
        local = now.astimezone(self._timezone)
        if self._tried == local.date() or not _FROM <= local.time() < _UPTO:
            return
        self._tried = local.date()
        if await asyncio.to_thread(self._knowledge.lacks_index):
            self._process = await asyncio.create_subprocess_exec(
                *_COMMAND, env=self._environment, stdout=DEVNULL, stderr=DEVNULL
            )
            logger.info("what staff taught is being learned")

    async def finish(self, now: datetime) -> None:
        """Wait for what has begun, and serve from it."""
        if self._process is not None:
            await self._process.wait()
            await self.look(now)

    async def stop(self) -> None:
        """Give it up; it begins again another night."""
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()

    async def _take(self, code: int) -> None:
        if code == 0 and await asyncio.to_thread(self._knowledge.take_index):
            logger.info("what staff taught is learned")
        else:
            logger.warning("what staff taught could not be learned (%s); it acts as before", code)


def learning_environment(settings: Settings) -> dict[str, str]:
    """This program's own, with the base that it serves, however that was set."""
    return dict(os.environ) | {"BOT_DATABASE": str(settings.database), "BOT_KEY_FILE": str(settings.key_file)}
