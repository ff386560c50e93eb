"""``python -m tests.readme.screenshots`` takes the README's pictures again, in the preview, in a real browser."""

import asyncio
import os
import re
import sys
from pathlib import Path

from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from tests.bot.preview.conftest import a_preview
from tests.browser import find_chromium

FOLDER = Path(__file__).parents[2] / ".readme"
LARGEST = 100_000  # bytes
_PHONE = ViewportSize(width=400, height=760)


def main() -> int:
    """Take them all; 1 where there is no Chromium."""
    path = find_chromium()
    if path is None:
        print("Chromium is needed to take pictures: apt install chromium", file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    asyncio.run(_take(path))
    return 0


async def _take(chromium: str) -> None:
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with a_preview() as preview, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=options)
        await _question(await _opened(browser, preview.address, "Camille"))
        await _news(await _opened(browser, preview.address, "Dominique"))
        await browser.close()


async def _opened(browser: Browser, address: str, who: str) -> Page:
    page = await browser.new_page(viewport=_PHONE, color_scheme="light")
    await page.goto(f"{address}?person={who}")
    await page.locator("body[data-ready]").wait_for()
    return page


async def _question(page: Page) -> None:
    """A question as people type it, and its answer."""
    await page.get_by_label("Votre message").fill("ou en est le plan plène terre")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name=re.compile("^Suivre")).wait_for()
    await page.get_by_role("log").get_by_text("Modifier").scroll_into_view_if_needed()
    await page.screenshot(path=FOLDER / "question.png")


async def _news(page: Page) -> None:
    """What somebody is told who follows a commitment."""
    await page.locator("#tools summary").click()
    await page.get_by_role("button", name="Ajouter").click()
    await page.get_by_role("button", name="Prochain matin, 9 h").click()
    await page.locator("#tools summary").click()
    await page.get_by_role("listitem").filter(has_text="Du nouveau dans ce que vous suivez").wait_for()
    await page.screenshot(path=FOLDER / "news.png")


if __name__ == "__main__":
    sys.exit(main())
