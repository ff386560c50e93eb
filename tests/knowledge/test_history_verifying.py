"""Whatever is done to the history behind its back is found."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.database import MEMORY, Database
from knowledge.errors import BrokenHistoryError, DatabaseTooOldError, MissingKeyError
from knowledge.history import append
from knowledge.history.log import FIELDS
from knowledge.history.seals import Seals
from knowledge.history.verifying import verify
from knowledge.keys import Key
from tests.conftest import NOW
from tests.knowledge.histories import Cell, a_base, cells, changed, faults, live, open_to_all

ENTRIES = 12
SEALED = ("history", "history_head", "changes")
STANDING = ("commitments", "deliberations", "milestones", "due_dates")
# What the history says nothing of: the report's wording, and when a row was written.
_NOT_SEALED = {"position", "kind", "orientation", "title", "pages", "as_of", "checked_at", "updated_at"}


@pytest.fixture(scope="module")
def small() -> Iterator[Database]:
    base = a_base()
    open_to_all(base)
    yield base
    base.close()


@pytest.fixture
def own() -> Iterator[Database]:
    base = a_base()
    open_to_all(base)
    yield base
    base.close()


@pytest.fixture
def raw(own: Database) -> sqlite3.Connection:
    return open_to_all(own)


def test_what_nobody_touched_is_sound(small: Database) -> None:
    found = verify(small)
    assert (found.entries, found.faults) == (ENTRIES, [])


def test_any_byte_of_any_sealed_row_that_is_flipped_is_found(small: Database) -> None:
    raw = open_to_all(small)
    flips = 0
    for cell in list(cells(raw, *SEALED)):
        for place in range(cell.size):
            with changed(raw, cell, cell.flipped(place, 1)) as was_done:
                if was_done:
                    flips += 1
                    told = faults(small)
                    assert told, (cell, place)
                    assert cell.column == "seq" or any(named(cell) in line for line in told), (cell, place, told)
    assert flips > 2000 and faults(small) == []


def named(cell: Cell) -> str:
    return {"history": f"entry {cell.row}", "history_head": "head", "changes": f"change {cell.row}"}[cell.table]


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_other_change_of_a_byte_is_found(small: Database, data: st.DataObject) -> None:
    raw = open_to_all(small)
    cell = data.draw(st.sampled_from(list(cells(raw, *SEALED))))
    place, mask = data.draw(st.integers(0, cell.size - 1)), data.draw(st.integers(1, 255))
    with changed(raw, cell, cell.flipped(place, mask)) as was_done:
        assert faults(small) or not was_done


def test_a_field_that_is_emptied_or_filled_is_found(small: Database) -> None:
    raw = open_to_all(small)
    for cell in list(cells(raw, *SEALED)):
        with changed(raw, cell, None) as was_done:
            assert faults(small) or not was_done or cell.column == "seq"
    for column in ("commitment", "change", "member", "role", "via"):
        for (row,) in raw.execute(f"SELECT seq FROM history WHERE {column} IS NULL").fetchall():
            raw.execute(f"UPDATE history SET {column} = 1 WHERE seq = ?", [row])
            assert any(f"entry {row}:" in line for line in faults(small))
            raw.execute(f"UPDATE history SET {column} = NULL WHERE seq = ?", [row])


@pytest.mark.parametrize("seq", range(1, ENTRIES + 1))
def test_any_entry_that_is_deleted_is_found(own: Database, raw: sqlite3.Connection, seq: int) -> None:
    raw.execute("DELETE FROM history WHERE seq = ?", [seq])
    assert any(line.startswith(f"entry {seq}: ") for line in faults(own))


def test_the_end_cut_off_with_its_changes_is_found(own: Database, raw: sqlite3.Connection) -> None:
    raw.execute("DELETE FROM history WHERE seq > 8")
    raw.execute("DELETE FROM changes WHERE id > 4")
    assert "entries 9 to 12: cut off the end" in faults(own)


def test_the_end_cut_off_with_a_head_to_fit_is_found(own: Database, raw: sqlite3.Connection) -> None:
    raw.execute("DELETE FROM history WHERE seq = 12")
    raw.execute("UPDATE history_head SET count = 11, seal = (SELECT seal FROM history WHERE seq = 11)")
    assert "head: altered, or sealed with another key" in faults(own)


@pytest.mark.parametrize("everything", [False, True])
def test_a_head_or_a_whole_history_that_is_gone_is_found(
    own: Database, raw: sqlite3.Connection, everything: bool
) -> None:
    raw.execute("DELETE FROM history_head")
    if everything:
        raw.execute("DELETE FROM history")
    assert any(line.startswith("head: missing") for line in faults(own))


@pytest.mark.parametrize("seq", [-1, 0, 13, 20])
def test_an_entry_that_is_inserted_is_found(own: Database, raw: sqlite3.Connection, seq: int) -> None:
    columns = ", ".join(name for name in (*FIELDS, "seal") if name != "seq")
    raw.execute(f"INSERT INTO history(seq, {columns}) SELECT ?, {columns} FROM history WHERE seq = 12", [seq])
    assert any(f"entry {seq}:" in line for line in faults(own))


def test_two_entries_that_are_swapped_are_found(own: Database, raw: sqlite3.Connection) -> None:
    for seq, other in ((2, 3), (1, 12), (8, 11), (11, 12)):
        swap(raw, seq, other)
        told = faults(own)
        assert {f"entry {seq}", f"entry {other}"} <= {line.split(":")[0] for line in told}
        swap(raw, seq, other)
    assert faults(own) == []


def swap(raw: sqlite3.Connection, seq: int, other: int) -> None:
    for old, new in ((seq, 99), (other, seq), (99, other)):
        raw.execute("UPDATE history SET seq = ? WHERE seq = ?", [new, old])


def test_a_history_sealed_again_without_the_key_is_found(own: Database, raw: sqlite3.Connection) -> None:
    forged = Seals(Key(bytes(32)))
    raw.execute("UPDATE history SET content = '{}' WHERE seq = 9")
    before = b""
    for row in raw.execute(f"SELECT {', '.join(FIELDS)} FROM history ORDER BY seq").fetchall():
        before = forged.entry(row, before)
        raw.execute("UPDATE history SET seal = ? WHERE seq = ?", [before, row[0]])
    raw.execute("UPDATE history_head SET seal = ?, head_seal = ?", [before, forged.head(ENTRIES, before)])
    (line,) = faults(own)
    assert "no seal fits" in line


def test_one_entry_sealed_again_without_the_key_is_found(own: Database, raw: sqlite3.Connection) -> None:
    rows = raw.execute(f"SELECT {', '.join(FIELDS)}, seal FROM history ORDER BY seq").fetchall()
    forged = Seals(Key(bytes(32))).entry((*rows[4][:-2], "{}"), rows[3][-1])
    raw.execute("UPDATE history SET content = '{}', seal = ? WHERE seq = 5", [forged])
    assert any(line.startswith("entry 5: ") for line in faults(own))


@pytest.mark.parametrize("number", range(1, 7))
def test_a_change_that_is_deleted_or_added_is_found(own: Database, raw: sqlite3.Connection, number: int) -> None:
    columns = "commitment, field, subject, old, new, source, recorded_at"
    raw.execute(f"INSERT INTO changes(id, {columns}) SELECT 77, {columns} FROM changes WHERE id = ?", [number])
    raw.execute("DELETE FROM changes WHERE id = ?", [number])
    assert faults(own) == [
        f"change {number}: deleted: an entry seals it, its row is gone",
        "change 77: added: no intact entry seals it",
    ]


def test_what_is_in_force_and_not_by_the_history_is_found(small: Database) -> None:
    raw = open_to_all(small)
    edited = 0
    for cell in list(cells(raw, *STANDING)):
        if cell.column in _NOT_SEALED or (cell.table == "commitments" and cell.column == "id"):
            continue
        content = b"import" if cell.column == "source" and cell.content != b"import" else cell.flipped(0, 1)
        hidden = cell.table == "due_dates" and raw.execute(
            "SELECT source = 'report' FROM due_dates WHERE rowid = ?", [cell.row]
        ).fetchone() == (1,)
        with changed(raw, cell, content) as was_done:
            if was_done and not hidden:
                edited += 1
                assert faults(small), cell
    assert edited > 20


def test_a_row_in_force_that_is_deleted_or_added_is_found(own: Database, raw: sqlite3.Connection) -> None:
    raw.execute("DELETE FROM deliberations WHERE commitment = 'p02'")
    raw.execute("INSERT INTO milestones VALUES ('p01', '2026', 'milestone', 'Inventé', 'https://x', 'staff')")
    told = "\n".join(faults(own))
    assert "p02: deliberation:2026-10" in told and "p01: milestone:2026:Inventé" in told


def test_each_of_two_faults_is_told(own: Database, raw: sqlite3.Connection) -> None:
    raw.execute("UPDATE changes SET evidence = 'lu' WHERE id = 1")
    raw.execute("UPDATE commitments SET status = 'en_cours' WHERE id = 'p02'")
    assert faults(own) == [
        "change 1: edited: evidence",
        'p02: status in force is ["en_cours",null,null], by the history [null,null,null]',
    ]


def test_nothing_is_sealed_over_a_broken_end(own: Database, raw: sqlite3.Connection) -> None:
    raw.execute("UPDATE history_head SET count = 11")
    with pytest.raises(BrokenHistoryError), own.write() as db:
        append(db, "x.y", {}, None, NOW)
    raw.execute("DELETE FROM history_head")
    with pytest.raises(BrokenHistoryError), own.write() as db:
        append(db, "x.y", {}, None, NOW)
    assert raw.execute("SELECT count(*) FROM history").fetchone() == (ENTRIES,)


def test_nothing_is_sealed_where_an_entry_was_slipped_in(own: Database, raw: sqlite3.Connection) -> None:
    raw.execute("INSERT INTO history(seq, at, kind, content, seal) VALUES (13, 'x', 'x', '{}', x'00')")
    with pytest.raises(BrokenHistoryError), own.write() as db:
        append(db, "x.y", {}, None, NOW)


def test_a_longer_history_is_sound_and_goes_on(own: Database) -> None:
    for days in range(1, 6):
        live(own, days)
    assert faults(own) == [] and verify(own).entries == ENTRIES + 5 * 11


def test_without_its_key_or_its_tables_nothing_is_verified(base: Database) -> None:
    base.key_file.unlink()
    with pytest.raises(MissingKeyError):
        verify(base)
    assert not base.key_file.exists()
    with pytest.raises(DatabaseTooOldError):
        verify(Database(MEMORY))
