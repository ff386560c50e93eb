"""Two people of the team and a resident, in turn on the page: one announces, another approves, it arrives."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.bot.preview.browsing import address as address
from tests.bot.preview.browsing import opened, says
from tests.bot.preview.browsing import page as page
from tests.browser import browser as browser
from tests.browser import needs_chromium

pytestmark = needs_chromium

TEXT = "Réunion publique le 3 décembre à 18 h"


def becomes(page: Page, who: str) -> None:
    page.get_by_role("button", name=re.compile(f"^{who}")).click()


def presses(page: Page, label: str, on: str) -> None:
    """Press a button of the newest message that says so."""
    messages(page, on).last.get_by_role("button", name=re.compile(label)).click()


def messages(page: Page, words: str) -> Locator:
    return page.get_by_role("log").get_by_role("listitem").filter(has_text=words)


def test_staff_announce_another_approves_it_arrives(page: Page, address: str) -> None:
    opened(page, address, "Lou")
    # Nobody is written to in the hours that are quiet for them.
    page.get_by_role("button", name="Prochain mardi, 9 h").click()
    says(page, f"/annonce {TEXT}")
    presses(page, "Tester", on="brouillon")
    presses(page, "Soumettre", on="À faire : « Soumettre")
    expect(messages(page, "attend une validation")).not_to_have_count(0)
    becomes(page, "Sacha")
    presses(page, "Approuver", on="validation demandée")
    presses(page, "Lancer", on="validée, à lancer")
    presses(page, "Confirmer", on="l'envoyer maintenant")
    arrived = page.get_by_role("button", name=re.compile("^Dominique"))
    expect(arrived).to_contain_text("non lus")
    arrived.click()
    expect(messages(page, TEXT)).to_have_count(1)
    expect(messages(page, TEXT).get_by_role("button", name="Tout arrêter")).to_be_visible()
    becomes(page, "Sacha")
    expect(messages(page, "Bilan").last).to_contain_text("Envoyés : 1")


def test_a_resident_finds_no_staff_command(page: Page, address: str) -> None:
    opened(page, address, "Camille")
    says(page, "/annonce Bonjour à tout le monde")
    expect(messages(page, "Bonjour à tout le monde")).to_have_count(1)
    answers = page.locator("#log li:not(.mine) .text")
    expect(answers).to_have_count(1)
    says(page, "/zzz")
    expect(answers).to_have_count(2)
    first, second = answers.all_inner_texts()
    assert first.replace("/annonce", "/zzz") == second
