"""How updates reach a poller."""

import asyncio

import httpx
import pytest
from telegram import Bot, Update
from telegram.error import BadRequest, Conflict, InvalidToken, TimedOut

from bot.localapi import LocalBotApi, Person
from tests.bot.localapi.conftest import request


async def test_a_poll_is_answered_at_once_when_something_waits(bot: Bot, claire: Person) -> None:
    await claire.types("un")
    await claire.types("deux")
    updates = await bot.get_updates(timeout=30)
    assert [update.effective_message.text for update in updates if update.effective_message] == ["un", "deux"]
    assert updates[1].update_id == updates[0].update_id + 1


async def test_a_poll_is_held_until_something_happens_while_other_calls_go_on(bot: Bot, claire: Person) -> None:
    async with asyncio.TaskGroup() as tasks:
        poll = tasks.create_task(bot.get_updates(timeout=30))
        await bot.send_message(claire.id, "entre-temps")
        assert not poll.done()
        await claire.types("enfin")
    assert [update.message.text for update in poll.result() if update.message] == ["enfin"]


async def test_a_poll_without_hold_returns_at_once(bot: Bot, claire: Person) -> None:
    assert await bot.get_updates(timeout=0) == ()


async def test_an_offset_confirms_and_what_is_not_confirmed_comes_again(
    api: LocalBotApi, bot: Bot, claire: Person
) -> None:
    for text in ("un", "deux", "trois"):
        await claire.types(text)
    first = await bot.get_updates(limit=1)
    assert await bot.get_updates(limit=1) == first
    rest = await bot.get_updates(offset=first[0].update_id + 1)
    assert len(rest) == 2
    assert api.world.updates.pending == 2
    assert await bot.get_updates(offset=-1) == rest[1:]
    assert api.world.updates.pending == 1


async def test_only_the_allowed_kinds_come(bot: Bot, claire: Person) -> None:
    await bot.get_updates(timeout=0, allowed_updates=[Update.MY_CHAT_MEMBER])
    await claire.types("non")
    await claire.blocks()
    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"
    assert (await bot.get_webhook_info()).allowed_updates == ("my_chat_member",)


async def test_a_second_poller_ends_the_first_ones_poll(api: LocalBotApi, bot: Bot, claire: Person) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await api.world.bell.next()
    async with Bot(api.token, api.base_url, request=request(), get_updates_request=request()) as other:
        assert await other.get_updates(timeout=0) == ()
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await poll


async def test_a_held_poll_is_released_when_the_server_stops() -> None:
    async with LocalBotApi() as api:
        bot = Bot(api.token, api.base_url, request=request(), get_updates_request=request())
        await bot.initialize()
        poll = asyncio.create_task(bot.get_updates(timeout=30))
        await api.world.bell.next()
    assert await poll == ()
    await bot.shutdown()


async def test_a_poller_that_hangs_up_loses_nothing(api: LocalBotApi, bot: Bot, claire: Person) -> None:
    with pytest.raises(TimedOut):
        await bot.get_updates(timeout=20, read_timeout=-19.9)  # added to the hold: a tenth of a second
    await claire.types("toujours là")
    assert len(await bot.get_updates(timeout=0)) == 1


async def test_a_wrong_token_is_401(api: LocalBotApi) -> None:
    bot = Bot("123:autre", api.base_url, request=request(), get_updates_request=request())
    with pytest.raises(InvalidToken, match="rejected"):
        await bot.initialize()
    with pytest.raises(InvalidToken):
        await bot.get_updates()
    await bot.shutdown()


async def test_an_unknown_method_is_400_and_not_a_wrong_token(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="not known"):
        await bot.log_out()


async def test_the_bot_knows_itself(api: LocalBotApi, bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.is_bot, me.username, me.supports_inline_queries) == (True, "suivi_local_bot", True)


async def test_a_request_from_a_web_page_is_turned_away(api: LocalBotApi, bot: Bot) -> None:
    address = f"{api.base_url}{api.token}/getMe"
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(address)).status_code == 200
        assert (await client.get(address, headers={"Origin": "https://ailleurs.example"})).status_code == 403
        assert (await client.get(address, headers={"Host": "ailleurs.example"})).status_code == 403
        assert (await client.post(address, json={"a": [1]})).json()["ok"]
        broken = await client.post(address, content=b"{", headers={"Content-Type": "application/json"})
        assert (broken.status_code, broken.json()["ok"]) == (400, False)
        assert (await client.put(address)).status_code == 400


async def test_every_call_is_kept_with_its_answer(api: LocalBotApi, bot: Bot, claire: Person) -> None:
    await bot.send_message(claire.id, "a", disable_notification=True)
    with pytest.raises(BadRequest):
        await bot.send_message(1, "a")
    done, refused = api.calls("sendMessage")
    assert (done.status, done.call.flag("disable_notification")) == (200, True)
    assert (refused.status, refused.description) == (400, "Bad Request: chat not found")


async def test_port_and_clock_can_be_given(api: LocalBotApi) -> None:
    async with LocalBotApi(clock=lambda: 1_660_000_000.9) as free:
        port = int(free.root_url.rpartition(":")[2])
    async with LocalBotApi(port=port, clock=lambda: 1_660_000_000.9) as given:
        assert given.base_url == f"http://127.0.0.1:{port}/bot"
        assert (await given.person().types("a")).date == 1_660_000_000
    with pytest.raises(OSError, match="in use"):
        await LocalBotApi(port=int(api.root_url.rpartition(":")[2])).__aenter__()
