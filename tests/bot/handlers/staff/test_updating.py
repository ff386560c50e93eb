"""/statut and /deliberation on Telegram: at once, step by step, taken back."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from bot.app import App
from bot.localapi import LocalBotApi, Person
from bot.settings import Settings
from knowledge.authors import Role, Via
from knowledge.changes import Field
from knowledge.database import Database
from knowledge.history.verifying import verify
from knowledge.models import Deliberation, Origin, Status
from knowledge.service import Knowledge
from tests.bot.conftest import NOW
from tests.bot.handlers.conftest import dependencies, served
from tests.bot.handlers.staff.conftest import presses, said
from tests.bot.handlers.staff.updates import BRUNO, PAGE, changes, chosen, stands


async def test_with_its_arguments_a_command_acts_at_once_and_offers_the_way_back(
    api: LocalBotApi, application: App, bruno: Person, base: Database
) -> None:
    done = await bruno.asks(f"/statut p07 realise {PAGE} 2026-03-12")
    assert "Maintenant : Réalisé, depuis le 12 mars 2026 ; source : la page qui le montre" in said(done)
    (change,) = changes(base)
    assert (change.field, change.new, change.source) == (Field.STATUS, Status.REALISE, Origin.STAFF)
    assert (change.event_date, change.url) == ("2026-03-12", PAGE)
    assert change.by is not None and (change.by.member, change.by.role, change.by.via) == (
        BRUNO,
        Role.EDITOR,
        Via.TELEGRAM,
    )
    assert stands(base).status is Status.REALISE
    undone = await presses(api, bruno, done, "Annuler (24 h)")
    assert "C'est annulé" in said(undone) and "Statut non lisible" in said(undone)
    assert stands(base).status is None and [each.undoes for each in changes(base)] == [None, change.id]


@pytest.mark.parametrize(
    ("typed", "status", "date", "url", "document"),
    [
        ("en_cours", Status.EN_COURS, None, None, None),
        ("En cours mars 2026", Status.EN_COURS, "2026-03", None, None),
        ("à ouvrir", Status.A_OUVRIR, None, None, None),
        (f"réalisé 12/03/2026 {PAGE}", Status.REALISE, "2026-03-12", PAGE, None),
        (
            "realise procès-verbal du conseil du 27 juin 2025",
            Status.REALISE,
            None,
            None,
            "procès-verbal du conseil du 27 juin 2025",
        ),
        ("en cours depuis mars 2026", Status.EN_COURS, "2026-03", None, None),
        (f"réalisé depuis le 12 mars 2026 {PAGE}", Status.REALISE, "2026-03-12", PAGE, None),
        ("realise Rapport annuel 2025", Status.REALISE, None, None, "Rapport annuel 2025"),
        (f"realise Rapport, {PAGE} 2026-03", Status.REALISE, "2026-03", PAGE, "Rapport"),
    ],
)
async def test_a_status_as_people_type_it(
    application: App,
    bruno: Person,
    base: Database,
    typed: str,
    status: Status,
    date: str | None,
    url: str | None,
    document: str | None,
) -> None:
    await bruno.asks(f"/statut p07 {typed}")
    now_is = stands(base)
    assert (now_is.status, now_is.status_date, now_is.status_url, now_is.status_evidence) == (
        status,
        date,
        url,
        document,
    )


async def test_done_without_a_proof_is_asked_for_one(
    api: LocalBotApi, application: App, bruno: Person, base: Database
) -> None:
    asked = await bruno.asks("/statut p07 realise")
    assert "une preuve est obligatoire" in said(asked) and "Sans source" not in str(asked.wire())
    assert "n'est pas une adresse" in said(await bruno.asks("ftp://nantes.example/pv"))
    shown = await bruno.asks("procès-verbal du conseil du 27 juin 2025")
    assert "Rien n'est encore enregistré" in said(shown) and changes(base) == []
    await presses(api, bruno, shown, "Confirmer")
    assert stands(base).status_evidence == "procès-verbal du conseil du 27 juin 2025"


async def test_step_by_step_with_buttons(api: LocalBotApi, application: App, bruno: Person, base: Database) -> None:
    await bruno.asks("/statut logements abordables")
    found = bruno.last
    shown = await presses(api, bruno, found, "1. ")
    for label in ("En cours", "Date inconnue", "Sans source"):
        shown = await presses(api, bruno, shown, label)
    assert "Après : En cours (date inconnue)." in said(shown) and changes(base) == []
    shown = await presses(api, bruno, shown, "Changer la date")
    shown = await bruno.asks("12 mars 2026")
    assert "Après : En cours, depuis le 12 mars 2026." in said(shown)
    done = await presses(api, bruno, shown, "Confirmer")
    assert "C'est enregistré" in said(done) and len(changes(base)) == 1


async def test_words_that_find_nothing_meant_may_be_typed_again(
    application: App, bruno: Person, base: Database
) -> None:
    await bruno.asks("/deliberation")
    assert "lequel" in said(await bruno.asks("vélo"))
    assert "Date du vote" in said(await bruno.asks("a2-13"))
    assert "n'est pas une date qui existe" in said(await bruno.asks("un jour"))
    assert "Tapez l'intitulé" in said(await bruno.asks("12/03/2026"))
    shown = said(await bruno.asks("Plan vélo <b>phase 2</b> https://nantes.example/d"))
    assert "Après : 12 mars 2026, « Plan vélo <b>phase 2</b> »" in shown


async def test_a_restart_in_the_middle_loses_nothing(
    api: LocalBotApi, settings: Settings, knowledge: Knowledge, bruno: Person, base: Database
) -> None:
    for step in ("start", "end"):
        with ThreadPoolExecutor(max_workers=1) as writer:
            deps = dependencies(settings, knowledge, writer, lambda: NOW)
            async with served(api, settings, deps):
                if step == "start":
                    await chosen(api, bruno, "En cours", "Date inconnue")
                else:
                    shown = await bruno.asks("procès-verbal du 27 juin 2025")
                    await presses(api, bruno, shown, "Confirmer")
    assert stands(base).status_evidence == "procès-verbal du 27 juin 2025"


async def test_the_card_shows_it_at_once(api: LocalBotApi, settings: Settings, bruno: Person, base: Database) -> None:
    with ThreadPoolExecutor(max_workers=1) as writer, closing(Knowledge.open(base.path, NOW, print)) as own:
        async with served(api, settings, dependencies(settings, own, writer, lambda: NOW)):
            await bruno.asks(f"/statut p07 realise {PAGE} 2026-03-12")
            card = await bruno.asks("/start p07")
    assert "Réalisé, depuis le 12 mars 2026, indiqué par l'équipe. Source : la page qui le montre." in said(card)
    assert PAGE in str(card.wire())


async def test_a_better_source_for_the_same_status(
    api: LocalBotApi, application: App, bruno: Person, base: Database
) -> None:
    await bruno.asks("/statut p07 realise procès-verbal 2026-03")
    better = await bruno.asks(f"/statut p07 realise {PAGE}")
    now_is = stands(base)
    assert (now_is.status_date, now_is.status_url, now_is.status_evidence) == ("2026-03", PAGE, None)
    await presses(api, bruno, better, "Annuler")
    now_is = stands(base)
    assert (now_is.status_date, now_is.status_url, now_is.status_evidence) == ("2026-03", None, "procès-verbal")
    assert not verify(base).faults


async def test_a_deliberation_with_its_link(api: LocalBotApi, application: App, bruno: Person, base: Database) -> None:
    done = await bruno.asks(f"/deliberation p07 12 mars 2026 Plan vélo, phase 2 {PAGE}")
    assert "Maintenant : 12 mars 2026, « Plan vélo, phase 2 »" in said(done)
    vote = Deliberation(date="2026-03-12", label="Plan vélo, phase 2", url=PAGE, source=Origin.STAFF)
    assert vote in stands(base).deliberations
    await presses(api, bruno, done, "Annuler")
    assert vote not in stands(base).deliberations


async def test_how_many_hear_of_it_is_said_before(
    api: LocalBotApi, application: App, bruno: Person, zoe: Person
) -> None:
    assert "Personne ne suit ce sujet" in said(await chosen(api, bruno, "En cours", "Date inconnue", "Sans source"))
    await zoe.asks("/suivre p07 immediat")
    await bruno.asks("/suivre tout")
    await bruno.asks('/suivre "logements"')
    shown = await chosen(api, bruno, "En cours", "Date inconnue", "Sans source")
    assert "2 personnes l'apprendront : 1 tout de suite (hors heures calmes), 1 dans un résumé" in said(shown)
    await zoe.asks("/pause 2027-01-01")
    shown = await chosen(api, bruno, "En cours", "Date inconnue", "Sans source")
    assert "2 personnes l'apprendront : 2 dans un résumé ou à la fin d'une pause." in said(shown)
