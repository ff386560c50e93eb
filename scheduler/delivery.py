"""Send what is due: record 'sending' before each call and what came of it after; lose nothing, double nothing."""

import asyncio
import logging
import random
import time
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import timedelta
from enum import Enum
from functools import partial
from typing import Any, ParamSpec, TypeVar

from knowledge.errors import KnowledgeError
from scheduler.errors import (
    ChatMovedError,
    MessageGoneError,
    NoMediaHereError,
    RefusedTextError,
    RetryLaterError,
    SchedulerError,
    SendError,
    StoppedError,
    SubscriberGoneError,
    UncertainError,
)
from scheduler.outbox import Delivery, Outbox
from scheduler.pauses import Pause
from scheduler.ports import Clock, Identities, Sender
from scheduler.refusals import Refusals
from scheduler.subscribers import Subscribers

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

HANDS = 16  # messages in hand at once: enough to keep the rate when each call takes half a second
IDLE_SECONDS = 5.0  # how long a row that came due by itself may wait to be seen
MOST_ATTEMPTS = 20  # calls answered "later" before a message is given up; calls that never left do not count
GIVEN_UP = "given up after"
STOPPED = "shutdown"  # this program ended before the answer came
MESSAGE_GONE = "message_gone"  # of an edit: its reader took the message away
NO_MEDIA = "no_media"  # the group takes words only
_STEP = timedelta(seconds=1)  # moments are stored to the second, cut


class _Hand(Enum):
    """How far a message in hand has come."""

    WAITING = 1  # for its turn: nothing is recorded yet
    BEGUN = 2  # it is, or is about to be, recorded as being sent


class _NotNowError(Exception):
    """The turn came and the message must not leave; nothing was recorded."""


