"""Every act is in the history; it is replayed to any day, and a base from before it is taken in as it stands."""

import random
import sqlite3
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlite_utils

from knowledge import undoing, updating
from knowledge.changes import list_changes
from knowledge.database import Database
from knowledge.errors import MissingKeyError
from knowledge.history import append
from knowledge.history.entries import Entry, list_entries
from knowledge.history.past import read_past
from knowledge.history.replay import states_at
from knowledge.history.states import read_states
from knowledge.loading import prepare
from knowledge.migrations import steps
from knowledge.models import DueDate, Origin, Status
from tests.conftest import NOW
from tests.knowledge.conftest import DataFolder
from tests.knowledge.histories import DUE, EDITOR, STEP, VOTE, act_at_random, faults
from tests.knowledge.test_changes import PATHS

PARIS = ZoneInfo("Europe/Paris")
STAFF = Origin.STAFF


def entries(base: Database) -> list[Entry]:
    return list(list_entries(base.read()))


def test_the_first_filling_is_the_first_entry(base: Database) -> None:
    (first,) = entries(base)
    assert (first.seq, first.kind, first.at, first.by) == (1, "base.filled", NOW, None)
    assert first.content["commitments"] == read_states(base.read())
    assert faults(base) == []


@pytest.mark.parametrize("path", PATHS)
def test_each_change_is_sealed_in_its_own_transaction(base: Database, path: str) -> None:
    with base.write() as db:
        PATHS[path](db)
    changes = list(list_changes(base.read()))
    sealed = [entry for entry in entries(base) if entry.kind == "change"]
    assert [entry.change for entry in sealed] == [change.id for change in changes]
    assert [(entry.commitment, entry.by, entry.at) for entry in sealed] == [
        (change.commitment, change.by, change.recorded_at) for change in changes
    ]
    assert faults(base) == []
    assert states_at(base.read(), NOW.date(), PARIS) == read_states(base.read())


def test_what_fails_is_not_in_the_history(base: Database) -> None:
    with pytest.raises(ZeroDivisionError), base.write() as db:
        live_once(base)
        append(db, "x.y", {}, None, NOW)
        raise ZeroDivisionError
    assert len(entries(base)) == 1 and faults(base) == []


def live_once(base: Database) -> None:
    updating.set_status(base.read(), "p04", Status.REALISE, NOW, source=STAFF)


def test_other_words_for_the_same_status_and_a_look_are_entries_and_no_changes(base: Database) -> None:
    with base.write() as db:
        updating.set_status(db, "p04", Status.REALISE, NOW, source=STAFF, evidence="vu")
        updating.set_status(db, "p04", Status.REALISE, NOW, source=Origin.IMPORT, evidence="revu")
        updating.set_status(db, "p04", Status.REALISE, NOW, source=Origin.IMPORT, evidence="revu")
        updating.confirm_unchanged(db, "p04", NOW, by=EDITOR)
        printed = read_states(db)["a1-01"]["due"]["dates"]
        assert printed and updating.set_due(db, "a1-01", dues(printed), NOW, source=STAFF) is None
    kinds = [entry.kind for entry in entries(base)]
    assert kinds == ["base.filled", "change", "commitment.basis", "commitment.checked", "commitment.basis"]
    state = states_at(base.read(), NOW.date(), PARIS)
    assert state["p04"]["status"] == ["realise", "import", "revu"] and state["a1-01"]["due"]["source"] == "staff"
    assert len(list(list_changes(base.read()))) == 1 and faults(base) == []


def dues(printed: list[dict[str, str]]) -> tuple[DueDate, ...]:
    return tuple(DueDate(label=each["label"], starts=each["from"], ends=each["to"]) for each in printed)


def test_a_day_is_replayed_as_it_ended_where_people_live(base: Database) -> None:
    late = NOW.replace(hour=22, minute=59, second=59)  # one second before midnight in Paris
    with base.write() as db:
        updating.set_status(db, "p04", Status.EN_COURS, late, source=STAFF)
        updating.set_status(db, "p04", Status.REALISE, late + timedelta(seconds=1), source=STAFF)
    said = [states_at(base.read(), date(2026, 11, day), PARIS).get("p04", {}).get("status") for day in (21, 22, 23)]
    assert said == [None, ["en_cours", "staff", None], ["realise", "staff", None]]


