"""What leaves by itself while the bot serves: its tables, its key, and the task that delivers."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from telegram.ext import ExtBot

from bot.announcements import announcements
from bot.composer import FrenchComposer
from bot.sender import TelegramSender
from bot.settings import Settings
from bot.texts.staff import weekly
from knowledge.catalogue import Catalogue
from knowledge.database import Database
from knowledge.errors import KnowledgeError
from scheduler.announcements.watching import Watching
from scheduler.composing import Composing
from scheduler.delivery import DeliveryService
from scheduler.identities import SealedIdentities, open_identities
from scheduler.jobs import Jobs
from scheduler.migrations import steps
from scheduler.outbox import Outbox
from scheduler.ports import Begin, Part
from scheduler.retention import Retention
from scheduler.stops import record_stop
from scheduler.subscribers import Subscribers
from scheduler.ticking import Ticking
from scheduler.weekly import WeeklyNote

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Now:
    """The clock of the scheduler, from a function."""

    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """What the scheduler keeps, opened once.

    Attributes:
        identities: Chat ids, sealed; what opens them stays with the delivery.
    """

    database: Database
    identities: SealedIdentities
    subscribers: Subscribers
    outbox: Outbox

    @classmethod
    def open(cls, settings: Settings) -> "Stores":
        """Bring the tables up to date and open the key, made on the first run.

        Raises:
            KnowledgeError: The database cannot be used, or its key is missing, is none, or is another one's.
        """
        database = Database(settings.database, settings.key_file)
        database.migrate(steps)
        identities = open_identities(database)
        return cls(
            database=database,
            identities=identities,
            subscribers=Subscribers(database, identities, settings.quiet),
            outbox=Outbox(database, settings.timezone),
        )


class Outgoing:
    """Finds what is due at each tick, purges at night, and delivers, from ``start`` to ``stop``.

    Args:
        catalogue: Gives the knowledge base as it is now.
        writer: The one thread that writes to the base.
        on_stop: Called with 401, 404 or 409 when Telegram refuses the whole program.
    """

    def __init__(
        self,
        settings: Settings,
        stores: Stores,
        bot: ExtBot[Begin],
        *,
        catalogue: Callable[[], Catalogue],
        writer: Executor,
        now: Callable[[], datetime],
        on_stop: Callable[[int], None],
    ) -> None:
        self._stores = stores
        self._writer = writer
        self._clock = Now(now)
        sender = TelegramSender(bot)
        self._service = DeliveryService(
            stores.outbox,
            stores.subscribers,
            sender,
            stores.identities,
            clock=self._clock,
            writer=writer,
            on_stop=on_stop,
        )
        self._jobs = Jobs(
            Ticking(stores.database, settings.timezone, weekly_note(stores.database, settings.timezone, catalogue)),
            Composing(stores.database, FrenchComposer(catalogue), settings.timezone),
            Retention(stores.database),
            clock=self._clock,
            writer=writer,
            wake=self._service.wake,
            tick_seconds=settings.tick_seconds,
            timezone=settings.timezone,
        )
        joined = announcements(stores.database, settings.timezone, catalogue)
        self._watching = Watching(
            joined,
            sender=sender,
            identities=stores.identities,
            clock=self._clock,
            writer=writer,
            wake=self._service.wake,
        )
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to deliver, and to look for what is due."""
        self._tasks = [asyncio.create_task(self._service.run()), asyncio.create_task(self._watching.run())]
        self._jobs.start()

    async def tick(self) -> None:
        """Look at once for what is due, without waiting for the next time."""
        await self._jobs.tick()

    async def stop(self, within: float) -> None:
        """End within these seconds, with everything recorded."""
        self._watching.stop()
        await asyncio.gather(self._service.stop(within), self._jobs.stop())
        await asyncio.gather(*self._tasks)

    async def record_stop(self, code: int) -> None:
        """Remember that Telegram stopped the program, for staff; the program stops all the same when it cannot."""
        loop, now = asyncio.get_running_loop(), self._clock.now()
        try:
            await loop.run_in_executor(self._writer, record_stop, self._stores.database, code, now)
        except KnowledgeError as error:
            logger.warning("the stop was not recorded: %s", type(error).__name__)


def weekly_note(database: Database, timezone: ZoneInfo, catalogue: Callable[[], Catalogue]) -> WeeklyNote:
    """The note to staff, in French."""
    return WeeklyNote(
        database, timezone, lambda facts: tuple(Part(text=text) for text in weekly.note(facts, catalogue()))
    )
