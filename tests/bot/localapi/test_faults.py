"""Faults and limits on demand, as the real library meets them."""

import asyncio
import json
import sys
from typing import Any

import httpx
import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.localapi import FaultKind, Faults, LocalBotApi, Person
from bot.localapi.calls import Call
from bot.localapi.errors import TooManyRequestsError
from bot.localapi.limits import Limits


@pytest.mark.parametrize(
    ("kind", "error", "delivered"),
    [
        (FaultKind.RETRY_AFTER, RetryAfter, 0),
        (FaultKind.BLOCKED, Forbidden, 0),
        (FaultKind.DEACTIVATED, Forbidden, 0),
        (FaultKind.CHAT_NOT_FOUND, BadRequest, 0),
        (FaultKind.CANNOT_PARSE, BadRequest, 0),
        (FaultKind.UNAUTHORIZED, InvalidToken, 0),
        (FaultKind.NOT_FOUND, InvalidToken, 0),
        (FaultKind.CONFLICT, Conflict, 0),
        (FaultKind.SERVER_ERROR, NetworkError, 0),
        (FaultKind.SERVER_ERROR_AFTER, NetworkError, 1),
        (FaultKind.CLOSED, NetworkError, 1),
    ],
)
async def test_each_fault_is_met_and_counted(
    api: LocalBotApi, bot: Bot, claire: Person, kind: FaultKind, error: type[TelegramError], delivered: int
) -> None:
    api.faults.next(kind)
    with pytest.raises(error) as met:
        await bot.send_message(claire.id, "a")
    assert type(met.value) is error
    assert api.delivered()[claire.id] == delivered
    assert api.faults.counts == {kind: 1}


async def test_an_answer_that_never_comes_runs_into_the_time_limit(api: LocalBotApi, bot: Bot, claire: Person) -> None:
    api.faults.next(FaultKind.SILENT)
    with pytest.raises(TimedOut) as met:
        await bot.send_message(claire.id, "a", read_timeout=0.05)
    assert isinstance(met.value.__cause__, httpx.ReadTimeout)
    assert api.delivered()[claire.id] == 1


async def test_a_server_that_has_gone_refuses_connections_and_comes_back(
    api: LocalBotApi, bot: Bot, claire: Person
) -> None:
    api.go_away()
    await bot.send_message(claire.id, "the connection that was open is answered, then ends")
    with pytest.raises(NetworkError) as met:
        await bot.send_message(claire.id, "a")
    assert isinstance(met.value.__cause__, httpx.ConnectError)
    api.come_back()
    await bot.send_message(claire.id, "b")
    assert api.delivered()[claire.id] == 2


async def test_it_goes_away_for_a_while_when_the_script_says_so(api: LocalBotApi, bot: Bot, claire: Person) -> None:
    api.faults.away_seconds = 0.01
    api.faults.next(FaultKind.GOING_AWAY)
    await bot.send_message(claire.id, "a")
    async with asyncio.timeout(5):
        while True:
            try:
                await bot.send_message(claire.id, "b")
                break
            except NetworkError as error:
                assert isinstance(error.__cause__, httpx.ConnectError)
    assert api.delivered()[claire.id] == 2


async def test_a_chat_once_blocked_stays_blocked(api: LocalBotApi, bot: Bot, claire: Person) -> None:
    api.faults.next(FaultKind.BLOCKED)
    for _ in range(2):
        with pytest.raises(Forbidden):
            await bot.send_message(claire.id, "a")
    api.faults.always(claire.id, FaultKind.NONE)
    await bot.send_message(claire.id, "a")


async def test_only_the_chosen_methods_go_wrong(api: LocalBotApi, bot: Bot, claire: Person) -> None:
    api.faults.always(claire.id, FaultKind.RETRY_AFTER)
    await bot.send_chat_action(claire.id, "typing")
    with pytest.raises(RetryAfter):
        await bot.send_message(claire.id, "a")


async def test_a_group_that_grew_tells_its_new_id(api: LocalBotApi, bot: Bot, claire: Person) -> None:
    group = api.group(administrators=[claire], type="group", id=-5)
    new = group.becomes_supergroup(-1_001_999_999_999)
    with pytest.raises(ChatMigrated) as met:
        await bot.send_message(group.id, "a")
    assert met.value.new_chat_id == new.id
    await bot.send_message(new.id, "a")
    assert new.last.text == "a"


