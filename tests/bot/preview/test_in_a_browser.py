"""The page as somebody uses it, in a real browser, on the program as somebody starts it."""

import re
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.localapi.pictures import SMALLEST_PNG
from tests.bot.preview.browsing import address as address
from tests.bot.preview.browsing import opened, says
from tests.bot.preview.browsing import page as page
from tests.browser import browser as browser
from tests.browser import needs_chromium

pytestmark = needs_chromium


def test_ask_choose_follow_move_the_clock_receive_the_digest(page: Page, address: str) -> None:
    opened(page, address, "Camille")
    page.get_by_role("button", name="Démarrer").click()
    expect(page.get_by_role("log")).to_contain_text("Je suis un robot.")
    says(page, "logement abordable")
    page.get_by_role("log").get_by_role("button", name=re.compile("^Suivre")).click()
    expect(page.get_by_role("log")).to_contain_text("vous suivez")
    page.get_by_role("button", name="Chaque jour").last.click()
    expect(page.get_by_role("log")).to_contain_text("chaque jour à 9")
    page.get_by_label("Engagement").select_option("p07")
    page.get_by_role("button", name="Ajouter").click()
    page.get_by_role("button", name="Prochain mardi, 9 h").click()
    digest = page.get_by_role("log").get_by_role("listitem").filter(has_text="Votre résumé du jour")
    expect(digest).to_contain_text("délibération inventée pour l'essai")
    expect(page.locator("#now")).to_contain_text("mardi")
    # Somebody else, who hears at once, was told as well: the mark says so before one looks.
    other = page.get_by_role("button", name=re.compile("Dominique"))
    expect(other).to_contain_text("non lus")
    other.click()
    expect(page.get_by_role("log")).to_contain_text("Du nouveau dans ce que vous suivez")
    expect(other).not_to_contain_text("non lus")


def test_a_link_in_the_address_is_followed_once_and_only_when_somebody_says_so(page: Page, address: str) -> None:
    opened(page, address, "Sacha&start=suivre-p07")
    count = page.get_by_role("log").get_by_role("listitem").count()
    page.get_by_role("button", name="Démarrer").click()
    expect(page.get_by_role("log")).to_contain_text("Suivre «")
    assert page.url == address
    expect(page.get_by_role("log").get_by_role("listitem")).to_have_count(count + 3)
    page.reload()
    opened(page, address, "Sacha")
    expect(page.get_by_role("log").get_by_role("listitem")).to_have_count(count + 3)


def test_browsing_edits_the_message_in_place(page: Page, address: str) -> None:
    opened(page, address, "Lou")
    says(page, "/orientations")
    messages = page.get_by_role("log").get_by_role("listitem")
    button = messages.last.get_by_role("button", name=re.compile("^1\\. "))
    expect(button).to_be_visible()
    before = messages.count()
    button.click()
    expect(messages.last).to_contain_text("Orientation 1")
    assert messages.count() == before
    assert messages.last.get_by_role("button").first.evaluate("button => button === document.activeElement")


def test_formatting_shows_and_markup_typed_stays_text(page: Page, address: str) -> None:
    opened(page, address, "Alix")
    says(page, "<img src=x onerror=alert(1)> <b>gras</b>")
    expect(page.locator("#log .mine .text").last).to_have_text("<img src=x onerror=alert(1)> <b>gras</b>")
    says(page, "/bilan")
    expect(page.locator("#log li:not(.mine) b").first).to_be_visible()
    assert page.locator("#log .text img").count() == 0


def test_what_was_written_can_be_changed(page: Page, address: str) -> None:
    opened(page, address, "Alix")
    says(page, "merci")
    expect(page.get_by_role("log")).to_contain_text("Avec plaisir")
    page.get_by_role("button", name="Modifier").last.click()
    says(page, "où en est le plan pleine terre ?")
    expect(page.locator("#log .mine").last).to_contain_text("modifié")
    expect(page.locator("#log li:not(.mine)").last).to_contain_text("Pleine terre")


def test_files_go_both_ways(page: Page, address: str, tmp_path: Path) -> None:
    opened(page, address, "Dominique")
    page.get_by_label("Joindre un fichier").set_input_files(
        {"name": "vue.png", "mimeType": "image/png", "buffer": SMALLEST_PNG}
    )
    picture = page.get_by_role("img", name="Image jointe")
    picture.wait_for(state="attached")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
    says(page, "/mesdonnees")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Enregistrer mes-donnees.json").click()
    saved.value.save_as(tmp_path / "data.json")
    assert '"subscriptions"' in (tmp_path / "data.json").read_text(encoding="utf-8")


def test_pictures_are_seen(page: Page, address: str) -> None:
    opened(page, address, "Camille")
    says(page, "/bilan")
    picture = page.get_by_role("img", name="Image jointe").last
    expect(picture).to_be_visible(timeout=30_000)
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 300


def test_everything_works_by_keyboard_on_a_narrow_screen(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    opened(page, address, "Camille")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_label("Votre message").focus()
    page.keyboard.type("/ori")
    expect(page.get_by_role("list", name="Commandes").get_by_role("button")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("list", name="Commandes")).to_be_hidden()
    page.keyboard.press("Control+a")
    page.keyboard.type("/statuts\n")
    expect(page.get_by_role("log")).to_contain_text("Les statuts")
    page.get_by_role("button", name="/ : les commandes").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#log .mine").last).to_contain_text("/chercher")
    assert page.get_by_label("Votre message").evaluate("field => field === document.activeElement")


@pytest.mark.parametrize("who", ["Camille", "Sacha", "Alix"])
def test_who_one_is_is_seen_on_a_narrow_screen(page: Page, address: str, who: str) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    opened(page, address, who)
    box = page.locator("#people").bounding_box()
    chosen = page.locator("#people [aria-current]").bounding_box()
    assert box and chosen
    left, right = box["x"], box["x"] + box["width"]
    assert left - 1 < chosen["x"] and chosen["x"] + chosen["width"] < right + 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1100])
def test_nothing_stands_in_anybodys_way(page: Page, address: str, width: int, scheme: Literal["light", "dark"]) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.emulate_media(color_scheme=scheme)
    opened(page, address, "Dominique")
    page.get_by_role("button", name="/ : les commandes").click()
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]})
    assert {each["id"]: [node["html"] for node in each["nodes"]] for each in found.response["violations"]} == {}


def test_a_line_that_breaks_is_taken_up_again(page: Page, address: str) -> None:
    opened(page, address, "Sacha")
    page.route("**/preview/stream*", lambda route: route.abort())
    page.evaluate("listen()")
    expect(page.get_by_role("alert")).to_contain_text("La liaison est coupée")
    page.unroute("**/preview/stream*")
    expect(page.get_by_role("alert")).to_be_hidden()
