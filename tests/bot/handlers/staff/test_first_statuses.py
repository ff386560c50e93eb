"""« Statuts à confirmer » and /verifier on Telegram."""

from datetime import timedelta

from bot.app import App
from bot.localapi import LocalBotApi, Person
from bot.localapi.messages import Message
from knowledge.changes import list_changes
from knowledge.database import Database
from knowledge.history.entries import list_entries
from knowledge.models import Status
from knowledge.store import load_catalogue
from tests.bot.conftest import NOW
from tests.bot.handlers.staff.conftest import Hands, forges, presses, said

TODAY = NOW.date().isoformat()


def statuses(base: Database) -> dict[str, Status]:
    """Those that the report does not give."""
    return {
        each.id: each.status
        for each in load_catalogue(base).commitments
        if each.status is not None and each.report_status is None
    }


def silent(base: Database) -> list[str]:
    return [each.id for each in load_catalogue(base).commitments if each.report_status is None]


async def opened(api: LocalBotApi, bruno: Person) -> Message:
    page = await bruno.asks("/agent")
    assert "81 statuts à confirmer" in said(page)
    return await presses(api, bruno, page, "Statuts à confirmer")


async def test_one_tap_each_in_document_order(
    api: LocalBotApi, application: App, bruno: Person, base: Database
) -> None:
    order = silent(base)
    page = await opened(api, bruno)
    assert f"1 sur 81 (il en reste 81)\n\n{order[0]} –" in said(page)
    page = await presses(api, bruno, page, "En cours")
    assert f"2 sur 81 (il en reste 80)\n\n{order[1]} –" in said(page)
    page = await presses(api, bruno, page, "Passer")
    page = await presses(api, bruno, page, "À ouvrir")
    assert f"4 sur 81 (il en reste 79)\n\n{order[3]} –" in said(page)
    assert statuses(base) == {order[0]: Status.EN_COURS, order[2]: Status.A_OUVRIR}
    assert all(each.by is not None and each.by.member == 3 for each in list_changes(base.read()))


async def test_what_the_report_says_is_shown(api: LocalBotApi, application: App, bruno: Person, base: Database) -> None:
    catalogue = load_catalogue(base)
    first = next(each for each in catalogue.commitments if each.status is None and each.info)
    page = await bruno.asks("/agent")
    page = await presses(api, bruno, page, "Statuts à confirmer")
    while f"{first.id} –" not in said(page):
        page = await presses(api, bruno, page, "Passer")
    assert f"le bilan indique « {(first.info or '')[:20]}" in said(page).replace("\u202f", " ")


async def test_done_asks_for_a_proof_and_goes_on(
    api: LocalBotApi, application: App, bruno: Person, base: Database
) -> None:
    order = silent(base)
    page = await presses(api, bruno, await opened(api, bruno), "Réalisé")
    assert "quelle preuve" in said(page) and statuses(base) == {}
    assert "n'est pas une adresse" in said(await bruno.asks("www.nantes.fr"))
    page = await bruno.asks("https://nantes.example/pv")
    assert "2 sur 81" in said(page) and statuses(base) == {order[0]: Status.REALISE}
    assert load_catalogue(base).get(order[0]).status_url == "https://nantes.example/pv"


async def test_the_last_one_is_taken_back_and_shown_again(
    api: LocalBotApi, application: App, bruno: Person, base: Database
) -> None:
    page = await presses(api, bruno, await opened(api, bruno), "En cours")
    page = await presses(api, bruno, page, "Annuler le précédent")
    assert "1 sur 81 (il en reste 81)" in said(page) and statuses(base) == {}


async def test_two_taps_record_once(api: LocalBotApi, application: App, bruno: Person, base: Database) -> None:
    page = await opened(api, bruno)
    data = page.button("En cours").callback_data or ""
    await bruno.forges(page, data)
    await bruno.forges(page, data.replace("en_cours", "a_ouvrir"))
    await api.settled()
    assert "Déjà enregistré" in bruno.toasts[-1].text
    assert statuses(base) == {silent(base)[0]: Status.EN_COURS}


async def test_the_end_says_what_was_passed(api: LocalBotApi, application: App, bruno: Person, base: Database) -> None:
    last = silent(base)[-1]
    page = await opened(api, bruno)
    assert await forges(api, bruno, page, f"uw:{last}.passer") == ""
    assert "Il en reste 81, que vous avez passés" in said(bruno.last)


async def test_what_the_report_gives_is_not_confirmed_so(
    api: LocalBotApi, application: App, bruno: Person, base: Database
) -> None:
    known = next(each.id for each in load_catalogue(base).commitments if each.report_status is not None)
    page = await opened(api, bruno)
    assert "Déjà enregistré" in await forges(api, bruno, page, f"uw:{known}.a_ouvrir")
    assert "n'est plus valable" in await forges(api, bruno, page, f"uw:{known}")
    assert list(list_changes(base.read())) == []


async def test_checking_dates_the_card_and_tells_nobody(application: App, bruno: Person, base: Database) -> None:
    before = load_catalogue(base).get("p07")
    done = said(await bruno.asks("/verifier p07"))
    assert "vérifié aujourd'hui, rien n'a changé" in done and "Personne n'est prévenu" in done
    after = load_catalogue(base).get("p07")
    assert (before.checked_at, after.checked_at) == ("2022-06-27", TODAY)
    assert after.status is before.status and list(list_changes(base.read())) == []
    entries = list(list_entries(base.read(), after=0))
    assert entries[-1].kind == "commitment.checked" and entries[-1].commitment == "p07"
    assert "C'était déjà vérifié aujourd'hui" in said(await bruno.asks("/verifier P07"))
    assert len(list(list_entries(base.read(), after=0))) == len(entries)


async def test_those_checked_the_longest_ago_come_first(
    api: LocalBotApi, application: App, bruno: Person, base: Database, clock: Hands
) -> None:
    await bruno.asks("/verifier p01")
    clock.now = NOW + timedelta(days=1)
    page = await bruno.asks("/verifier")
    assert "vérifié le 27 juin 2022" in said(page)
    first = next(each for each in load_catalogue(base).commitments if each.id != "p01")
    page = await presses(api, bruno, page, "1. ")
    assert load_catalogue(base).get(first.id).checked_at == "2026-11-23"
    assert f"« {first.title}" not in said(page)


async def test_checking_is_a_button_of_the_update(
    api: LocalBotApi, application: App, bruno: Person, base: Database
) -> None:
    page = await bruno.asks("/statut p07")
    assert "rien n'a changé" in said(await presses(api, bruno, page, "Vérifié, rien n'a changé"))
    assert load_catalogue(base).get("p07").checked_at == TODAY
