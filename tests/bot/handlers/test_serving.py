"""The program from its start to its end, as a service manager runs it."""

import asyncio
import os
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest

from bot.localapi import LocalBotApi
from bot.settings import Settings
from knowledge.database import Database
from knowledge.misses import asked_between
from knowledge.service import Knowledge
from tests.bot.conftest import KEPT_INDEX, PARIS

ROOT = Path(__file__).parents[3]


@asynccontextmanager
async def program(settings: Settings, **env: str) -> AsyncIterator[asyncio.subprocess.Process]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    own = {
        "BOT_TOKEN": settings.token,
        "BOT_OPERATOR": "Association X",
        "BOT_CONTACT": "x@example.org",
        "BOT_API_URL": settings.api_url,
        "BOT_DATABASE": str(settings.database),
        "BOT_KEY_FILE": str(settings.key_file),
        "PYTHONPATH": str(ROOT),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=inherited | own | env, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def ended(process: asyncio.subprocess.Process) -> tuple[int | None, str]:
    async with asyncio.timeout(30):
        _, errors = await process.communicate()
    return process.returncode, errors.decode()


@pytest.fixture(autouse=True)
def filled(knowledge: Knowledge) -> None:
    """The base is filled before the program starts."""


async def test_it_serves_until_told_to_stop(api: LocalBotApi, settings: Settings) -> None:
    claire = api.person()
    async with program(settings) as process:
        await claire.types("/start")
        first = await claire.reads(within=30)
        assert first.text.splitlines()[0] == "Je suis un robot."
        assert "Association X" in first.text
        process.send_signal(signal.SIGTERM)
        code, errors = await ended(process)
    assert code == 0
    assert "ERROR" not in errors and settings.token not in errors and "/start" not in errors


async def test_what_was_asked_is_counted_by_the_time_it_has_stopped(
    api: LocalBotApi, settings: Settings, base: Database
) -> None:
    claire = api.person()
    with base.write() as db:  # what other tests have counted in the base that is copied
        for table in ("asked", "misses"):
            db.execute(f"DELETE FROM {table}")
    async with program(settings, BOT_DATABASE=str(base.path)) as process:
        await claire.types("le lombricomposteur gratuit")
        await claire.reads(within=30)
        process.send_signal(signal.SIGTERM)
        assert (await ended(process))[0] == 0
    today = datetime.now(PARIS).date()
    found = asked_between(base.read(), today, today)
    assert (found.outcomes, found.misses) == (Counter(refusal=1), Counter(near_miss=1))


async def test_it_stops_at_once_while_it_draws(api: LocalBotApi, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "index").symlink_to(KEPT_INDEX)
    claire = api.person()
    async with program(settings, BOT_DATABASE=str(tmp_path / "bot.db"), BOT_LOG_LEVEL="WARNING") as process:
        await claire.types("/bilan")
        await claire.until(lambda: claire.actions or None, within=30)
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            code, errors = await ended(process)
    assert code == 0 and "ERROR" not in errors and "Traceback" not in errors
    assert "29 engagements réalisés" in claire.answers[0].text and "Par orientation" in claire.answers[1].text


async def test_menus_are_told_to_telegram_once(api: LocalBotApi, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "index").symlink_to(KEPT_INDEX)
    for _ in range(2):
        claire = api.person()
        async with program(settings, BOT_DATABASE=str(tmp_path / "bot.db")) as process:
            await claire.types("merci")
            await claire.reads(within=30)
            process.send_signal(signal.SIGTERM)
            await ended(process)
    scopes = [call.call.nested("scope")["type"] for call in api.calls("setMyCommands")]
    assert scopes == ["default", "all_group_chats"]
    assert len(api.calls("setMyDescription")) == len(api.calls("setMyShortDescription")) == 1


async def test_a_refused_token_ends_it_with_one_line(api: LocalBotApi, settings: Settings) -> None:
    async with program(settings, BOT_TOKEN="1:refused") as process:
        code, errors = await ended(process)
    assert code == 4
    assert [line for line in errors.splitlines() if "ERROR" in line] == [
        "ERROR: stopped by Telegram (401): the token is refused; check BOT_TOKEN"
    ]
    assert "Traceback" not in errors and "1:refused" not in errors


async def test_a_second_program_on_the_same_bot_ends_one_of_them(api: LocalBotApi, settings: Settings) -> None:
    async with program(settings) as first, program(settings) as second:
        async with asyncio.timeout(60):
            done, _ = await asyncio.wait(
                [asyncio.create_task(first.wait()), asyncio.create_task(second.wait())],
                return_when=asyncio.FIRST_COMPLETED,
            )
        assert {task.result() for task in done} == {4}


async def test_a_server_that_is_not_there_yet_is_waited_for(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    async with program(settings, BOT_API_URL=f"http://127.0.0.1:{port}/bot") as process:
        assert process.stderr is not None
        async with asyncio.timeout(30):
            line = await process.stderr.readline()
            while b"cannot be reached" not in line:
                assert line, "ended before it tried again"
                line = await process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        assert (await ended(process))[0] == 0


async def test_updates_may_come_through_a_webhook(api: LocalBotApi, settings: Settings) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    api.deliver_through(f"http://127.0.0.1:{port}")
    claire = api.person()
    webhook = {
        "BOT_WEBHOOK_URL": "https://bot.example.org/hook",
        "BOT_WEBHOOK_SECRET": "un-secret",
        "BOT_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
    }
    async with program(settings, **webhook) as process:
        await claire.until(lambda: api.calls("setWebhook") or None, within=30)
        await claire.types("merci")
        assert "Avec plaisir" in (await claire.reads(within=10)).text
        process.send_signal(signal.SIGTERM)
        code, errors = await ended(process)
    assert code == 0 and "un-secret" not in errors
