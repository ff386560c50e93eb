"""Waiting for something to become true, without sleeping and hoping."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


class Bell:
    """Rung whenever anything changes; whoever waits then looks again."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake everyone who waits."""
        listeners, self._listeners = self._listeners, set()
        for listener in listeners:
            if not listener.done():
                listener.set_result(None)

    async def next(self) -> None:
        """Return at the next ring."""
        listener = asyncio.get_running_loop().create_future()
        self._listeners.add(listener)
        try:
            await listener
        finally:
            self._listeners.discard(listener)

    async def until(self, ready: Callable[[], Found | None], within: float | None = 5.0) -> Found:
        """Look now and at every ring, and return the first thing ``ready`` finds.

        Args:
            ready: Gives what is awaited, or None while it is not there.
            within: Seconds; None waits for ever.

        Raises:
            TimeoutError: It did not come in time.
        """
        async with asyncio.timeout(within):
            while (found := ready()) is None:
                await self.next()
            return found
