"""A change file sent to the bot: looked at, confirmed by one or two people, taken back."""

import json
import time
from datetime import timedelta

import pytest

from bot.app import App
from bot.localapi import LocalBotApi, Person
from bot.localapi.messages import Message
from knowledge.changes import list_changes
from knowledge.database import Database
from knowledge.models import Status
from knowledge.store import load_catalogue
from scheduler.outbox import Kind
from tests.bot.conftest import NOW
from tests.bot.handlers.staff.conftest import Hands, forges, presses, said

HEAD = "id,status,status_date,deliberation_date,deliberation_label,source_url,note\n"
PAGE = "https://nantes.example/pv"
# Of the machine's time, the bot and the messenger together, from the file to its last word.
MOST_SECONDS = 5.0


def silent(base: Database) -> list[str]:
    return [each.id for each in load_catalogue(base).commitments if each.status is None]


def count(base: Database) -> int:
    return len(list(list_changes(base.read())))


def backwards(base: Database) -> str:
    """A file that needs a second person: a status goes back."""
    known = next(each.id for each in load_catalogue(base).commitments if each.status is Status.EN_COURS)
    return f"id,status\n{known},a_ouvrir\n"


async def sends(person: Person, content: str | bytes, name: str = "suivi.csv") -> Message:
    """Send a file; the last of the bot's answers."""
    data = content if isinstance(content, bytes) else content.encode()
    before = len(person.answers)
    await person.sends_document(data, name=name, mime_type="text/csv")
    await person.until(lambda: person.last if len(person.answers) > before else None)
    return person.last


async def test_a_file_is_shown_then_written_then_taken_back_whole(
    api: LocalBotApi, application: App, bruno: Person, zoe: Person, base: Database
) -> None:
    await zoe.asks("/suivre tout immediat")
    first, second = silent(base)[:2]
    await sends(bruno, f"{HEAD}{first},en_cours,2026-03,2026-03-12,Plan vélo,,\n{second},realise,,,,{PAGE},\n")
    await api.settled()
    shown, asked = (said(each) for each in bruno.answers[-2:])
    assert "Ce fichier ferait 3 changements" in shown and "statut non lisible → en cours" in shown
    assert "1 personne l'apprendra : 1 tout de suite" in asked and "Rien n'est encore enregistré" in asked
    assert count(base) == 0
    done = await presses(api, bruno, bruno.last, "Confirmer")
    assert "3 changements sont écrits" in said(done) and count(base) == 3
    assert all(each.by is not None and each.by.member == 3 for each in list_changes(base.read()))
    undone = await presses(api, bruno, done, "Annuler l'import")
    assert "3 changements sont annulés" in said(undone)
    assert silent(base)[:2] == [first, second]


async def test_two_interactions_for_an_agent_after_a_council(
    api: LocalBotApi, application: App, bruno: Person, base: Database
) -> None:
    lines = [HEAD.strip()]
    open_ones = silent(base)[:10]
    for place, each in enumerate(load_catalogue(base).commitments):
        status = "en_cours" if each.id in open_ones else ""
        vote = "2026-06-26,Délibération du 26 juin" if place in (3, 30, 60, 90) else ","
        lines.append(f"{each.id},{status},{'2026-06' if status else ''},{vote},,")
    assert len(lines) == 103
    start = time.process_time()
    await sends(bruno, "\n".join(lines))
    await api.settled()
    assert "14 changements" in said(bruno.answers[-2])
    done = await presses(api, bruno, bruno.last, "Confirmer")
    assert "14 changements sont écrits" in said(done) and count(base) == 14
    assert time.process_time() - start < MOST_SECONDS


async def test_every_fault_is_named_by_line_and_column_and_nothing_is_written(
    api: LocalBotApi, application: App, bruno: Person, base: Database
) -> None:
    await sends(bruno, f"{HEAD}p07,fini,2026-02-30,,,,\np99,en_cours,,,,,\np08,realise,,,,,\n")
    await api.settled()
    answer = said(bruno.last)
    for line in (
        "Ligne 2, colonne status",
        "Ligne 2, colonne status_date",
        "Ligne 3, colonne id",
        "Ligne 4, colonne so",
    ):
        assert line in answer
    assert "Confirmer" not in str(bruno.last.wire()) and count(base) == 0


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b"", "est vide"),
        ("id,status\np07,réalisé".encode("utf-16"), "n'est pas en UTF-8"),
        ("id;note\np07;été".encode("latin-1"), "n'est pas en UTF-8"),
        (b"PK\x03\x04\x00\x00", "ni un CSV ni un JSON"),
        (b"{}", "ne vient pas d'un export"),
        (b"nom,statut\nx,y", "il manque la colonne id"),
        (b"id,status\np07,\n", "ne change rien"),
    ],
)
async def test_what_is_no_change_file_is_said(
    api: LocalBotApi, application: App, bruno: Person, base: Database, content: bytes, answer: str
) -> None:
    await sends(bruno, content)
    await api.settled()
    assert answer in said(bruno.last) and count(base) == 0


async def test_a_file_that_telegram_does_not_hand_over_is_not_fetched(
    api: LocalBotApi, application: App, bruno: Person, base: Database
) -> None:
    await sends(bruno, b"id,note\n" + b"x" * (21 * 2**20))
    assert "Ce fichier est trop gros (21 Mo) : 20 Mo au plus" in said(bruno.last) and count(base) == 0


async def test_a_picture_is_no_file(api: LocalBotApi, application: App, bruno: Person) -> None:
    await bruno.sends_photo()
    assert "Ce n'est pas un fichier" in said(await bruno.reads())


