"""Every write records its change in the same transaction, and only a write that changes something does."""

import inspect
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlite_utils

import knowledge
from knowledge import changes, differences, undoing, updating
from knowledge.authors import Author, Role, Via
from knowledge.changes import Field, list_changes
from knowledge.database import Database
from knowledge.errors import NotUndoableError, UnknownChangeError, UnknownCommitmentError
from knowledge.loading import prepare
from knowledge.models import Deliberation, DueDate, Milestone, Origin, Status
from knowledge.overdue import record_overdue
from knowledge.store import load_catalogue
from tests.conftest import NOW
from tests.knowledge.conftest import DataFolder

LATER = NOW + timedelta(days=1)
STAFF = Origin.STAFF
EDITOR = Author(member=3, role=Role.EDITOR, via=Via.TELEGRAM)
VOTE = Deliberation(date="2026-10", label="octobre 2026", url="https://x.example/vote")
STEP = Milestone(date="2026-10-02", kind="milestone", summary="Ouvert", source_url="https://x.example/step")
DUE = (DueDate(label="fin 2027", starts="2027", ends="2027"),)

Write = Callable[[sqlite_utils.Database], object]


def first_done(db: sqlite_utils.Database) -> int:
    number = updating.set_status(db, "p04", Status.REALISE, NOW, source=STAFF)
    assert number is not None
    return number


def add_then_remove(db: sqlite_utils.Database) -> None:
    updating.add_deliberation(db, "p04", VOTE, NOW, source=STAFF)
    updating.remove_deliberation(db, "p04", VOTE, NOW, source=STAFF)
    updating.add_deliberation(db, "p05", VOTE, NOW, source=STAFF)


def set_then_clear(db: sqlite_utils.Database) -> None:
    first_done(db)
    updating.clear_status(db, "p04", NOW, source=STAFF)
    updating.set_status(db, "p05", Status.REALISE, NOW, source=STAFF)


# One entry a public function of ``updating`` and ``undoing``; ``test_no_write_path_is_forgotten`` finds a missing one.
PATHS: dict[str, Write] = {
    "set_status": lambda db: updating.set_status(db, "p04", Status.REALISE, NOW, source=Origin.IMPORT),
    "clear_status": set_then_clear,
    "add_deliberation": lambda db: updating.add_deliberation(db, "p04", VOTE, NOW, source=STAFF, by=EDITOR),
    "remove_deliberation": add_then_remove,
    "set_due": lambda db: updating.set_due(db, "p04", DUE, NOW, source=STAFF),
    "add_milestone": lambda db: updating.add_milestone(db, "p04", STEP, NOW, source=STAFF),
    "undo": lambda db: (undoing.undo(db, first_done(db), NOW, source=STAFF), first_done(db)),
}


def replayed(before: differences.Told, base: Database) -> differences.Told:
    """What the recorded changes make of a picture."""
    picture = dict(before)
    for change in list_changes(base.read()):
        key = change.commitment, change.field, change.subject
        assert changes.encode(picture.get(key)) == changes.encode(change.old), change
        if change.new is None and change.field not in (Field.STATUS, Field.DUE):
            del picture[key]
        else:
            picture[key] = change.new
    return picture


def plain(picture: differences.Told) -> dict[tuple[str, Field, str], str | None]:
    return {key: changes.encode(value) for key, value in picture.items()}


@pytest.mark.parametrize("path", PATHS)
def test_a_write_records_what_it_changes(base: Database, path: str) -> None:
    before = differences.told(base.read())
    with base.write() as db:
        PATHS[path](db)
    after = differences.told(base.read())
    assert plain(after) != plain(before)
    assert plain(replayed(before, base)) == plain(after)


def test_no_write_path_is_forgotten() -> None:
    public = {
        name
        for module in (updating, undoing)
        for name, thing in inspect.getmembers(module, inspect.isfunction)
        if thing.__module__ == module.__name__ and not name.startswith("_")
    }
    assert public - {"confirm_unchanged"} == PATHS.keys()


def test_nothing_else_writes_what_people_are_told_of() -> None:
    writes = re.compile(
        r"(INSERT[^\"']*INTO|UPDATE|DELETE FROM)\s+(commitments|deliberations|milestones|due_dates)\b"
        r"|table\(\"(commitments|deliberations|milestones|due_dates)\"\)\.(insert|update|upsert|delete)",
        re.IGNORECASE,
    )
    room = Path(knowledge.__file__).parent
    places = {
        path.relative_to(room.parent).as_posix()
        for folder in ("knowledge", "scheduler", "bot")
        for path in (room.parent / folder).rglob("*.py")
        if writes.search(path.read_text(encoding="utf-8"))
    }
    assert places <= {"knowledge/rows.py", "knowledge/updating.py", "knowledge/loading.py"}
    assert "updated" not in (room / "updating.py").read_text(encoding="utf-8").split("def confirm_unchanged")[0]


def test_a_failed_write_records_nothing(base: Database) -> None:
    before = differences.told(base.read())
    with pytest.raises(ZeroDivisionError), base.write() as db:
        first_done(db)
        raise ZeroDivisionError
    assert differences.told(base.read()) == before and not list(list_changes(base.read()))


def test_what_changes_nothing_records_nothing(base: Database) -> None:
    with base.write() as db:
        first_done(db)
        assert updating.set_status(db, "p04", Status.REALISE, LATER, source=Origin.IMPORT) is None
        assert updating.add_deliberation(db, "p04", VOTE, NOW, source=STAFF)
        assert updating.add_deliberation(db, "p04", VOTE, NOW, source=STAFF) is None
        assert updating.set_due(db, "p04", (), NOW, source=STAFF) is None
        updating.confirm_unchanged(db, "p04", LATER)
    assert len(list(list_changes(base.read()))) == 2
    assert load_catalogue(base).get("p04").checked_at == LATER.date().isoformat()


