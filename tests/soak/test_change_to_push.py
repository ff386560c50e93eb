"""From a change that another process writes to the message: the program as it is run, seen from outside."""

import asyncio
import os
import signal
import sqlite3
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from bot.localapi import LocalBotApi

ROOT = Path(__file__).parents[2]
MARGIN = 5.0  # seconds beyond a tick


@asynccontextmanager
async def serving(api: LocalBotApi, folder: Path, tick: int) -> AsyncIterator[None]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")} | {
        "BOT_TOKEN": api.token,
        "BOT_OPERATOR": "Association X",
        "BOT_CONTACT": "x@example.org",
        "BOT_API_URL": api.base_url,
        "BOT_DATABASE": str(folder / "bot.db"),
        "BOT_KEY_FILE": str(folder / "keys" / "bot.key"),
        "BOT_TICK_SECONDS": str(tick),
        "BOT_QUIET": "none",
        "NO_PROXY": "127.0.0.1",
        "PYTHONPATH": str(ROOT),
    }
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=env, stderr=log)
        try:
            yield
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(10):
                assert await process.wait() == 0
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


async def write(folder: Path, status: str) -> None:
    """A change, by another process: the command as an operator types it."""
    file = folder / "f.csv"
    file.write_text(f"id,status,status_date,source_url\np07,{status},2026,https://metropole.example/p07\n", "utf-8")
    env = os.environ | {
        "BOT_DATABASE": str(folder / "bot.db"),
        "BOT_KEY_FILE": str(folder / "keys" / "bot.key"),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "knowledge", "import", str(file), "--apply"]
    process = await asyncio.create_subprocess_exec(*command, env=env, stdout=asyncio.subprocess.DEVNULL)
    assert await process.wait() == 0


async def ticked(folder: Path, tick: int) -> None:
    """Return once the program has looked twice more at what is due."""
    with closing(sqlite3.connect(f"{(folder / 'bot.db').as_uri()}?mode=ro", uri=True)) as db:
        for _ in range(2):
            before = db.execute("SELECT value FROM marks WHERE name = 'tick'").fetchone()
            async with asyncio.timeout(tick + MARGIN):
                while db.execute("SELECT value FROM marks WHERE name = 'tick'").fetchone() == before:  # noqa: ASYNC110 - another process writes it, nothing here can ring
                    await asyncio.sleep(0.05)


async def _change_reaches_its_followers(api: LocalBotApi, folder: Path, tick: int) -> None:
    claire, paul = api.person("Claire"), api.person("Paul")
    async with serving(api, folder, tick):
        for person, wish in (
            (claire, "/suivre p07 immediat"),
            (claire, "/suivre tout immediat"),
            (paul, "/suivre p07"),
        ):
            await person.types(wish)
            assert "vous suivez" in (await person.reads(within=30)).text
        seen = len(paul.answers)
        await write(folder, "en_cours")
        start = time.monotonic()
        message = await claire.reads(within=tick + MARGIN)
        took = time.monotonic() - start
        assert "qui devient en cours" in message.text.replace("\u00a0", " ")
        assert "parce que vous suivez" in message.text and "tous les engagements" in message.text
        assert message.labels[-2:] == ("Ne plus suivre", "Tout arrêter")
        count = len(claire.answers)
        await ticked(folder, tick)
        assert len(claire.answers) == count and len(paul.answers) == seen
        await claire.presses(message, "Ne plus suivre")
        assert "Que voulez-vous arrêter" in (await claire.reads()).text
        await claire.presses(message, "Tout arrêter")
        assert "Tout est arrêté" in (await claire.reads()).text
        await write(folder, "realise")
        await ticked(folder, tick)
        assert "Tout est arrêté" in claire.last.text
    assert took <= tick + MARGIN
    log = (folder / "log").read_text()
    assert "ERROR" not in log and str(claire.id) not in log and str(paul.id) not in log
    print(f"\nfrom change to push: {took:.1f} s with a tick of {tick} s")


async def test_a_change_is_told_at_once_and_once(api: LocalBotApi, folder: Path) -> None:
    await _change_reaches_its_followers(api, folder, 1)


@pytest.mark.soak
@pytest.mark.parametrize("tick", [5, 30])
async def test_a_change_is_told_within_a_tick(api: LocalBotApi, folder: Path, tick: int) -> None:
    await _change_reaches_its_followers(api, folder, tick)
