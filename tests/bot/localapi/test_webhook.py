"""Webhook mode: updates are posted to the bot's address."""

import socket
from collections.abc import AsyncIterator

import pytest
from telegram import Bot, Update
from telegram.error import BadRequest, Conflict
from telegram.ext import ContextTypes, MessageHandler, filters

from bot.localapi import LocalBotApi, Person
from tests.bot.localapi.conftest import build


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text(f"reçu : {update.message.text}")


@pytest.fixture
async def listening(api: LocalBotApi, free_port: int) -> AsyncIterator[None]:
    """An Application behind a webhook with a secret."""
    application = build(api)
    application.add_handler(MessageHandler(filters.TEXT, echo))
    async with application:
        assert application.updater is not None
        await application.start()
        api.deliver_through(f"http://127.0.0.1:{free_port}")
        await application.updater.start_webhook(
            port=free_port,
            url_path="hook",
            webhook_url="https://bot.example.org/hook",
            secret_token="un-secret",
        )
        api.watch(application.update_queue.join)
        yield
        await application.updater.stop()
        await application.stop()


@pytest.mark.usefixtures("listening")
async def test_updates_are_posted_with_the_secret(api: LocalBotApi, bot: Bot) -> None:
    claire = api.person()
    await claire.types("un")
    await claire.types("deux")
    await api.settled()
    assert [message.text for message in claire.answers] == ["reçu : un", "reçu : deux"]
    assert (await bot.get_webhook_info()).url == "https://bot.example.org/hook"
    assert (await bot.get_webhook_info()).last_error_message is None


@pytest.mark.usefixtures("listening")
async def test_with_another_secret_nothing_is_accepted_and_the_update_waits(api: LocalBotApi, bot: Bot) -> None:
    claire = api.person()
    await bot.set_webhook("https://bot.example.org/hook", secret_token="un-autre")
    await claire.types("un")
    await claire.until(lambda: api.webhook_error or None)
    info = await bot.get_webhook_info()
    assert info.pending_update_count == 1
    assert info.last_error_message == "Wrong response from the webhook: 403 Request had the wrong secret token"
    await bot.set_webhook("https://bot.example.org/hook", secret_token="un-secret")
    await api.settled()
    assert claire.last.text == "reçu : un"


async def test_a_bot_that_does_not_listen_gets_its_updates_later(api: LocalBotApi, bot: Bot, free_port: int) -> None:
    claire = api.person()
    await bot.set_webhook(f"http://127.0.0.1:{free_port}/hook")
    await claire.types("un")
    await claire.until(lambda: api.webhook_error or None)
    assert "Connection failed" in ((await bot.get_webhook_info()).last_error_message or "")
    await bot.delete_webhook()
    assert len(await bot.get_updates()) == 1


async def test_nothing_leaves_this_machine(api: LocalBotApi, bot: Bot) -> None:
    claire = api.person()
    await bot.set_webhook("https://bot.example.org/hook")
    await claire.types("un")
    await claire.until(lambda: api.webhook_error or None)
    assert "127.0.0.1 only" in ((await bot.get_webhook_info()).last_error_message or "")


async def test_polling_and_a_webhook_exclude_each_other(api: LocalBotApi, bot: Bot, claire: Person) -> None:
    await bot.set_webhook("http://127.0.0.1:1/hook")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await claire.types("oublié")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()
    assert (await bot.get_webhook_info()).url == ""


@pytest.mark.parametrize(
    ("url", "secret", "why"),
    [
        ("http://bot.example.org/hook", "a", "An https url must be provided"),
        ("https://bot.example.org/hook", "é", "Secret token contains unallowed characters"),
    ],
)
async def test_a_wrong_webhook_is_refused(bot: Bot, url: str, secret: str, why: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){why}"):
        await bot.set_webhook(url, secret_token=secret)
