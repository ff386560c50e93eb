"""Builds and joins everything, once, and serves until told to stop."""

import asyncio
import logging
import signal
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes, Defaults, ExtBot

from bot.context import BotContext, Deps, SentAnswers
from bot.conversation.recent import Recent
from bot.conversation.talk import Conversation
from bot.errors import StoppedByTelegramError
from bot.flood import Flood
from bot.handlers import all_handlers, flooding
from bot.handlers.failure import failed
from bot.keeping import keep
from bot.operation.health import Watch
from bot.operation.relearning import Relearning, learning_environment
from bot.outgoing import Outgoing, Stores
from bot.pictures.studio import Studio
from bot.processor import PerChatProcessor
from bot.ratelimit import Lanes
from bot.registration import StaffMenus, register
from bot.requests import WatchedRequest
from bot.settings import Settings
from bot.staffing import BotName, desk
from knowledge.errors import KnowledgeError
from knowledge.service import Knowledge
from scheduler.members import Members
from scheduler.ports import Begin

logger = logging.getLogger(__name__)

App = Application[ExtBot[Begin], BotContext, dict[Any, Any], dict[Any, Any], dict[str, Deps], None]

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
_AT_ONCE = 64
_LONGEST_PAUSE = 30
_STOP_SECONDS = 6.0  # of the ten a service manager gives: calls under way may still be answered


def serve(settings: Settings, knowledge: Knowledge) -> None:
    """Serve Telegram until SIGINT or SIGTERM.

    Raises:
        StoppedByTelegramError: The token is refused, or another program serves this bot.
        SchedulerError: The key that opens the chat ids cannot be had.
    """
    with ready_to_serve(settings, knowledge, lambda: datetime.now(UTC)) as service:
        asyncio.run(service.run())


@contextmanager
def ready_to_serve(settings: Settings, knowledge: Knowledge, now: Callable[[], datetime]) -> Iterator["Service"]:
    """Everything joined, ready to run; it blocks while it opens the base.

    Raises:
        SchedulerError: The key that opens the chat ids cannot be had.
    """
    stores = Stores.open(settings)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer") as writer:
        yield Service(settings, join(settings, knowledge, stores, writer, now), stores)


def join(
    settings: Settings, knowledge: Knowledge, stores: Stores, writer: Executor, now: Callable[[], datetime]
) -> Deps:
    """Everything handlers use, on one base; the first members of staff are added to it.

    Args:
        writer: The one thread that writes to the base.
        now: The clock, aware.
    """
    kept, recent, name = (
        keep(stores.database, stores.subscribers, stores.identities),
        Recent(stores.database),
        BotName(),
    )
    recent.read(now())
    Members(stores.database, stores.identities).seed(settings.staff, now())
    staff = desk(stores.database, stores.identities, settings.timezone, knowledge, name)
    return Deps(
        conversation=Conversation(knowledge, settings.identity, settings.timezone, kept, recent, staff),
        knowledge=knowledge,
        writer=writer,
        now=now,
        answers=SentAnswers(),
        kept=kept,
        recent=recent,
        flood=Flood(),
        desk=staff,
        name=name,
        studio=Studio(settings.pictures),
    )


