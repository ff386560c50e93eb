"""The server, python-telegram-bot's own Bot on it, and a way to run a whole Application."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, TypeAlias

import pytest
from telegram import Bot, Update
from telegram.ext import Application, ApplicationBuilder, BaseHandler
from telegram.request import HTTPXRequest

from bot.localapi import LocalBotApi, Person

AnyApplication: TypeAlias = Application[Any, Any, Any, Any, Any, Any]
Serve: TypeAlias = Callable[..., AbstractAsyncContextManager[AnyApplication]]


def request() -> HTTPXRequest:
    return HTTPXRequest(connection_pool_size=16, httpx_kwargs={"trust_env": False})


@pytest.fixture
async def api() -> AsyncIterator[LocalBotApi]:
    async with LocalBotApi() as server:
        yield server


@pytest.fixture
async def bot(api: LocalBotApi) -> AsyncIterator[Bot]:
    bot = Bot(
        api.token,
        base_url=api.base_url,
        base_file_url=api.base_file_url,
        request=request(),
        get_updates_request=request(),
    )
    async with bot:
        yield bot


@pytest.fixture
async def claire(api: LocalBotApi) -> Person:
    """Someone who has said hello."""
    person = api.person("Claire")
    await person.opens()
    api.world.updates.drop()
    return person


@pytest.fixture
def serve(api: LocalBotApi) -> Serve:
    """Run an Application with these handlers, by long polling, until the block ends."""

    @asynccontextmanager
    async def running(*handlers: BaseHandler[Update, Any, Any]) -> AsyncIterator[AnyApplication]:
        application = build(api)
        application.add_handlers(handlers)
        async with application:
            assert application.updater is not None
            await application.start()
            await application.updater.start_polling(allowed_updates=Update.ALL_TYPES)
            api.watch(application.update_queue.join)
            yield application
            await application.updater.stop()
            await application.stop()

    return running


def build(api: LocalBotApi) -> AnyApplication:
    builder = ApplicationBuilder().token(api.token).base_url(api.base_url).base_file_url(api.base_file_url)
    return builder.request(request()).get_updates_request(request()).job_queue(None).build()
