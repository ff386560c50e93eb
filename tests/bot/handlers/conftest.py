"""The whole application, served by long polling from the local Bot API server."""

from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest

from bot.app import ALLOWED_UPDATES, App, build, join
from bot.context import Deps
from bot.localapi import LocalBotApi, Person
from bot.outgoing import Stores
from bot.settings import Settings
from knowledge.service import Knowledge
from tests.bot.conftest import NOW


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
async def api() -> AsyncIterator[LocalBotApi]:
    async with LocalBotApi() as server:
        yield server


def settings_on(api: LocalBotApi, database: Path, **more: str) -> Settings:
    """Those of a bot that serves this base from this server."""
    env = {
        "BOT_TOKEN": api.token,
        "BOT_OPERATOR": "Association X",
        "BOT_CONTACT": "x@example.org",
        "BOT_API_URL": api.base_url,
        "BOT_DATABASE": str(database),
        "BOT_KEY_FILE": str(database.parent / "keys" / "bot.key"),
    }
    return Settings.from_env(env | more, serving=True)


@pytest.fixture
def settings(api: LocalBotApi, database: Path) -> Settings:
    return settings_on(api, database)


def dependencies(settings: Settings, knowledge: Knowledge, writer: Executor, now: Callable[[], datetime]) -> Deps:
    return join(settings, knowledge, Stores.open(settings), writer, now)


@asynccontextmanager
async def served(api: LocalBotApi, settings: Settings, deps: Deps) -> AsyncIterator[App]:
    stops: list[int] = []
    application = build(settings, deps, stops.append)
    async with application:
        assert application.updater is not None
        await application.start()
        await application.updater.start_polling(allowed_updates=ALLOWED_UPDATES)
        api.watch(application.update_queue.join)
        yield application
        await application.updater.stop()
        await application.stop()
    await deps.studio.close()
    assert stops == []


@pytest.fixture
async def application(api: LocalBotApi, settings: Settings, knowledge: Knowledge) -> AsyncIterator[App]:
    with ThreadPoolExecutor(max_workers=1) as writer:
        async with served(api, settings, dependencies(settings, knowledge, writer, lambda: NOW)) as application:
            yield application


@pytest.fixture
def claire(api: LocalBotApi, application: App) -> Person:
    return api.person("Claire")