def build(settings: Settings, deps: Deps, on_stop: Callable[[int], None]) -> App:
    """The application, ready to be initialised."""
    application = (
        ApplicationBuilder()
        .token(settings.token)
        .base_url(settings.api_url)
        .base_file_url(settings.file_url)
        .request(WatchedRequest(on_stop, connections=_AT_ONCE * 2, proxied=not settings.is_near))
        .get_updates_request(WatchedRequest(on_stop, connections=1, proxied=not settings.is_near))
        .defaults(Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .context_types(ContextTypes(context=BotContext))
        .concurrent_updates(PerChatProcessor(_AT_ONCE))
        .rate_limiter(Lanes(settings.bulk_rate))
        .job_queue(None)
        .build()
    )
    application.bot_data["deps"] = deps
    application.add_handlers(flooding.handlers(), group=flooding.GROUP)
    application.add_handlers(all_handlers())
    application.add_error_handler(failed)
    return application


class Service:
    """One run of the application, from the first call to the last."""

    def __init__(self, settings: Settings, deps: Deps, stores: Stores) -> None:
        self._settings = settings
        self._deps = deps
        self._stop = asyncio.Event()
        self._refused: int | None = None
        self._watch = Watch(settings.database)
        self._relearning = Relearning(deps.knowledge, settings.timezone, learning_environment(settings))
        self._application = build(settings, deps, self._on_refused)
        self._menus = StaffMenus(self._application.bot)
        self._outgoing = Outgoing(
            settings,
            stores,
            self._application.bot,
            catalogue=lambda: deps.knowledge.catalogue,
            writer=deps.writer,
            now=deps.now,
            on_stop=self._on_refused,
        )

    async def run(self) -> None:
        """Serve until ``stop``, SIGINT or SIGTERM.

        Raises:
            StoppedByTelegramError: The token is refused, or another program serves this bot.
        """
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, self._stop.set)
        try:
            await self._reach()
            if not self._stop.is_set():
                await self._serve()
        except InvalidToken:
            # The watched requests have noted which answer it was.
            logger.debug("token refused")
        finally:
            await self._application.shutdown()
        if self._refused is not None:
            await self._outgoing.record_stop(self._refused)
            raise StoppedByTelegramError(self._refused)

    def stop(self) -> None:
        """Take no more updates, finish those in hand, and end."""
        self._stop.set()

    async def tick(self) -> None:
        """Look at once for what is due and what is new, without waiting for the next time."""
        await self._outgoing.tick()
        await self._tick()

    def _on_refused(self, code: int) -> None:
        self._refused = code
        self._stop.set()

    async def _reach(self) -> None:
        """Initialise; wait for a server that cannot be reached yet."""
        pause = 1
        while not self._stop.is_set():
            try:
                await self._application.initialize()
                self._deps.name.value = self._application.bot.username
                return
            except NetworkError as error:
                if isinstance(error, BadRequest):
                    raise
                logger.warning("Telegram cannot be reached (%s); trying again in %s s", type(error).__name__, pause)
                await self._pause(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stop.wait(), seconds)
        except TimeoutError:
            return

    async def _serve(self) -> None:
        application, settings = self._application, self._settings
        note = settings.database.with_name(f"{settings.database.name}.registered")
        await register(application.bot, settings.operator or "", note)
        await self._menus.show(self._deps.desk.team)
        await application.start()
        try:
            await self._receive()
            self._outgoing.start()
            logger.info("serving as bot %s", application.bot.id)
            while not self._stop.is_set():
                await self._pause(settings.tick_seconds)
                await self._tick()
        finally:
            await self._leave()

    async def _tick(self) -> None:
        """What is done now and then: forget old threads, pick up what another process wrote to the base."""
        self._deps.conversation.forget(self._deps.now())
        self._deps.answers.forget(self._deps.now())
        self._deps.flood.forget(self._deps.now())
        await self._deps.studio.rest()
        try:
            await self._write_tally()
            if await asyncio.to_thread(self._deps.knowledge.refresh):
                logger.info("the knowledge base was read again")
            await asyncio.to_thread(self._deps.recent.read, self._deps.now())
            await asyncio.to_thread(self._deps.desk.refresh)
            await self._menus.show(self._deps.desk.team)
            await asyncio.to_thread(self._watch.look, self._deps.now())
            await self._relearning.look(self._deps.now())
        except (KnowledgeError, sqlite3.Error) as error:
            logger.warning("the knowledge base cannot be read again for now: %s", type(error).__name__)

    async def _write_tally(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._deps.writer, self._deps.knowledge.tally.write)

    async def _receive(self) -> None:
        updater, webhook = self._application.updater, self._settings.webhook
        if updater is None:
            raise RuntimeError("built without an updater")
        if webhook is None:
            await updater.start_polling(allowed_updates=ALLOWED_UPDATES, error_callback=_polling_failed)
            return
        await updater.start_webhook(
            listen=webhook.host,
            port=webhook.port,
            url_path=urlsplit(webhook.url).path.lstrip("/"),
            webhook_url=webhook.url,
            secret_token=webhook.secret,
            allowed_updates=ALLOWED_UPDATES,
        )

    async def _leave(self) -> None:
        """Take no more updates and begin no more deliveries; finish those in hand."""
        await asyncio.gather(
            self._outgoing.stop(_STOP_SECONDS),
            self._leave_updates(),
            self._deps.studio.close(),
            self._relearning.stop(),
        )
        try:
            await self._write_tally()
        except KnowledgeError as error:
            logger.warning("the last counts were not written: %s", type(error).__name__)

    async def _leave_updates(self) -> None:
        updater = self._application.updater
        if updater is not None and updater.running:
            try:
                await updater.stop()
            except TelegramError as error:
                logger.debug("polling ended with %s", type(error).__name__)
        await self._application.stop()


def _polling_failed(error: TelegramError) -> None:
    logger.warning("no updates for now: %s", type(error).__name__)
