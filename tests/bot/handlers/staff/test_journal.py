"""What the team has done, as its members read it."""

import re
from datetime import timedelta
from pathlib import Path

import bot
import knowledge
import scheduler
from bot.app import App
from bot.localapi import LocalBotApi, Person
from bot.texts.staff.journal import ACTS
from knowledge.authors import Author, Role, Via
from knowledge.database import Database
from knowledge.models import Origin, Status
from knowledge.undoing import undo
from knowledge.updating import set_status
from tests.bot.conftest import NOW
from tests.bot.handlers.staff.conftest import forges, presses, said

EDITOR = Author(member=3, role=Role.EDITOR, via=Via.CONSOLE)


async def test_every_act_stands_in_the_journal(
    api: LocalBotApi, application: App, base: Database, anne: Person
) -> None:
    with base.write() as db:
        number = set_status(
            db, "p07", Status.REALISE, NOW, source=Origin.STAFF, by=EDITOR, evidence="inauguré", event_date="2026-11"
        )
        assert number is not None
        undo(db, number, NOW + timedelta(minutes=1), source=Origin.STAFF, by=EDITOR)
    await anne.asks("/equipe inviter lecture")
    text = said(await anne.asks("/journal"))
    first, second, third = text.splitlines()[3:6]
    assert "membre 1 (administration) : invitation faite, rôle : lecture" in first
    assert "membre 3 (rédaction), à la console" in second and "annulation : statut « réalisé »" in second
    assert "qui devient réalisé (novembre 2026) – « inauguré »" in third


async def test_who_tries_without_the_right_stands_there_without_a_name(
    api: LocalBotApi, application: App, anne: Person, bruno: Person, zoe: Person
) -> None:
    await zoe.asks("/equipe")
    await bruno.forges(await bruno.asks("/start"), "tr:3.admin")
    await api.settled()
    text = said(await anne.asks("/journal"))
    assert "membre 3 (rédaction) : essai sans en avoir le droit : tr" in text
    assert "quelqu'un hors de l'équipe : essai sans en avoir le droit : /equipe" in text
    assert str(zoe.id) not in text


async def test_the_reserve_says_which_way_it_went(api: LocalBotApi, application: App, anne: Person) -> None:
    page = await anne.asks("/annonces")
    for data in ("ae:oui", "ae:off"):
        await forges(api, anne, page, data)
    first, second = said(await anne.asks("/journal")).splitlines()[3:5]
    assert first.endswith("réserve électorale levée") and second.endswith("réserve électorale mise")


async def test_its_pages_turn(api: LocalBotApi, application: App, anne: Person) -> None:
    for _ in range(12):
        await anne.asks("/equipe code")
    page = await anne.asks("/journal")
    older = await presses(api, anne, page, "Suite")
    assert "base remplie" in said(older) and older is page


def test_every_kind_of_act_has_its_words() -> None:
    sources = [path for room in (bot, knowledge, scheduler) for path in Path(str(room.__file__)).parent.rglob("*.py")]
    written = [kind for path in sources for kind in re.findall(r'append\(\s*db,\s*"([a-z_.]+)"', path.read_text())]
    assert {"member.invited", "base.filled"} <= set(written)
    assert not {kind for kind in written if kind != "change"} - ACTS.keys()