def test_changed_data_files_are_sealed_with_what_they_change(base: Database, data: DataFolder) -> None:
    with base.write() as db:
        updating.set_status(db, "p01", Status.REALISE, NOW, source=STAFF, by=EDITOR)
    data.commitment("p02", status=None, status_evidence=None)
    data.edit("milestones.yaml", lambda steps: steps.pop(0))
    later = NOW + timedelta(days=1)
    prepare(base, later, folder=data.path)
    *_, status, milestone, reloaded = entries(base)
    assert [each.kind for each in (status, milestone, reloaded)] == ["change", "change", "base.reloaded"]
    assert reloaded.content["commitments"] == {} and faults(base) == []
    with base.write() as db:
        updating.clear_status(db, "p01", later, source=STAFF)
    assert faults(base) == []


def test_other_words_of_the_report_are_sealed_too(base: Database, data: DataFolder) -> None:
    printed = read_states(base.read())["p02"]["status"]
    data.commitment("p02", status_evidence=other_words(data, "p02"))
    prepare(base, NOW + timedelta(days=1), folder=data.path)
    (reloaded,) = entries(base)[1:]
    assert list(reloaded.content["commitments"]) == ["p02"]
    assert read_states(base.read())["p02"]["status"] != printed and faults(base) == []


def other_words(data: DataFolder, commitment: str) -> str:
    """Other words of the report."""
    found: list[str] = []
    data.edit(
        "commitments/o1.yaml", lambda o: found.extend(c["title"] for c in o["commitments"] if c["id"] == commitment)
    )
    return found[0]


def test_a_base_from_before_the_history_is_sealed_as_it_stands(base: Database) -> None:
    before = read_states(base.read())
    with base.write() as db:
        number = updating.set_status(db, "p02", Status.REALISE, NOW, source=STAFF, by=EDITOR, evidence="vu")
        updating.add_deliberation(db, "p02", VOTE, NOW, source=Origin.IMPORT)
        updating.add_milestone(db, "p03", STEP, NOW, source=STAFF)
        updating.set_due(db, "a1-01", DUE, NOW, source=STAFF)
        assert number
        undoing.undo(db, number, NOW, source=STAFF)
        db.conn.execute("DROP TABLE history")
        db.conn.execute("DROP TABLE history_head")
        db.conn.execute("DELETE FROM _sqlite_migrations WHERE name = 'seal_history'")
    base.migrate(steps)
    found = entries(base)
    assert [each.kind for each in found] == ["base.filled", *["change"] * 5, "base.adopted"]
    assert found[0].content["commitments"] == before and found[-1].content["changes"] == 5
    assert faults(base) == []
    with base.write() as db:
        updating.set_status(db, "p02", Status.A_OUVRIR, NOW, source=STAFF)
    assert faults(base) == []


def test_the_past_of_a_commitment_begins_with_the_report(base: Database) -> None:
    printed = read_states(base.read())["p02"]["status"]
    with base.write() as db:
        updating.set_status(db, "p02", Status.REALISE, NOW, source=STAFF)
    past = read_past(base.read(), "p02")
    assert [past.report_status, past.report_evidence] == [Status(printed[0]), printed[2]]
    assert [change.new for change in past.changes] == [Status.REALISE]


def test_a_key_that_is_lost_is_not_made_again(base: Database) -> None:
    base.key_file.unlink()
    with pytest.raises(MissingKeyError), base.write() as db:
        append(db, "x.y", {}, None, NOW)
    assert not base.key_file.exists()


def test_the_history_is_append_only_for_us_too(base: Database) -> None:
    for act in ("UPDATE history SET kind = 'x'", "DELETE FROM history"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"), base.write() as db:
            db.execute(act)


def test_only_our_own_connection_appends() -> None:
    with pytest.raises(TypeError):
        append(sqlite_utils.Database(memory=True), "x.y", {}, None, NOW)


def test_many_random_acts_are_replayed_to_what_stands(base: Database) -> None:
    act_at_random(base, random.Random(4), 60)
    assert faults(base) == []
