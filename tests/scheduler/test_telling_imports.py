"""What followers hear of a file: once, net, and nothing of what is not told."""

import pytest

from knowledge.database import Database
from knowledge.importing.imports import Imports
from knowledge.importing.records import State
from knowledge.models import Origin, Status
from knowledge.noting import set_note, set_status_source
from scheduler.facts import Frequency
from tests.knowledge.importing.files import APPROVER, EDITOR, a_file
from tests.scheduler.naive import PARIS
from tests.scheduler.people import ALL, Town, commitment, statuses

PAGE = "https://metropole.example/seance"


@pytest.fixture
def town(told_base: Database) -> Town:
    return Town(told_base)


def imported(town: Town, header: str, *lines: str) -> int:
    service = Imports(town.base, PARIS)
    proposal = service.propose(a_file(header, *lines), "f.csv", town.now)
    outcome = service.submit(proposal, EDITOR, town.now)
    assert outcome.state is State.APPLIED and outcome.differences
    return outcome.number


def test_a_follower_hears_of_a_whole_file_once(town: Town) -> None:
    person = town.person()
    town.follow(person, ALL, Frequency.IMMEDIATE)
    town.follow(person, commitment("p04"), Frequency.IMMEDIATE)
    imported(town, "id,status,deliberation_date,note", "p04,en_cours,2026-10-02,Une note", "p05,a_ouvrir,,")
    (told,) = town.tick(seconds=30)
    assert statuses(told) == {"p04": (None, Status.EN_COURS), "p05": (None, Status.A_OUVRIR)}
    assert {change.field for line in told.lines for change in line.changes} == {"status", "deliberation"}
    assert town.tick(days=1) == []


def test_a_file_undone_before_it_is_told_is_not_told(town: Town) -> None:
    town.follow(town.person(), ALL)
    number = imported(town, "id,status,due_to", "p04,en_cours,2031", "p05,a_ouvrir,")
    Imports(town.base, PARIS).undo(number, APPROVER, town.now)
    assert town.tick(days=1) == []


def test_a_file_undone_after_it_was_told_gets_one_correction(town: Town) -> None:
    town.follow(town.person(), ALL, Frequency.IMMEDIATE)
    number = imported(town, "id,status", "p04,en_cours", "p05,a_ouvrir")
    assert len(town.tick(seconds=30)) == 1
    Imports(town.base, PARIS).undo(number, APPROVER, town.now)
    (told,) = town.tick(seconds=30)
    assert [change.correction for line in told.lines for change in line.changes] == [True, True]


def test_a_note_and_a_page_are_not_told(town: Town) -> None:
    imported(town, "id,status", "p04,en_cours")
    person = town.person()
    town.follow(person, ALL, Frequency.IMMEDIATE)
    imported(town, "id,status_date,source_url,note", f"p04,2026-10,{PAGE},Une note", f"p02,,{PAGE},")
    assert town.tick(days=2) == []
    assert town.subscriptions.preview(commitment("p02"), town.now) == 0


def test_the_page_named_last_is_the_one_told(town: Town) -> None:
    town.follow(town.person(), commitment("p04"))
    imported(town, "id,status,source_url", f"p04,en_cours,{PAGE}/wrong")
    imported(town, "id,source_url", f"p04,{PAGE}")
    (told,) = town.tick(days=1)
    assert statuses(told) == {"p04": (None, Status.EN_COURS)} and told.lines[0].changes[0].url == PAGE


def test_an_undoing_is_a_correction_whatever_page_was_named_after(town: Town) -> None:
    town.follow(town.person(), commitment("p04"), Frequency.IMMEDIATE)
    number = town.set("p04", Status.EN_COURS)
    assert len(town.tick(seconds=30)) == 1
    town.undo(number)
    with town.base.write() as db:
        set_status_source(db, "p04", town.now, source=Origin.STAFF, url=PAGE)
        assert set_note(db, "p04", " Une note ", town.now) and not set_note(db, "p04", "Une note", town.now)
    (told,) = town.tick(seconds=30)
    assert told.lines[0].changes[0].correction
