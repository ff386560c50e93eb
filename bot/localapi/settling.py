"""Knowing when the bot has finished, so that a test needs no guess."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.localapi.dispatch import Dispatcher
from bot.localapi.updates import Updates
from bot.localapi.waiting import Bell

QUIET = 0.05  # seconds without a call after which a bot nobody watches is taken to have finished


class Settling:
    """Waits until the bot took every update, worked on it, and makes no call."""

    def __init__(self, updates: Updates, dispatcher: Dispatcher, bell: Bell) -> None:
        self._updates = updates
        self._dispatcher = dispatcher
        self._bell = bell
        self._idle: list[Callable[[], Awaitable[object]]] = []

    def watch(self, idle: Callable[[], Awaitable[object]]) -> None:
        """Ask this of a bot in the same process: it returns once no update is being worked on.

        For python-telegram-bot that is ``application.update_queue.join``. With it, settling is exact; without
        it, a short silence has to do.
        """
        self._idle.append(idle)

    async def settled(self, within: float = 5.0) -> None:
        """Return once every update is confirmed, no call is under way and the bot rests.

        Raises:
            TimeoutError: The bot does not take its updates, or does not come to rest.
        """
        try:
            async with asyncio.timeout(within):
                rests = False
                while not rests:
                    rests = await self._rests()
        except TimeoutError as error:
            left, calls = self._updates.pending, self._dispatcher.under_way
            raise TimeoutError(f"{left} updates not confirmed, {calls} calls under way") from error

    async def _rests(self) -> bool:
        """Wait for stillness and say whether it lasted while the bot was asked."""
        await self._bell.until(lambda: self._is_still() or None, within=None)
        begun = self._dispatcher.begun
        if self._idle:
            for idle in self._idle:
                await idle()
        elif await self._rings_soon():
            return False
        return self._is_still() and begun == self._dispatcher.begun

    def _is_still(self) -> bool:
        return self._updates.pending == 0 and self._dispatcher.under_way == 0

    async def _rings_soon(self) -> bool:
        try:
            async with asyncio.timeout(QUIET):
                await self._bell.next()
        except TimeoutError:
            return False
        return True
