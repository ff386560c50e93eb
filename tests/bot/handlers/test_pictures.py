"""Pictures on Telegram, and their words where they cannot be shown."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.app import App
from bot.composer import FrenchComposer
from bot.context import Deps
from bot.localapi import LocalBotApi, Person
from bot.localapi.faults import FaultKind
from bot.localapi.messages import Message
from bot.localapi.pictures import picture_size
from bot.sender import TelegramSender
from bot.settings import Settings
from knowledge import updating
from knowledge.database import Database
from knowledge.models import Origin, Status
from knowledge.service import Knowledge
from knowledge.store import load_catalogue
from scheduler.bodies import part_of
from scheduler.composing import Composing
from scheduler.ticking import Ticking
from tests.bot.conftest import NOW, PARIS
from tests.bot.handlers.conftest import dependencies, served, settings_on

SLOW = 20.0


@pytest.fixture
def settings(api: LocalBotApi, base: Database) -> Settings:
    return settings_on(api, base.path)


@pytest.fixture
async def deps(settings: Settings, knowledge: Knowledge) -> AsyncIterator[Deps]:
    with ThreadPoolExecutor(max_workers=1) as writer:
        yield dependencies(settings, knowledge, writer, lambda: NOW)


@pytest.fixture
async def application(api: LocalBotApi, settings: Settings, deps: Deps) -> AsyncIterator[App]:
    async with served(api, settings, deps) as application:
        yield application


def is_picture(message: Message) -> bool:
    return message.media is not None and message.media.kind == "photo"


def uploads(api: LocalBotApi) -> list[bool]:
    """Of each picture sent: whether its bytes went along."""
    return [bool(answered.call.uploads) for answered in api.calls("sendPhoto")]


async def test_the_report_comes_as_a_picture_then_in_words(api: LocalBotApi, claire: Person) -> None:
    await claire.types("/bilan")
    picture, words = await claire.reads(SLOW), await claire.reads()
    assert picture.media is not None and picture.media.file is not None
    assert picture_size(picture.media.file.content)[0] == 1080
    assert "29 engagements réalisés, 59 en cours et 14 à ouvrir" in picture.text
    assert not is_picture(words) and "Par orientation" in words.text
    assert "Frise des délibérations et des étapes" in words.labels
    assert claire.actions == ("upload_photo",)


async def test_a_picture_is_uploaded_once_for_everybody(api: LocalBotApi, claire: Person) -> None:
    await claire.types("/bilan")
    first = await claire.reads(SLOW)
    second = await api.person("Paul").asks("/bilan")
    assert uploads(api) == [True, False] and second.media == first.media


async def test_a_name_that_telegram_has_forgotten_is_uploaded_again(
    api: LocalBotApi, claire: Person, deps: Deps, application: App, base: Database
) -> None:
    await claire.asks("/bilan", within=SLOW)
    await api.settled()
    (drawn,) = (base.path.parent / "pictures").glob("*.png")
    deps.studio.sent.remember(application.bot.id, drawn.stem, "forgotten")
    assert is_picture(await claire.asks("/bilan"))
    await api.settled()
    assert uploads(api) == [True, False, True]
    assert deps.studio.sent.find(application.bot.id, drawn.stem) not in (None, "forgotten")


async def test_the_timeline_is_a_press_away_and_told_date_by_date(api: LocalBotApi, claire: Person) -> None:
    menu = await claire.asks("/deliberations")
    await claire.presses(menu, "Frise")
    picture = await claire.reads(SLOW)
    words = await claire.reads()
    assert is_picture(picture) and "– 2021 : 7 délibérations" in picture.text.replace("\u00a0", " ")
    assert words.text.startswith("Date par date")


@pytest.mark.parametrize("data", ["m:bilan", "m:bilan:1"])
async def test_a_menu_is_followed_by_the_picture_and_stays(api: LocalBotApi, claire: Person, data: str) -> None:
    menu = await claire.asks("/start")
    await claire.forges(menu, data)
    assert is_picture(await claire.reads(SLOW)) and "Par orientation" in (await claire.reads()).text
    assert menu.earlier == []


async def test_a_press_under_a_picture_writes_a_new_message(api: LocalBotApi, claire: Person) -> None:
    picture = await claire.asks("/bilan", within=SLOW)
    await claire.reads()
    await claire.forges(picture, "o:o3:1")
    assert (await claire.reads()).text.startswith("Orientation 3")
    assert picture.earlier == []


async def test_a_question_edited_into_a_picture_or_back_is_answered_anew(api: LocalBotApi, claire: Person) -> None:
    question = await claire.types("/bilan")
    assert is_picture(await claire.reads(SLOW))
    await claire.reads()
    await claire.edits(question, "merci")
    assert "Avec plaisir" in (await claire.reads()).text


async def test_without_a_picture_its_words_are_sent_alone(api: LocalBotApi, claire: Person, deps: Deps) -> None:
    await deps.studio.close()
    words = await claire.asks("/bilan")
    assert not is_picture(words) and "29 engagements réalisés" in words.text
    assert "Par orientation" in (await claire.reads()).text
    assert all("erreur" not in answer.text for answer in claire.answers)


async def test_a_picture_that_is_refused_is_told_in_words(api: LocalBotApi, claire: Person) -> None:
    api.faults.methods = frozenset({"sendphoto"})
    api.faults.next(FaultKind.CANNOT_PARSE)
    words = await claire.asks("/bilan", within=SLOW)
    assert not is_picture(words) and "29 engagements réalisés" in words.text


async def test_a_picture_that_may_have_arrived_is_not_told_twice(api: LocalBotApi, claire: Person) -> None:
    api.faults.methods = frozenset({"sendphoto"})
    api.faults.next(FaultKind.SERVER_ERROR_AFTER)
    await claire.asks("/bilan", within=SLOW)
    await claire.reads()
    await api.settled()
    assert [is_picture(answer) for answer in claire.answers] == [True, False]


async def test_a_digest_is_drawn_when_it_is_asked_for(
    api: LocalBotApi, claire: Person, base: Database, deps: Deps, application: App
) -> None:
    await claire.asks("/suivre p11 semaine")
    digest = await _digest(base, claire, application)
    await claire.presses(digest, "Voir en image")
    picture = await claire.reads(SLOW)
    assert is_picture(picture) and "statut : en cours → réalisé" in picture.text.replace("\u00a0", " ")
    paul = api.person("Paul")
    await paul.asks("/suivre p11")
    data = digest.button("Voir en image").callback_data
    for forged in (data, "i:999", "i:x", "i:", "i:" + "9" * 40):
        await paul.forges(paul.last, forged or "")
        assert "Je ne peux plus dessiner ce résumé" in (await paul.reads()).text


async def _digest(base: Database, claire: Person, application: App) -> Message:
    """Let a week pass in which a status is set; the digest as it is delivered."""
    with base.write() as db:
        updating.set_status(db, "p11", Status.REALISE, NOW + timedelta(hours=1), source=Origin.STAFF)
    later, catalogue = NOW + timedelta(days=7), load_catalogue(base)
    Ticking(base, PARIS).tick(later)
    assert Composing(base, FrenchComposer(lambda: catalogue), PARIS).compose(later) == 1
    (body,) = (row["body"] for row in base.read().query("SELECT body FROM outbox"))
    await TelegramSender(application.bot).send(claire.id, part_of(body), _begin)
    claire.skip()
    return claire.last


async def _begin() -> None:
    return None