class DeliveryService:
    """Sends what is due until it is stopped.

    Args:
        writer: The one thread that writes to the base.
        on_stop: Called with 401, 404 or 409 when Telegram refuses the whole program.
        monotonic: Seconds that only go forward.
    """

    def __init__(
        self,
        outbox: Outbox,
        subscribers: Subscribers,
        sender: Sender,
        identities: Identities,
        *,
        clock: Clock,
        writer: Executor,
        on_stop: Callable[[int], None],
        monotonic: Callable[[], float] = time.monotonic,
        chance: random.Random | None = None,
    ) -> None:
        self._outbox = outbox
        self._subscribers = subscribers
        self._sender = sender
        self._identities = identities
        self._clock = clock
        self._writer = writer
        self._on_stop = on_stop
        self._pause = Pause(monotonic, chance or random.Random())  # noqa: S311 - spreads attempts, guards nothing
        self._refusals = Refusals()
        self._wake = asyncio.Event()
        self._stopping = False
        self._tasks: dict[asyncio.Task[None], Delivery] = {}
        self._hands: dict[int, _Hand] = {}

    def wake(self) -> None:
        """Look at once for what is due."""
        self._wake.set()

    async def run(self) -> None:
        """Deliver until ``stop``; what a crash left half done is recorded as uncertain first."""
        recovered = False
        while not self._stopping:
            self._wake.clear()
            try:
                if not recovered:
                    await self._recover()
                    recovered = True
                await self.deliver_due()
                await self._record(self._outbox.expire_leases, self._clock.now())
            except KnowledgeError as error:
                logger.error("deliveries wait, the base cannot be used: %s", type(error).__name__)
            except Exception:
                # The outer edge: whatever it was, the next round tries again.
                logger.exception("deliveries failed")
            await self._rest()

    async def _recover(self) -> None:
        lost = await self._record(self._outbox.recover, self._clock.now())
        if lost:
            logger.warning("%s deliveries were interrupted and are uncertain", lost)

    async def stop(self, within: float) -> None:
        """Begin nothing more, and let the calls under way end.

        Args:
            within: Seconds; what has no answer by then is recorded as uncertain.
        """
        self._stopping = True
        self._wake.set()
        for task, delivery in self._tasks.items():
            if self._hands[delivery.id] is _Hand.WAITING:
                task.cancel()
        unanswered = dict(self._tasks)
        if unanswered:
            _, late = await asyncio.wait(unanswered, timeout=within)
            for task in late:
                task.cancel()
                await self._record(self._outbox.mark_uncertain, unanswered[task].id, STOPPED, self._clock.now())

    async def deliver_due(self) -> int:
        """Deliver all that is due now, side by side; returns how many were tried once nothing is left."""
        tried = 0
        while True:
            if len(self._tasks) <= HANDS // 2:
                tried += await self._take()
            if not self._tasks:
                return tried
            await asyncio.wait(self._tasks, timeout=IDLE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            for task in [task for task in self._tasks if task.done()]:
                self._let_go(task)

    async def _take(self) -> int:
        """Take the next due messages in hand, unless nothing may leave now."""
        if self._stopping or self._pause.left:
            return 0
        busy = [delivery.subscriber for delivery in self._tasks.values()]
        due = await self._record(self._outbox.due, self._clock.now(), limit=HANDS - len(self._tasks), busy=busy)
        # A group that has just moved may show a row again before its task has ended.
        fresh = [delivery for delivery in due if delivery.id not in self._hands]
        for delivery in fresh:
            self._hands[delivery.id] = _Hand.WAITING
            self._tasks[asyncio.create_task(self._deliver(delivery))] = delivery
        return len(fresh)

    def _let_go(self, task: "asyncio.Task[None]") -> None:
        del self._hands[self._tasks.pop(task).id]
        if not task.cancelled() and (error := task.exception()) is not None:
            # The row stays 'sending' and its lease will make it uncertain.
            logger.error("a delivery was not recorded: %s", type(error).__name__)
            self._pause.unreachable()

    async def _rest(self) -> None:
        """Wait to be woken, for the end of a pause, or for a while."""
        try:
            await asyncio.wait_for(self._wake.wait(), self._pause.left or IDLE_SECONDS)
        except TimeoutError:
            return

    async def _deliver(self, delivery: Delivery) -> None:
        try:
            message_id = await self._hand_over(delivery)
        except _NotNowError:
            return
        except SendError as error:
            await self._failed(delivery, error)
        except SchedulerError as error:
            logger.error("delivery %s cannot be made: %s", delivery.id, type(error).__name__)
            await self._record(self._outbox.mark_failed, delivery.id, type(error).__name__, self._clock.now())
        else:
            self._pause.answered()
            self._refusals.passed(delivery)
            await self._record(self._outbox.mark_sent, delivery.id, message_id, self._clock.now())

    async def _hand_over(self, delivery: Delivery) -> int:
        """Send the message, or edit the one it changes; returns the message's id."""
        chat_id, begin = self._identities.open(delivery.chat_cipher), partial(self._begin, delivery)
        if delivery.edits is None:
            return await self._sender.send(chat_id, delivery.part, begin)
        await self._sender.edit(chat_id, delivery.edits, delivery.part, begin)
        return delivery.edits

    async def _begin(self, delivery: Delivery) -> None:
        """The turn has come: record that the call is about to be made."""
        if self._stopping or self._pause.left:
            raise _NotNowError
        self._hands[delivery.id] = _Hand.BEGUN
        if not await self._record(self._outbox.begin, delivery, self._clock.now()):
            raise _NotNowError

    async def _failed(self, delivery: Delivery, error: SendError) -> None:
        """Record what a failure means (the error table)."""
        if isinstance(error, RetryLaterError):
            await self._later(delivery, error)
            return
        if isinstance(error, UncertainError):
            self._pause.broken_off()
            await self._record(self._outbox.mark_uncertain, delivery.id, error.why, self._clock.now())
            return
        self._pause.answered()
        if isinstance(error, SubscriberGoneError):
            await self._gone(delivery, error)
        elif isinstance(error, MessageGoneError):
            await self._record(self._outbox.mark_failed, delivery.id, MESSAGE_GONE, self._clock.now())
        elif isinstance(error, NoMediaHereError):
            await self._record(self._outbox.mark_failed, delivery.id, NO_MEDIA, self._clock.now())
        elif isinstance(error, RefusedTextError):
            await self._refused(delivery, error.why)
        elif isinstance(error, ChatMovedError):
            await self._moved(delivery, error.new_chat_id)
        elif isinstance(error, StoppedError):
            await self._put_back(delivery, 0.0, f"stopped {error.code}", counts=False)
            self._stopping = True
            self._on_stop(error.code)

    async def _later(self, delivery: Delivery, error: RetryLaterError) -> None:
        """Not delivered. A wait that Telegram asks for in a private chat counts for all, in a group for that one."""
        if not error.flood:
            self._pause.unreachable()
            await self._put_back(delivery, self._pause.left, "unreachable", counts=False)
            return
        logger.warning("asked to wait %s s by Telegram, lane of bulk, group: %s", error.seconds, delivery.group)
        if not delivery.group:
            self._pause.asked(error.seconds)
        await self._put_back(delivery, error.seconds, "429")

    async def _gone(self, delivery: Delivery, error: SubscriberGoneError) -> None:
        now = self._clock.now()
        await self._record(self._outbox.mark_failed, delivery.id, error.reason.value, now)
        await self._record(self._subscribers.close, delivery.subscriber, now)

    async def _refused(self, delivery: Delivery, why: str) -> None:
        """The text is at fault, never its reader."""
        now = self._clock.now()
        await self._record(self._outbox.mark_failed, delivery.id, why, now)
        logger.error("the text of delivery %s (%s) is refused: %s", delivery.id, delivery.ref, why)
        if self._refusals.refused(delivery, why):
            await self._record(self._outbox.hold, delivery.ref, why, now)
            logger.error("%s is held: its texts are refused", delivery.ref)

    async def _moved(self, delivery: Delivery, new_chat_id: int) -> None:
        await self._put_back(delivery, 0.0, "moved")
        await self._record(self._subscribers.move, delivery.subscriber, new_chat_id, self._clock.now())

    async def _put_back(self, delivery: Delivery, seconds: float, error: str, *, counts: bool = True) -> None:
        now = self._clock.now()
        if counts and delivery.attempts >= MOST_ATTEMPTS:
            await self._record(self._outbox.mark_failed, delivery.id, f"{GIVEN_UP} {error}", now)
            return
        due = now + timedelta(seconds=seconds) + (_STEP if seconds else timedelta())
        await self._record(partial(self._outbox.put_back, counts=counts), delivery.id, due, error, now)
        if seconds:
            asyncio.get_running_loop().call_later(seconds + _STEP.total_seconds(), self.wake)

    async def _record(self, act: Callable[P, T], *args: Any, **values: Any) -> T:
        """Do something with the base in the thread that writes."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, partial(act, *args, **values))
