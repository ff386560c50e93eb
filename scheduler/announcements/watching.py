"""Once a second while the program runs: what announcements do by themselves, and the messages that show it."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from knowledge.errors import KnowledgeError
from scheduler.announcements import boards
from scheduler.announcements.boards import Board
from scheduler.announcements.records import get
from scheduler.announcements.service import Announcements
from scheduler.announcements.states import State
from scheduler.errors import ChatMovedError, MessageGoneError, RefusedTextError, SendError, SubscriberGoneError
from scheduler.ports import Clock, Identities, Part, Sender

logger = logging.getLogger(__name__)

T = TypeVar("T")

STEP_SECONDS = 1.0
DROPPED_EVERY = timedelta(seconds=30)
SHOWN_EVERY = timedelta(seconds=4)  # Telegram lets a message be edited about that often
_ENDED = (State.DONE, State.CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """A board that has to look otherwise."""

    board: Board
    part: Part
    is_last: bool


class Watching:
    """Runs from ``run`` to ``stop``.

    Args:
        writer: The one thread that writes to the base.
        wake: Called when somebody has written to the base: there may be something to send.
    """

    def __init__(
        self,
        announcements: Announcements,
        *,
        sender: Sender,
        identities: Identities,
        clock: Clock,
        writer: Executor,
        wake: Callable[[], object],
    ) -> None:
        self._announcements = announcements
        self._database = announcements.database
        self._sender = sender
        self._identities = identities
        self._clock = clock
        self._writer = writer
        self._wake = wake
        self._version = 0
        self._dropped: datetime | None = None
        self._stop = asyncio.Event()
        self._showing: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Step until ``stop``."""
        while not self._stop.is_set():
            try:
                await self.step()
            except KnowledgeError as error:
                logger.error("announcements wait, the base cannot be used: %s", type(error).__name__)
            except Exception:
                # The outer edge: whatever it was, the next step tries again.
                logger.exception("announcements failed")
            await self._rest()

    def stop(self) -> None:
        """End after the step under way; a board that waits for its turn is not waited for."""
        self._stop.set()
        if self._showing is not None:
            self._showing.cancel()

    async def step(self) -> None:
        """One look at everything."""
        due = await self._write(self._look)
        for each in due:
            if not self._stop.is_set():
                await self._show(each)

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._stop.wait(), STEP_SECONDS)
        except TimeoutError:
            return

    def _look(self) -> list[_Due]:
        """Move what runs, and find the boards that are behind; in the thread that writes."""
        now, version = self._clock.now(), self._database.version()
        if version != self._version:
            self._version = version
            self._wake()
        self._announcements.runs.start_due(now)
        self._announcements.advancing.advance(now)
        if self._dropped is None or now - self._dropped >= DROPPED_EVERY:
            self._dropped = now
            self._announcements.advancing.drop_paused(now)
        db = self._database.read()
        due = []
        for board in boards.list_open(db):
            found = get(db, board.announcement)
            part, runs = self._announcements.notices.progress(db, found, now), found.state is State.RUNNING
            if boards.mark_of(part) == board.shown and found.state not in _ENDED:
                continue
            if not runs or now - board.shown_at >= SHOWN_EVERY:
                due.append(_Due(board=board, part=part, is_last=found.state in _ENDED))
        return due

    async def _show(self, due: _Due) -> None:
        """Edit one board; it is only for looking at, so that what goes wrong with it is left for the next step."""
        closed = due.is_last
        try:
            await self._edit(due)
        except (MessageGoneError, SubscriberGoneError, RefusedTextError, ChatMovedError) as error:
            logger.info("board %s cannot be shown: %s", due.board.delivery, type(error).__name__)
            closed = True
        except SendError:
            return
        except asyncio.CancelledError:
            if self._stop.is_set():
                return
            raise
        await self._write(self._note, due, closed)

    async def _edit(self, due: _Due) -> None:
        """Telegram may have asked for a long silence: ``stop`` gives this up."""
        chat_id = self._identities.open(due.board.chat_cipher)
        call = self._sender.edit(chat_id, due.board.message_id, due.part, _at_once)
        self._showing = asyncio.ensure_future(call)
        try:
            await self._showing
        finally:
            self._showing.cancel()

    def _note(self, due: _Due, closed: bool) -> None:
        with self._database.write() as db:
            boards.note_shown(db, due.board, due.part, self._clock.now(), closed=closed)

    async def _write(self, act: Callable[..., T], *values: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._writer, partial(act, *values))


async def _at_once() -> None:
    """Nothing to record before the call."""