def test_an_unknown_commitment_is_refused(base: Database) -> None:
    with pytest.raises(UnknownCommitmentError), base.write() as db:
        updating.set_status(db, "p99", Status.REALISE, NOW, source=STAFF)


def test_a_change_says_what_when_whence_and_by_which_role(base: Database) -> None:
    with base.write() as db:
        updating.set_status(
            db,
            "p04",
            Status.REALISE,
            NOW,
            source=STAFF,
            by=EDITOR,
            evidence="inauguré",
            event_date="2026-09",
            url="https://x.example",
        )
    (change,) = list_changes(base.read())
    assert (change.commitment, change.field, change.new) == ("p04", Field.STATUS, Status.REALISE)
    assert (change.source, change.by, change.evidence) == (STAFF, EDITOR, "inauguré")
    assert (change.event_date, change.url, change.recorded_at) == ("2026-09", "https://x.example", NOW)


def test_an_undo_brings_back_what_was_there_with_its_source(base: Database) -> None:
    printed = load_catalogue(base).get("p02")
    with base.write() as db:
        first = updating.set_status(db, "p02", Status.REALISE, NOW, source=STAFF, evidence="ouvert")
        second = updating.set_status(db, "p02", Status.A_OUVRIR, LATER, source=Origin.IMPORT)
        assert first and second
        undoing.undo(db, second, LATER, source=STAFF)
    found = load_catalogue(base).get("p02")
    assert (found.status, found.status_source, found.status_evidence) == (Status.REALISE, STAFF, "ouvert")
    with base.write() as db:
        undoing.undo(db, first, LATER, source=STAFF)
    found = load_catalogue(base).get("p02")
    assert (found.status, found.status_source) == (printed.status, printed.status_source)
    assert found.status_evidence == printed.status_evidence


def test_only_the_last_change_that_stands_can_be_undone(base: Database) -> None:
    with base.write() as db:
        first = first_done(db)
        second = updating.set_status(db, "p04", Status.EN_COURS, LATER, source=STAFF)
        assert second
        with pytest.raises(NotUndoableError):
            undoing.undo(db, first, LATER, source=STAFF)
        undone = undoing.undo(db, second, LATER, source=STAFF)
        for number in (second, undone):
            with pytest.raises(NotUndoableError):
                undoing.undo(db, number, LATER, source=STAFF)
        with pytest.raises(UnknownChangeError):
            undoing.undo(db, 999, LATER, source=STAFF)


def test_a_moved_due_date_keeps_its_slips_and_the_report_s_own(base: Database) -> None:
    printed = next(c for c in load_catalogue(base).commitments if c.due and c.due[0].ends)
    for year in ("2040", "2041", "2039"):
        with base.write() as db:
            due = (DueDate(label=year, starts=year, ends=year),)
            updating.set_due(db, printed.id, due, NOW, source=STAFF)
    found = load_catalogue(base).get(printed.id)
    assert [due.label for due in found.due] == ["2039"]
    assert (found.replaced_due, found.slips) == (printed.due, 2)
    with base.write() as db:
        updating.set_due(db, printed.id, (), NOW, source=STAFF)
    assert load_catalogue(base).get(printed.id).due == printed.due


def test_the_first_filling_is_no_change(base: Database) -> None:
    assert not list(list_changes(base.read()))


def test_a_changed_data_file_records_what_it_changes(base: Database, data: DataFolder) -> None:
    before = differences.told(base.read())
    data.commitment("p02", status=None, status_evidence=None)
    data.edit("milestones.yaml", lambda steps: steps.pop(0))
    prepare(base, LATER, folder=data.path)
    found = list(list_changes(base.read()))
    assert [(c.field, c.source) for c in found] == [
        (Field.STATUS, Origin.REPORT),
        (Field.MILESTONE, Origin.REPORT),
    ]
    assert plain(replayed(before, base)) == plain(differences.told(base.read()))


def test_a_data_file_that_changes_only_words_records_nothing(base: Database, data: DataFolder) -> None:
    data.commitment("p09", summary="Un résumé refait.")
    prepare(base, LATER, folder=data.path)
    assert not list(list_changes(base.read()))


def test_a_due_date_passes_after_its_last_day_where_the_status_is_known_and_open(base: Database) -> None:
    with base.write() as db:
        for commitment, status in (("p04", Status.EN_COURS), ("p05", Status.REALISE)):
            updating.set_status(db, commitment, status, NOW, source=STAFF)
        for commitment in ("p04", "p05", "p10"):
            updating.set_due(db, commitment, (DueDate(label="été", starts=None, ends="2026-11"),), NOW, source=STAFF)
        assert load_catalogue_status(db, "p10") is None
        last = NOW.date().replace(day=30)
        assert record_overdue(db, NOW.date(), last, NOW) == 0
        assert record_overdue(db, last, last + timedelta(days=1), NOW) == 1
        assert record_overdue(db, last, last + timedelta(days=1), NOW) == 0
        (found,) = list_changes(db, field=Field.OVERDUE)
    assert (found.commitment, found.event_date) == ("p04", "2026-11-30")


def load_catalogue_status(db: sqlite_utils.Database, commitment: str) -> str | None:
    status: str | None = db.execute("SELECT status FROM commitments WHERE id = ?", [commitment]).fetchone()[0]
    return status