def test_rates_are_kept_and_the_same_each_time() -> None:
    plan = {"rates": {"429": 0.03, "closed": 0.02}, "seed": 7, "retry_after": 2}
    call = Call(method="sendMessage", params={"chat_id": "1"})
    first, second = Faults.from_json(plan), Faults.from_json(plan)
    drawn = [first.choose(call) for _ in range(10_000)]
    assert drawn == [second.choose(call) for _ in range(10_000)]
    assert 400 < len(drawn) - drawn.count(FaultKind.NONE) < 600
    assert first.retry_after == 2


@pytest.mark.parametrize(
    "plan", [{"rates": {"429": 0.6, "5xx": 0.6}}, {"rates": {"429": -0.1}}, {"script": ["boredom"]}]
)
def test_a_plan_that_makes_no_sense_is_refused(plan: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"rates|boredom"):
        Faults.from_json(plan)


class _Times:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def _refused(limits: Limits, chat: int) -> bool:
    try:
        limits.check(Call(method="sendMessage", params={"chat_id": str(chat)}))
    except TooManyRequestsError:
        return True
    return False


def test_a_chat_takes_one_message_a_second() -> None:
    limits = Limits(clock := _Times())
    assert [_refused(limits, 1), _refused(limits, 1), _refused(limits, 2)] == [False, True, False]
    clock.now = 1.0
    assert not _refused(limits, 1)
    assert limits.refused == 1


def test_all_chats_take_thirty_a_second() -> None:
    limits = Limits(clock := _Times())
    assert sum(_refused(limits, chat) for chat in range(1, 41)) == 10
    clock.now = 1.0
    assert not _refused(limits, 50)


def test_a_group_takes_twenty_a_minute() -> None:
    limits = Limits(clock := _Times())
    refused = 0
    for second in range(60):
        clock.now = float(second)
        refused += _refused(limits, -1)
    assert refused == 40


async def test_limits_reach_the_bot_as_a_wait(api: LocalBotApi, bot: Bot, claire: Person) -> None:
    limits = api.enforce_limits(lambda: 0.0)
    await bot.send_message(claire.id, "a")
    with pytest.raises(RetryAfter):
        await bot.send_message(claire.id, "b")
    assert limits.refused == 1


async def test_it_runs_on_its_own_and_is_acted_on_from_outside() -> None:
    faults = json.dumps({"chats": {"12": "403"}})
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.localapi", "--port", "0", "--faults", faults, "--limits"),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        where = json.loads(await process.stdout.readline())
        async with httpx.AsyncClient(trust_env=False) as client:
            root, bot = where["root_url"], f"{where['api_url']}{where['token']}"
            said = await client.post(f"{root}/local/says", json={"chat": 11, "text": "Bonjour"})
            assert said.json() == {"message_id": 1}
            button = {"inline_keyboard": [[{"text": "Oui", "callback_data": "o"}]]}
            sent = {"chat_id": 11, "text": "b", "reply_markup": button}
            answers = [
                (await client.post(f"{bot}/sendMessage", json=sent | {"chat_id": to})).status_code
                for to in (11, 11, 12)
            ]
            assert answers == [200, 429, 403]
            pressed = await client.post(f"{root}/local/presses", json={"chat": 11, "message": 2, "label": "Oui"})
            assert pressed.status_code == 200
            shown = (await client.get(f"{root}/local/chat", params={"id": 11})).json()["messages"]
            assert [message["text"] for message in shown] == ["b"]
            tally = (await client.get(f"{root}/local/tally")).json()
            assert tally == {"delivered": 1, "chats": {"11": 1}, "faults": {"403": 1}, "limited": 1}
            changed = await client.post(f"{root}/local/faults", json={"rates": {"boredom": 1}})
            assert changed.status_code == 400
    finally:
        process.terminate()
        assert await process.wait() == 0


async def test_a_wrong_plan_is_told_in_one_line() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.localapi", "--faults", "{"), stderr=asyncio.subprocess.PIPE
    )
    _, errors = await process.communicate()
    assert process.returncode == 2 and errors.count(b"\n") == 1
