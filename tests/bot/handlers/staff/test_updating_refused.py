"""Updates on Telegram that are not recorded, not twice, or not by anybody; and taking back, for a day."""

from datetime import timedelta

import pytest

from bot.app import App
from bot.localapi import LocalBotApi, Person
from knowledge.authors import Role
from knowledge.database import Database
from knowledge.models import Status
from scheduler.members import Members
from tests.bot.conftest import NOW
from tests.bot.handlers.staff.conftest import Hands, forges, presses, said
from tests.bot.handlers.staff.updates import BRUNO, changes, chosen, stands


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("/statut p99 en_cours", "Aucun engagement p99"),
        ("/statut p07 fini", "« fini » n'est pas un statut"),
        ("/statut p07 en_cours 2026-02-30", "n'est pas une date qui existe"),
        ("/statut p07 en_cours 2027-01-01", "est dans le futur"),
        ("/statut p07 en_cours demain", "« demain » n'est pas une date qui existe"),
        ("/statut p07 en cours depuis peu", "« peu » n'est pas une date qui existe"),
        ("/statut p07 realise www.nantes.fr/pv", "n'est pas une adresse"),
        ("/statut p07 realise https://", "n'est pas une adresse"),
        ("/statut p07 realise https://a.example https://b.example", "n'est pas une adresse"),
        (f"/statut p07 realise {'x ' * 150}", "C'est trop long : 299 caractères, pour 200 au plus"),
        ("/deliberation p99 2026-03-12 Plan", "Aucun engagement p99"),
        ("/deliberation p07 2026-02-30 Plan", "n'est pas une date qui existe"),
        ("/deliberation p07 demain Plan", "n'est pas une date qui existe"),
        ("/deliberation p07 2027-03 Plan", "est dans le futur"),
        (f"/deliberation p07 2026-03 {'x' * 201}", "C'est trop long"),
        ("/verifier p99", "Aucun engagement p99"),
    ],
)
async def test_what_cannot_be_recorded_is_said_and_nothing_is(
    application: App, bruno: Person, base: Database, command: str, answer: str
) -> None:
    assert answer in said(await bruno.asks(command))
    assert changes(base) == []


async def test_a_confirmation_pressed_twice_records_once(
    api: LocalBotApi, application: App, bruno: Person, base: Database
) -> None:
    shown = await chosen(api, bruno, "En cours", "Date inconnue", "Sans source")
    data = shown.button("Confirmer").callback_data
    assert data is not None
    await bruno.forges(shown, data)
    await bruno.forges(shown, data)
    await api.settled()
    assert len(changes(base)) == 1
    assert "Déjà enregistré" in bruno.toasts[-1].text


async def test_an_older_button_does_nothing(api: LocalBotApi, application: App, bruno: Person, base: Database) -> None:
    shown = await chosen(api, bruno, "En cours", "Date inconnue", "Sans source")
    old = shown.button("Confirmer").callback_data or ""
    await presses(api, bruno, shown, "Changer la date")
    assert "Déjà enregistré" in await forges(api, bruno, shown, old)
    assert changes(base) == []


async def test_a_draft_may_be_dropped(api: LocalBotApi, application: App, bruno: Person, base: Database) -> None:
    shown = await chosen(api, bruno, "En cours")
    assert "rien n'a changé" in said(await presses(api, bruno, shown, "Annuler"))
    assert "Déjà enregistré" in await forges(api, bruno, shown, "ud:1.2.d.")
    assert changes(base) == []


@pytest.mark.parametrize(
    "data", ["us", "ut:p07", "ud:1.1.s.realise", "uc:1.1", "ux:1", "uu:1", "uv:p07", "ul", "uw:p05.en_cours", "ub:1"]
)
async def test_forged_buttons_of_others_get_nothing(
    api: LocalBotApi, application: App, bruno: Person, zoe: Person, base: Database, data: str
) -> None:
    await chosen(api, bruno, "En cours", "Date inconnue", "Sans source")
    page = await zoe.asks("/start")
    assert "n'est plus valable" in await forges(api, zoe, page, data)
    assert changes(base) == []


@pytest.mark.parametrize("data", ["ud:1.1.s.fini", "ud:1.1.d.2026-02-30", "ud:1.1.d.2027-01-01", "ud:1.1.c.p99", "ud:"])
async def test_forged_answers_of_a_member_get_nothing(
    api: LocalBotApi, application: App, bruno: Person, base: Database, data: str
) -> None:
    page = await bruno.asks("/statut p07")
    assert await forges(api, bruno, page, data)
    assert changes(base) == []


async def test_a_draft_is_its_members_alone(
    api: LocalBotApi, application: App, bruno: Person, valerie: Person, base: Database
) -> None:
    shown = await chosen(api, bruno, "En cours", "Date inconnue", "Sans source")
    data = shown.button("Confirmer").callback_data or ""
    page = await valerie.asks("/agent")
    assert "Déjà enregistré" in await forges(api, valerie, page, data)
    assert changes(base) == []


async def test_a_reader_may_not(
    api: LocalBotApi, application: App, bruno: Person, members: Members, base: Database
) -> None:
    shown = await chosen(api, bruno, "En cours", "Date inconnue", "Sans source")
    members.set_role(BRUNO, Role.READER, members.get(1).author, NOW)
    assert "n'est plus valable" in await forges(api, bruno, shown, shown.button("Confirmer").callback_data or "")
    assert "Je ne connais pas la commande" in said(await bruno.asks("/statut p07 en_cours"))
    assert changes(base) == []


async def test_the_same_again_changes_nothing(application: App, bruno: Person, base: Database) -> None:
    await bruno.asks("/statut p07 en_cours 2026-03")
    again = await bruno.asks("/statut p07 en_cours")
    assert "C'est déjà noté" in said(again) and "Annuler" not in str(again.wire())
    await bruno.asks("/deliberation p07 2026-03-12 Plan vélo, phase 2")
    assert "C'est déjà noté" in said(await bruno.asks("/deliberation p07 2026-03-12 Plan vélo, phase 2"))
    assert len(changes(base)) == 2


async def test_undoing_is_for_a_day(
    api: LocalBotApi, application: App, bruno: Person, base: Database, clock: Hands
) -> None:
    done = await bruno.asks("/statut p07 en_cours")
    clock.now = NOW + timedelta(hours=24, seconds=1)
    assert "Plus de 24 heures" in await forges(api, bruno, done, done.button("Annuler").callback_data or "")
    assert stands(base).status is Status.EN_COURS


async def test_undoing_waits_for_what_came_after(
    api: LocalBotApi, application: App, bruno: Person, base: Database
) -> None:
    first = await bruno.asks("/statut p07 a_ouvrir")
    undo = first.button("Annuler").callback_data or ""
    second = await bruno.asks("/statut p07 en_cours")
    assert "a changé à nouveau depuis" in await forges(api, bruno, first, undo)
    await presses(api, bruno, second, "Annuler")
    await presses(api, bruno, first, "Annuler")
    assert "déjà annulée" in await forges(api, bruno, first, undo)
    assert stands(base).status is None
    assert "Je ne trouve pas" in await forges(api, bruno, first, "uu:4")
