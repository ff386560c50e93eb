"""How fast the bot may speak: one lane for replies, one for what it sends by itself.

Telegram's limits: one message a second in a chat (short bursts are tolerated), 20 a minute in a group, about 30 a
second in all for bulk. Replies are not held back in private chats, so that none ever waits behind a broadcast.
"""

import asyncio
import logging
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeAlias

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from scheduler.ports import Begin

logger = logging.getLogger(__name__)

Json: TypeAlias = dict[str, Any]
Callback: TypeAlias = Callable[..., Coroutine[Any, Any, bool | Json | list[Json]]]

CHAT_SECONDS = 1.1  # Telegram counts at its end: a little more than one second at ours
GROUP_SECONDS = 3.2
GROUP_MOST, GROUP_WINDOW = 20, 62.0
LONGEST_REPLY_WAIT = 10.0  # a reply that would come later than this is not worth waiting for
_REPLY_RETRIES = 2
_KEPT_CHATS = 10_000


class Lanes(BaseRateLimiter[Begin]):
    """Paces messages; whatever names no chat passes at once.

    A call whose ``rate_limit_args`` is a function belongs to the bulk lane; the function is awaited when the turn
    has come, just before the call.

    Args:
        bulk_rate: Most bulk messages a second over all chats, evenly spread.
        clock: Seconds that only go forward.
        sleep: Waits that many seconds.
    """

    def __init__(
        self,
        bulk_rate: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._interval = 1 / bulk_rate
        self._clock = clock
        self._sleep = sleep
        self._bulk_free = float("-inf")  # when the next bulk message may leave
        self._paused_until = float("-inf")
        # What left last in each chat, and when; the oldest are forgotten once no limit can touch them.
        self._said: OrderedDict[int | str, deque[float]] = OrderedDict()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to free."""

    async def process_request(
        self,
        callback: Callback,
        args: Any,
        kwargs: Json,
        endpoint: str,
        data: Json,
        rate_limit_args: Begin | None,
    ) -> bool | Json | list[Json]:
        """Make the call when its turn has come."""
        chat = data.get("chat_id") if _is_new_message(endpoint) else None
        if rate_limit_args is not None:
            await self._bulk_turn(chat)
            await rate_limit_args()
            return await callback(*args, **kwargs)
        for _ in range(_REPLY_RETRIES):
            await self._reply_turn(chat)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                wait = seconds_of(error)
                self.pause(wait)
                if wait > LONGEST_REPLY_WAIT:
                    raise
                logger.warning("asked to wait %s s by Telegram: %s, lane of replies", wait, endpoint)
                await self._sleep(wait)
        return await callback(*args, **kwargs)

    def pause(self, seconds: float) -> None:
        """Let no bulk message leave for that long."""
        self._paused_until = max(self._paused_until, self._clock() + seconds)

    async def _bulk_turn(self, chat: int | str | None) -> None:
        """Wait for a place in the bulk lane, then for the chat's own; others pass meanwhile."""
        while (wait := self._bulk_wait(chat)) > 0:
            await self._sleep(wait)

    def _bulk_wait(self, chat: int | str | None) -> float:
        """Seconds until this message may leave; 0 takes the place."""
        now = self._clock()
        ready = max(self._bulk_free, self._paused_until, self._chat_free(chat, bulk=True))
        if ready > now:
            return ready - now
        # One interval after the place itself, not after the moment it was taken: small delays do not add up.
        place = self._bulk_free if now - self._bulk_free < self._interval else now
        self._bulk_free = place + self._interval
        self._note(chat, now)
        return 0.0

    async def _reply_turn(self, chat: int | str | None) -> None:
        while (wait := self._chat_free(chat, bulk=False) - self._clock()) > 0:
            await self._sleep(wait)
        self._note(chat, self._clock())

    def _chat_free(self, chat: int | str | None, *, bulk: bool) -> float:
        """When the chat may get its next message; bulk leaves half of a group's minute to replies."""
        said = self._said.get(chat) if chat is not None else None
        if not said:
            return float("-inf")
        if not _is_group(chat):
            return said[-1] + CHAT_SECONDS if bulk else float("-inf")
        most = GROUP_MOST // 2 if bulk else GROUP_MOST
        full = said[-most] + GROUP_WINDOW if len(said) >= most else float("-inf")
        return max(full, said[-1] + GROUP_SECONDS) if bulk else full

    def _note(self, chat: int | str | None, now: float) -> None:
        if chat is None:
            return
        said = self._said.setdefault(chat, deque(maxlen=GROUP_MOST if _is_group(chat) else 1))
        said.append(now)
        self._said.move_to_end(chat)
        while len(self._said) > _KEPT_CHATS and next(iter(self._said.values()))[-1] < now - GROUP_WINDOW:
            self._said.popitem(last=False)


def seconds_of(error: RetryAfter) -> float:
    """The wait that Telegram asks for; the library gives whole seconds now and a timedelta later."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _is_new_message(endpoint: str) -> bool:
    return endpoint != "sendChatAction" and endpoint.startswith(("send", "copy", "forward"))


def _is_group(chat: int | str | None) -> bool:
    return isinstance(chat, int) and chat < 0
