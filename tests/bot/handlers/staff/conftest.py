"""A team on Telegram: Anne leads it, Valérie approves, Bruno writes, Zoé is a resident."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from bot.app import App
from bot.context import Deps
from bot.localapi import LocalBotApi, Person
from bot.localapi.messages import Message
from bot.outgoing import Stores
from bot.settings import Settings
from knowledge.database import Database
from knowledge.service import Knowledge
from scheduler.members import Members
from tests.bot.conftest import NOW
from tests.bot.handlers.conftest import dependencies, served, settings_on


class Hands:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def anne(api: LocalBotApi) -> Person:
    return api.person("Anne")


@pytest.fixture
def valerie(api: LocalBotApi) -> Person:
    return api.person("Valérie")


@pytest.fixture
def bruno(api: LocalBotApi) -> Person:
    return api.person("Bruno")


@pytest.fixture
def zoe(api: LocalBotApi) -> Person:
    return api.person("Zoé")


@pytest.fixture
def settings(api: LocalBotApi, base: Database, anne: Person, valerie: Person, bruno: Person) -> Settings:
    team = f"{anne.id}:admin, {valerie.id}:approver, {bruno.id}:editor"
    return settings_on(api, base.path, BOT_STAFF=team)


@pytest.fixture
async def deps(settings: Settings, knowledge: Knowledge, clock: Hands) -> AsyncIterator[Deps]:
    with ThreadPoolExecutor(max_workers=1) as writer:
        deps = dependencies(settings, knowledge, writer, clock)
        deps.name.value = "essai_bot"
        yield deps


@pytest.fixture
async def application(api: LocalBotApi, settings: Settings, deps: Deps) -> AsyncIterator[App]:
    async with served(api, settings, deps) as application:
        yield application


@pytest.fixture
def members(settings: Settings, deps: Deps) -> Members:
    stores = Stores.open(settings)
    return Members(stores.database, stores.identities)


def said(message: Message) -> str:
    """Its words, with ordinary spaces."""
    return message.text.replace("\u00a0", " ")


async def presses(api: LocalBotApi, person: Person, message: Message, label: str) -> Message:
    """Press a button; the bot's latest message then, new or edited.

    Raises:
        AssertionError: The bot answered with a box to close.
    """
    await person.presses(message, label)
    await api.settled()
    toast = person.toasts[-1]
    assert not toast.text, toast.text
    return person.last


async def forges(api: LocalBotApi, person: Person, message: Message, data: str) -> str:
    """Press a button that was not shown; what the box says."""
    await person.forges(message, data)
    await api.settled()
    return person.toasts[-1].text.replace("\u00a0", " ")
