"""Following on Telegram: private chats, groups, blocks, floods."""

import json
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.app import App
from bot.context import Deps
from bot.flood import MOST_A_MINUTE
from bot.localapi import LocalBotApi, Person
from bot.localapi.chats import MemberStatus
from bot.localapi.membership import change_of_bot
from bot.localapi.messages import Content
from bot.replies import Caller
from bot.settings import Settings
from knowledge.database import Database
from knowledge.service import Knowledge
from tests.bot.conftest import NOW
from tests.bot.handlers.conftest import dependencies, served, settings_on


@pytest.fixture
def settings(api: LocalBotApi, base: Database) -> Settings:
    return settings_on(api, base.path)


@pytest.fixture
async def deps(api: LocalBotApi, settings: Settings, knowledge: Knowledge) -> AsyncIterator[Deps]:
    with ThreadPoolExecutor(max_workers=1) as writer:
        yield dependencies(settings, knowledge, writer, lambda: NOW)


@pytest.fixture
async def application(api: LocalBotApi, settings: Settings, deps: Deps) -> AsyncIterator[App]:
    async with served(api, settings, deps) as application:
        yield application


def followed(deps: Deps, chat: int, *, group: bool = False) -> list[str]:
    return [each.target.name or each.target.kind for each in deps.kept.list_of(Caller(chat=chat, group=group))]


async def test_following_from_a_card_and_stopping(api: LocalBotApi, claire: Person, deps: Deps) -> None:
    card = await claire.asks("/start p07")
    await claire.presses(card, "Suivre")
    confirmed = await claire.reads()
    assert "vous suivez" in confirmed.text and followed(deps, claire.id) == ["p07"]
    await claire.presses(confirmed, "Ne plus suivre")
    assert "vous ne suivez plus" in (await claire.reads()).text and followed(deps, claire.id) == []


async def test_a_link_opens_the_card_and_offers_to_follow(claire: Person, deps: Deps) -> None:
    await claire.opens("suivre-p07")
    assert "logements abordables" in (await claire.reads()).text
    offer = await claire.reads()
    assert offer.text.startswith("Suivre «") and followed(deps, claire.id) == []
    await claire.presses(offer, "Chaque jour")
    assert "chaque jour à 9" in (await claire.reads()).text and followed(deps, claire.id) == ["p07"]


async def test_a_button_pressed_after_the_end_answers_with_a_toast(api: LocalBotApi, claire: Person) -> None:
    confirmed = await claire.asks("/suivre p07")
    await claire.presses(confirmed, "Ne plus suivre")
    await claire.reads()
    await claire.presses(confirmed, "Ne plus suivre")
    await api.settled()
    assert claire.toasts[-1].is_alert and "déjà terminé" in claire.toasts[-1].text


async def test_two_taps_at_once_make_one_subscription(api: LocalBotApi, claire: Person, deps: Deps) -> None:
    card = await claire.asks("/start p07")
    await claire.presses(card, "Suivre")
    await claire.presses(card, "Suivre")
    await api.settled()
    assert followed(deps, claire.id) == ["p07"]
    assert ["C'est noté" in answer.text for answer in claire.answers[-2:]] == [True, False]


async def test_my_data_comes_as_a_file(api: LocalBotApi, claire: Person) -> None:
    await claire.asks("/suivre p07")
    sent = await claire.asks("/mesdonnees")
    assert sent.media is not None and "tout ce que je garde" in sent.text
    upload = api.calls("sendDocument")[-1].call.uploads["document"]
    assert upload.filename == "mes-donnees.json"
    held = json.loads(upload.content)
    assert [each["target"] for each in held["subscriptions"]] == ["p07"]
    assert str(claire.id) not in upload.content.decode()


async def test_erasing_asks_once(api: LocalBotApi, claire: Person, deps: Deps) -> None:
    await claire.asks("/suivre p07")
    asked = await claire.asks("/supprimer")
    await claire.presses(asked, "Annuler")
    assert "Rien n'a été effacé" in (await claire.reads()).text and followed(deps, claire.id) == ["p07"]
    await claire.presses(asked, "Confirmer")
    assert "C'est effacé" in (await claire.reads()).text
    assert deps.kept.find(Caller(chat=claire.id)) is None


async def test_settings_are_edited_in_place(api: LocalBotApi, claire: Person) -> None:
    await claire.asks("/suivre p07")
    listed = await claire.asks("/abonnements")
    await claire.presses(listed, "La construction")
    await api.settled()
    assert "Votre abonnement" in listed.text
    await claire.presses(listed, "Seulement quand c'est réalisé")
    await api.settled()
    assert "Seulement quand c'est réalisé." in listed.text


async def test_who_blocks_the_bot_is_left_alone_and_finds_everything_again(
    api: LocalBotApi, claire: Person, deps: Deps
) -> None:
    await claire.asks("/suivre p07")
    await claire.blocks()
    await api.settled()
    assert deps.kept.find(Caller(chat=claire.id)) is None
    await claire.unblocks()
    await api.settled()
    assert followed(deps, claire.id) == ["p07"]


async def test_in_a_group_only_administrators_follow_stop_or_erase(
    api: LocalBotApi, claire: Person, deps: Deps
) -> None:
    paul = api.person("Paul")
    group = api.group(members=[paul], administrators=[claire])
    for text in ("/suivre p07", "/arreter tout", "/supprimer", "/pause", "/mesdonnees"):
        await paul.types(text, where=group)
        assert "seuls ses administrateurs" in (await group.reads()).text
    await paul.types("/start p07", where=group)
    card = await group.reads()
    await paul.presses(card, "Suivre")
    assert "seuls ses administrateurs" in (await group.reads()).text
    assert followed(deps, group.id) == []
    await claire.types("/suivre p07", where=group)
    assert "vous suivez" in (await group.reads()).text
    assert followed(deps, group.id, group=True) == ["p07"]
    await paul.types("/abonnements", where=group)
    assert "La construction de logements" in (await group.reads()).text


async def test_a_group_that_changes_its_id_is_followed(api: LocalBotApi, claire: Person, deps: Deps) -> None:
    group = api.group(administrators=[claire], type="group")
    await claire.types("/suivre p07", where=group)
    await group.reads()
    new = api.group(administrators=[claire])
    moved = api.world.post(group.chat, claire.user, Content(), service={"migrate_to_chat_id": new.id})
    api.world.updates.add("message", moved.wire())
    await api.settled()
    assert followed(deps, group.id, group=True) == [] and followed(deps, new.id, group=True) == ["p07"]


async def test_a_group_that_sends_the_bot_away_is_left_alone(api: LocalBotApi, claire: Person, deps: Deps) -> None:
    group = api.group(administrators=[claire])
    await claire.types("/suivre p07", where=group)
    await group.reads()
    change_of_bot(api.world, group.chat, claire.user, MemberStatus.KICKED)
    await api.settled()
    assert deps.kept.find(Caller(chat=group.id, group=True)) is None


async def test_a_flood_gets_one_kind_sentence_then_silence(api: LocalBotApi, claire: Person) -> None:
    paul = api.person("Paul")
    for _ in range(MOST_A_MINUTE + 5):
        await claire.types("merci")
    await api.settled(within=20)
    assert len(claire.answers) == MOST_A_MINUTE + 1
    assert "plus vite que je ne peux lire" in claire.last.text
    assert "Avec plaisir" in (await paul.asks("merci")).text
