"""The site in a real browser: as seen, as typed on a keyboard, and by rules of accessibility."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from knowledge.site import paths
from tests.browser import needs_chromium

pytestmark = needs_chromium

EACH_KIND = (
    paths.HOME,
    paths.ALL,
    paths.commitment("p01"),
    paths.commitment("a4-06"),
    paths.orientation("o4"),
    paths.VOTES,
    paths.HOW,
    paths.PRIVACY,
    paths.ACCESSIBILITY,
    paths.DATA,
)
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDTH, HEIGHT = 1280, 800
NARROWEST = 320


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=WCAG).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("path", EACH_KIND)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_that_a_tool_can_check_is_broken(browser: Browser, address: str, path: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    try:
        page = context.new_page()
        page.goto(f"{address}/{path}")
        assert violations(page) == []
    finally:
        context.close()


def test_the_rules_find_what_is_wrong(page: Page) -> None:
    page.set_content("<html lang='fr'><title>t</title><main><h1>a</h1><img src='a.png'><input></main></html>")
    assert {each.split(":")[0] for each in violations(page)} == {"image-alt", "label"}


@pytest.mark.parametrize("path", EACH_KIND)
def test_narrow_screens_and_zoom_need_no_sideways_scrolling(page: Page, address: str, path: str) -> None:
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    page.goto(f"{address}/{path}")
    assert page.evaluate(OVERFLOW) <= 0
    # A zoom of 200 % halves the pixels that a page has; text alone may be doubled too.
    page.set_viewport_size({"width": WIDTH // 2, "height": HEIGHT // 2})
    assert page.evaluate(OVERFLOW) <= 0
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(OVERFLOW) <= 0


def test_nothing_is_asked_of_another_host_and_nothing_is_kept(context: BrowserContext, address: str) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    for path in EACH_KIND:
        page.goto(f"{address}/{path}")
    assert asked and all(url.startswith(f"{address}/") for url in asked)
    assert context.cookies() == [] and page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_keyboard_alone_leads_from_the_first_page_to_a_commitment(page: Page, address: str) -> None:
    page.goto(f"{address}/{paths.HOME}")
    page.keyboard.press("Tab")
    assert page.inner_text(":focus") == "Aller au contenu"
    assert page.locator(":focus").bounding_box() is not None
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.get_attribute(":focus", "id") == "q"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.type("pleine terre")
    page.keyboard.press("Enter")
    page.wait_for_selector("#liste a")
    page.keyboard.press("Tab")  # the button
    page.keyboard.press("Tab")  # the first result
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{paths.commitment('p11')}")


def test_every_control_can_be_reached_and_seen_with_the_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/{paths.commitment('p01')}")
    controls = page.locator("a[href], button:visible, input:visible").count()
    seen = []
    for _ in range(controls):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.outerHTML"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    assert len(seen) == controls and seen[0] == page.evaluate("document.querySelector('a').outerHTML")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("pleine terre", "p11"),
        ("PLEINE TERRE", "p11"),
        ("plène terre", "p11"),
        ("schéma piéton", "p21"),
        ("schema pieton", "p21"),
        ("CISPD", "p06"),
        ("p27", "p27"),
    ],
)
def test_search_finds_what_is_typed(page: Page, address: str, typed: str, first: str) -> None:
    page.goto(f"{address}/{paths.HOME}")
    page.fill("#q", typed)
    page.wait_for_selector("#liste a")
    link = page.get_attribute("#liste a >> nth=0", "href") or ""
    assert link.endswith(f"engagements/{first}.html")
    assert "trouvé" in page.inner_text("#combien")


def test_what_search_shows_breaks_no_rule_either(page: Page, address: str) -> None:
    page.goto(f"{address}/{paths.HOME}")
    page.fill("#q", "vélo")
    page.wait_for_selector("#liste a")
    assert violations(page) == []


def test_search_says_when_it_finds_nothing_and_takes_a_question_from_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}/{paths.ALL}?q=xyzzy")
    page.wait_for_selector("#combien:has-text('Aucun engagement trouvé')")
    assert not page.is_visible("#tout")
    page.fill("#q", "")
    assert page.is_visible("#tout")


def test_without_scripts_the_list_stands_in_for_the_search(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(f"{address}/{paths.HOME}")
        assert not page.is_visible("#q")
        assert page.is_visible("text=La recherche a besoin de JavaScript")
        page.click("text=Voir la liste des 102 engagements")
        assert page.locator("#tout .rows li").count() == 102
    finally:
        context.close()


def test_search_that_cannot_load_says_so(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.route(f"**/{paths.INDEX}", lambda route: route.abort())
    page.goto(f"{address}/{paths.ALL}")
    page.fill("#q", "vélo")
    page.wait_for_selector("#combien:has-text('pas pu se charger')")
    assert page.is_visible("#tout")
