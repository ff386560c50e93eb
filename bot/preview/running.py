"""Joins the page, the local Bot API server and the application in one process, on a base that is thrown away."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import Service, ready_to_serve
from bot.errors import PortError
from bot.localapi import LocalBotApi
from bot.preview.acts import Acts
from bot.preview.addresses import addresses
from bot.preview.cast import CAST, Player, staff
from bot.preview.clock import PreviewClock
from bot.preview.guard import Guard
from bot.preview.screen import Screen
from bot.settings import Settings
from bot.texts import preview as texts
from knowledge.authors import OPERATOR
from knowledge.database import Database
from knowledge.models import Deliberation, Origin
from knowledge.service import Knowledge
from knowledge.updating import add_deliberation

_KEPT = ("BOT_LOG_LEVEL", "BOT_SITE_URL", "BOT_TIMEZONE")
_TICK_SECONDS = "1"  # whoever tries it does not wait half a minute
_FIRST_ANSWERS_SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A preview that is open.

    Attributes:
        key: Of this run; the page has it.
        running: Ends when somebody stops the application.
    """

    address: str
    key: str
    api: LocalBotApi
    clock: PreviewClock
    running: asyncio.Task[None]


@asynccontextmanager
async def opened(
    settings: Settings,
    env: Mapping[str, str],
    *,
    port: int,
    say: Callable[[str], None] = lambda line: None,
    real: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> AsyncIterator[Preview]:
    """Open a preview that lasts as long as the block.

    Args:
        settings: Of the installation: where the index is kept, and the time zone. Its base is left alone.
        env: Where further settings of the bot come from.
        port: Of the page; 0 for any free one.
        say: Told a line when something takes long.
        real: The time that passes.

    Raises:
        PortError: The port is taken.
        KnowledgeError, SchedulerError, SettingsError: The application cannot be joined.
    """
    clock = PreviewClock(real, settings.timezone)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="droit-de-suite-")))
        try:
            local = LocalBotApi(first_name="Droit de suite", port=port, clock=clock.seconds)
            api = await stack.enter_async_context(local)
        except OSError as error:
            raise PortError(port, os.strerror(error.errno or 0)) from error
        own = Settings.from_env(_own(env, api, folder), serving=True)
        _share_index(settings.database.parent / "index", own.database.parent / "index")
        knowledge = await asyncio.to_thread(Knowledge.open, own.database, clock.now(), say, key_file=own.key_file)
        stack.callback(knowledge.close)
        # Nobody is served yet: opening the base may hold the loop.
        service = stack.enter_context(ready_to_serve(own, knowledge, clock.now))
        yield await stack.enter_async_context(_served(api, service, clock, knowledge, own))


@asynccontextmanager
async def _served(
    api: LocalBotApi, service: Service, clock: PreviewClock, knowledge: Knowledge, settings: Settings
) -> AsyncIterator[Preview]:
    players = {each.id: Player(figure=each, person=api.person(each.name, id=each.id)) for each in CAST}
    titles = ((each.id, each.title) for each in knowledge.catalogue.commitments)
    screen = Screen(api, tuple(players.values()), clock, titles)
    inventing = _Inventing(Database(settings.database, settings.key_file), clock)
    acts = Acts(players, clock, tick=service.tick, invent=inventing)
    guard = Guard(port=api.port, key=secrets.token_urlsafe(24))
    api.serve_too(addresses(guard, screen, acts, players, api.world))
    # Before the application starts: it sets a menu only for those of the staff whom the bot has met.
    for player in players.values():
        for text in player.figure.says:
            await player.person.types(text)
    running = asyncio.create_task(service.run())
    try:
        for player in players.values():
            await player.person.until(player.is_answered, within=_FIRST_ANSWERS_SECONDS)
        yield Preview(address=f"{api.root_url}/", key=guard.key, api=api, clock=clock, running=running)
    finally:
        service.stop()
        await running


class _Inventing:
    """Lets something change as another process would: a vote that never was, and that says so."""

    def __init__(self, database: Database, clock: PreviewClock) -> None:
        self._database = database
        self._clock = clock

    async def __call__(self, commitment: str) -> None:
        await asyncio.to_thread(self._record, commitment)

    def _record(self, commitment: str) -> None:
        now = self._clock.now()
        vote = Deliberation(date=now.date().isoformat(), label=texts.invented_vote(), source=Origin.STAFF)
        with self._database.write() as db:
            add_deliberation(db, commitment, vote, now, source=Origin.STAFF, by=OPERATOR)


def _own(env: Mapping[str, str], api: LocalBotApi, folder: Path) -> dict[str, str]:
    """The settings of a bot that nobody else sees."""
    kept = {name: env[name] for name in _KEPT if name in env}
    return kept | {
        "BOT_TOKEN": api.token,
        "BOT_API_URL": api.base_url,
        "BOT_DATABASE": str(folder / "preview.db"),
        "BOT_KEY_FILE": str(folder / "preview.key"),
        "BOT_OPERATOR": texts.OPERATOR,
        "BOT_CONTACT": texts.CONTACT,
        "BOT_STAFF": staff(),
        "BOT_TICK_SECONDS": _TICK_SECONDS,
    }


def _share_index(kept: Path, own: Path) -> None:
    """Learn the index once a checkout, whatever base it serves."""
    kept.mkdir(parents=True, exist_ok=True)
    own.symlink_to(kept.resolve(), target_is_directory=True)
