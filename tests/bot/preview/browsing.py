"""The program as somebody starts it, and a browser to look at it with."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.conftest import KEPT_INDEX

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    env |= {"BOT_DATABASE": str(KEPT_INDEX.with_name("bot.db")), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "preview", "--port", "0"], env=env, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[0]
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page()
    page.set_default_timeout(10_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if is_fault(message) else None)
    page.on("request", lambda request: faults.extend([] if request.url.startswith(address) else [request.url]))
    yield page
    page.close()
    assert faults == []


def is_fault(message: ConsoleMessage) -> bool:
    """Chromium complains of a broken line too."""
    return message.type == "error" and "net::ERR_FAILED" not in message.text


def opened(page: Page, address: str, who: str) -> None:
    page.goto(f"{address}?person={who}")
    page.locator("body[data-ready]").wait_for()


def says(page: Page, text: str) -> None:
    page.get_by_label("Votre message").fill(text)
    page.keyboard.press("Enter")