async def test_a_formula_is_data(api: LocalBotApi, application: App, bruno: Person, base: Database) -> None:
    await sends(bruno, 'id,note\np07,"=HYPERLINK(""http://x"",""<b>y</b>"")"\n')
    await api.settled()
    assert "=HYPERLINK" in said(bruno.answers[-2])
    await presses(api, bruno, bruno.last, "Confirmer")
    assert (load_catalogue(base).get("p07").note or "").startswith("=HYPERLINK")


async def test_many_differences_come_as_a_file(
    api: LocalBotApi, application: App, bruno: Person, base: Database
) -> None:
    every = load_catalogue(base).commitments
    await sends(bruno, "id,note\n" + "".join(f"{each.id},Point {each.id}\n" for each in every))
    await api.settled()
    assert "… et 72 autres : tout est dans le fichier joint" in said(bruno.answers[-2])
    assert bruno.last.content.media is not None
    done = await presses(api, bruno, bruno.last, "Confirmer")
    assert "102 changements sont écrits" in said(done)


async def test_a_json_export_comes_back(api: LocalBotApi, application: App, bruno: Person, base: Database) -> None:
    entry = {"id": silent(base)[0], "status": "en_cours"}
    await sends(bruno, json.dumps({"commitments": [entry]}), name="export.json")
    await api.settled()
    await presses(api, bruno, bruno.last, "Confirmer")
    assert count(base) == 1


async def test_a_step_back_waits_for_a_second_person(
    api: LocalBotApi, application: App, valerie: Person, anne: Person, base: Database
) -> None:
    await sends(valerie, backwards(base))
    await api.settled()
    assert "une deuxième personne doit confirmer" in said(valerie.last)
    waits = await presses(api, valerie, valerie.last, "Confirmer")
    assert "une deuxième personne doit confirmer" in said(waits) and count(base) == 0
    told = base.read().execute("SELECT count(*) FROM outbox WHERE kind = ?", [Kind.NOTICE]).fetchone()[0]
    assert told == 1
    assert "une autre personne que vous" in await forges(api, valerie, waits, "uk:1")
    assert "fichier n° 1 : confirmation refusée (il faut une autre personne)" in said(await valerie.asks("/journal"))
    page = await anne.asks("/agent")
    assert "1 import attend une deuxième personne" in said(page)
    await presses(api, anne, page, "Voir l'import")
    assert "envoyé par le membre 2" in said(anne.last)
    done = await presses(api, anne, anne.last, "Confirmer")
    assert "1 changement est écrit" in said(done) and count(base) == 1
    bodies = [row[0] for row in base.read().execute("SELECT body FROM outbox ORDER BY id")]
    assert len(bodies) == 2 and "Votre import n° 1 a été confirmé par le membre 1" in bodies[1].replace("\u00a0", " ")
    (change,) = list_changes(base.read())
    assert change.by is not None and change.by.member == 1


async def test_a_second_person_may_refuse(
    api: LocalBotApi, application: App, valerie: Person, bruno: Person, base: Database
) -> None:
    await sends(bruno, backwards(base))
    await api.settled()
    waits = await presses(api, bruno, bruno.last, "Confirmer")
    assert "n'est plus valable" in await forges(api, bruno, waits, "uk:1")
    await valerie.asks("/agent")
    await presses(api, valerie, valerie.last, "Voir l'import")
    assert "refusé" in said(await presses(api, valerie, valerie.last, "Refuser"))
    assert "il a été refusé" in await forges(api, valerie, valerie.last, "uk:1")
    assert count(base) == 0


async def test_two_confirmations_at_once_write_once(
    api: LocalBotApi, application: App, bruno: Person, base: Database
) -> None:
    await sends(bruno, f"id,status\n{silent(base)[0]},en_cours\n")
    await api.settled()
    asked = bruno.last
    for _ in range(2):
        await bruno.forges(asked, "ui:1")
    await api.settled()
    assert count(base) == 1 and "il est déjà appliqué" in bruno.toasts[-1].text


@pytest.mark.parametrize("data", ["ui:1", "uj:1", "uo:1", "uk:1"])
async def test_the_file_of_another_is_not_for_oneself_to_decide(
    api: LocalBotApi, application: App, bruno: Person, valerie: Person, base: Database, data: str
) -> None:
    await sends(bruno, f"id,status\n{silent(base)[0]},en_cours\n")
    page = await valerie.asks("/agent")
    assert await forges(api, valerie, page, data)
    assert count(base) == 0


async def test_a_resident_is_asked_for_words(api: LocalBotApi, application: App, zoe: Person, base: Database) -> None:
    await zoe.sends_document(b"id,status\np07,en_cours\n", name="x.csv")
    assert "je ne lis que le texte" in said(await zoe.reads())
    assert "n'est plus valable" in await forges(api, zoe, zoe.last, "ui:1")


async def test_taking_back_is_for_a_day_and_waits_for_what_came_after(
    api: LocalBotApi, application: App, bruno: Person, base: Database, clock: Hands
) -> None:
    first = silent(base)[0]
    await sends(bruno, f"id,status\n{first},en_cours\n")
    await api.settled()
    done = await presses(api, bruno, bruno.last, "Confirmer")
    later = await bruno.asks(f"/statut {first} a_ouvrir")
    await presses(api, bruno, done, "Annuler l'import")
    assert f"ces engagements ont changé depuis : {first}" in said(bruno.last)
    await presses(api, bruno, later, "Annuler (24 h)")
    clock.now = NOW + timedelta(hours=25)
    assert "ne peut plus être annulé" in await forges(api, bruno, done, "uo:1")
