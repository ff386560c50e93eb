"""One undo takes a whole file back, unless something came after it."""

from datetime import timedelta

import pytest

from knowledge.changes import list_changes
from knowledge.database import Database
from knowledge.errors import ImportBuiltUponError, ImportDecidedError, TooLateError
from knowledge.history.entries import list_entries
from knowledge.importing.records import State
from knowledge.models import Origin, Status
from knowledge.noting import set_note
from knowledge.undoing import undo
from knowledge.updating import set_status
from tests.conftest import NOW
from tests.knowledge.importing.files import APPROVER, EDITOR, PAGE, imports, proposed, without_dates

LATER = NOW + timedelta(hours=2)
HEADER = "id,status,status_date,deliberation_date,due_to,source_url,note"
LINES = (
    f"p07,realise,2026-10,2026-10-02,2027,{PAGE},Ouvert",
    f"p02,,,,,{PAGE},",
    "p08,en_cours,,,,,",
    "p09,,,,,,Bientôt",
)


def applied(base: Database, *lines: str, header: str = HEADER) -> int:
    service = imports(base)
    outcome = service.submit(proposed(base, header, *lines), EDITOR, NOW)
    assert outcome.state is State.APPLIED and outcome.differences
    return outcome.number


def test_an_undo_restores_the_base_and_is_recorded(base: Database) -> None:
    before = without_dates(base)
    number = applied(base, *LINES)
    count = len(list(list_changes(base.read())))
    assert imports(base).undo(number, APPROVER, LATER) == len(proposed(base, HEADER, *LINES).differences)
    assert without_dates(base) == before
    undoings = list(list_changes(base.read()))[count:]
    assert [change.undoes for change in undoings] == list(range(count, 0, -1))
    assert {change.by for change in undoings} == {APPROVER}
    (undone,) = (entry for entry in list_entries(base.read()) if entry.kind == "import.undone")
    assert undone.by == APPROVER and imports(base).get(number).state is State.UNDONE


def test_an_undo_brings_back_what_staff_had_recorded_with_its_source(base: Database) -> None:
    with base.write() as db:
        set_status(db, "p07", Status.EN_COURS, NOW, source=Origin.STAFF, evidence="lancé", url=f"{PAGE}/1")
        set_note(db, "p07", "Avant", NOW)
    applied(base, "p07,2026-09,2030", header="id,deliberation_date,due_to")
    before = without_dates(base)
    number = applied(base, f"p07,realise,2026-10,-,-,{PAGE},-")
    imports(base).undo(number, EDITOR, LATER)
    assert without_dates(base) == before


def test_undone_once_is_undone(base: Database) -> None:
    number = applied(base, *LINES)
    imports(base).undo(number, EDITOR, LATER)
    with pytest.raises(ImportDecidedError) as refused:
        imports(base).undo(number, EDITOR, LATER)
    assert refused.value.state == "undone"


def test_what_was_never_applied_cannot_be_undone(base: Database) -> None:
    number = imports(base).keep(proposed(base, HEADER, *LINES), EDITOR, NOW)
    with pytest.raises(ImportDecidedError):
        imports(base).undo(number, EDITOR, LATER)


def test_an_undo_is_refused_where_something_came_after_and_names_it(base: Database) -> None:
    number = applied(base, *LINES)
    with base.write() as db:
        set_status(db, "p08", Status.REALISE, LATER, source=Origin.STAFF, url=PAGE)
        set_note(db, "p09", "Autre chose", LATER)
    before = without_dates(base)
    with pytest.raises(ImportBuiltUponError) as refused:
        imports(base).undo(number, EDITOR, LATER)
    assert refused.value.commitments == ("p08", "p09")
    assert without_dates(base) == before and imports(base).get(number).state is State.APPLIED


def test_what_was_undone_by_itself_already_is_passed_over(base: Database) -> None:
    before = without_dates(base)
    number = applied(base, *LINES)
    with base.write() as db:
        undo(db, 1, LATER, source=Origin.STAFF)
    imports(base).undo(number, EDITOR, LATER)
    assert without_dates(base) == before


def test_something_elsewhere_does_not_hinder(base: Database) -> None:
    number = applied(base, *LINES)
    with base.write() as db:
        set_status(db, "p10", Status.EN_COURS, LATER, source=Origin.STAFF)
    imports(base).undo(number, EDITOR, LATER)


def test_after_a_day_it_is_too_late_unless_the_caller_says_otherwise(base: Database) -> None:
    number = applied(base, *LINES)
    with pytest.raises(TooLateError) as refused:
        imports(base).undo(number, EDITOR, NOW + timedelta(hours=24, seconds=1))
    assert refused.value.hours == 24
    imports(base).undo(number, EDITOR, NOW + timedelta(days=30), within=None)


def test_an_import_over_an_import_is_undone_in_order(base: Database) -> None:
    before = without_dates(base)
    first = applied(base, "p07,en_cours", header="id,status")
    between = without_dates(base)
    second = applied(base, f"p07,realise,{PAGE}", header="id,status,source_url")
    with pytest.raises(ImportBuiltUponError):
        imports(base).undo(first, EDITOR, LATER)
    imports(base).undo(second, EDITOR, LATER)
    assert without_dates(base) == between
    imports(base).undo(first, EDITOR, LATER)
    assert without_dates(base) == before


def test_a_status_that_comes_back_after_a_clearing_is_the_report_s(base: Database) -> None:
    with base.write() as db:
        set_status(db, "p02", Status.REALISE, NOW, source=Origin.STAFF, url=PAGE)
    service = imports(base)
    cleared = service.submit(proposed(base, "id,status", "p02,-"), EDITOR, NOW)
    service.confirm(cleared.number, APPROVER, NOW)
    before = without_dates(base)
    number = applied(base, f"p02,realise,,,,{PAGE},")
    service.undo(number, EDITOR, LATER)
    assert without_dates(base) == before and before["p02"].status_source is Origin.REPORT
