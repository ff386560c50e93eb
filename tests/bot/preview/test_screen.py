"""What the bot does by itself shows too: it writes, works, and takes messages away."""

from collections.abc import AsyncIterator

import httpx
import pytest

from bot.localapi import LocalBotApi
from bot.preview.cast import CAST, Player
from bot.preview.clock import Leap, PreviewClock
from bot.preview.screen import Screen, Watcher
from tests.bot.conftest import NOW, PARIS

ME = CAST[0]


@pytest.fixture
async def api() -> AsyncIterator[LocalBotApi]:
    async with LocalBotApi() as api:
        yield api


@pytest.fixture
async def me(api: LocalBotApi) -> Player:
    person = api.person(ME.name, id=ME.id)
    await person.opens()
    return Player(figure=ME, person=person)


@pytest.fixture
def clock() -> PreviewClock:
    return PreviewClock(lambda: NOW, PARIS)


@pytest.fixture
def screen(api: LocalBotApi, me: Player, clock: PreviewClock) -> Screen:
    return Screen(api, [me], clock, [("p07", "Des logements")])


async def does(api: LocalBotApi, method: str, **values: str) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        address = f"{api.base_url}{api.token}/{method}"
        assert (await http.post(address, data={"chat_id": str(ME.id), **values})).status_code == 200


async def test_each_change_shows_once(api: LocalBotApi, screen: Screen, clock: PreviewClock) -> None:
    watcher = Watcher(screen)
    assert [each["kind"] for each in watcher.news()] == ["opening", "clock", "description", "menu", "message"]
    assert watcher.news() == []
    await does(api, "sendMessage", text="Bonjour")
    await does(api, "sendChatAction", action="typing")
    written, doing = watcher.news()
    assert (written["id"], written["message"]["text"]) == (2, "Bonjour") and doing["kind"] == "doing"
    await does(api, "editMessageText", message_id="2", text="Bonsoir")
    assert [each["message"]["text"] for each in watcher.news()] == ["Bonsoir"]
    await does(api, "deleteMessage", message_id="2")
    assert [(each["id"], each["message"]) for each in watcher.news()] == [(2, None)]
    clock.move(Leap.DAY)
    assert watcher.news() == [{"kind": "clock", "ahead": 24 * 3600 * 1000}]


async def test_who_comes_back_sees_what_stands_and_nothing_that_has_passed(
    api: LocalBotApi, screen: Screen, me: Player
) -> None:
    await does(api, "sendChatAction", action="typing")
    press = await me.person.forges(me.person.messages[0], "m:accueil")
    await does(api, "answerCallbackQuery", callback_query_id=press.id, text="Fait")
    again = [each["kind"] for each in Watcher(screen).news()]
    assert again == ["opening", "clock", "description", "menu", "message"]


async def test_a_menu_of_ones_own_comes_before_that_of_all(api: LocalBotApi, screen: Screen) -> None:
    watcher = Watcher(screen)
    watcher.news()
    own = f'{{"type": "chat", "chat_id": {ME.id}}}'
    everyones = '[{"command": "start", "description": "Accueil"}]'
    await does(api, "setMyCommands", commands=everyones)
    assert [each["command"] for each in watcher.news()[0]["commands"]] == ["start"]
    await does(api, "setMyCommands", commands=everyones.replace("start", "agent"), scope=own)
    assert [each["command"] for each in watcher.news()[0]["commands"]] == ["agent"]
    await does(api, "deleteMyCommands", scope=own)
    assert [each["command"] for each in watcher.news()[0]["commands"]] == ["start"]
