"""A real browser for tests; where there is none they are skipped, and say so."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    """The path of Chromium; None where it is not installed."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


needs_chromium = pytest.mark.skipif(find_chromium() is None, reason="Chromium is not installed (apt install chromium)")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser, closed at the end."""
    # Root has no sandbox of its own to be put in.
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=options)
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The one browser of a test file: while it is open, its thread can run no test that awaits."""
    with chromium() as opened:
        yield opened
