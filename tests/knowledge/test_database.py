"""One SQLite file: what goes wrong with it has a type and one plain line, and a write is whole or not at all."""

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.errors import (
    DatabaseCorruptError,
    DatabaseError,
    DatabaseLockedError,
    DatabaseReadOnlyError,
    DatabaseTooNewError,
    KnowledgeError,
)
from knowledge.loading import prepare
from knowledge.migrations import steps
from knowledge.store import load_catalogue
from tests.conftest import NOW

ROOT = Path(__file__).parents[2]
NOBODY = 65534


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Rights of files bind everyone but root: where the tests run as root, be someone else for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder that any user can reach."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)
        Path(name).chmod(0o755)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        holder.close()


def told(error: DatabaseError) -> str:
    """The operator's line: the file, then why."""
    line = str(error)
    assert "\n" not in line and "Traceback" not in line and "sqlite3" not in line
    assert line.startswith(f"{error.path}: ")
    return line


def test_a_base_locked_by_another_program(base: Database) -> None:
    with locked(base.path), pytest.raises(DatabaseLockedError) as error, base.write():
        pass
    assert "locked by another program" in told(error.value)
    with base.write() as db:
        db.execute("UPDATE commitments SET note = 'free again' WHERE id = 'p01'")


def test_a_base_locked_before_its_first_use(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    with locked(path), pytest.raises(DatabaseLockedError):
        prepare(Database(path, busy_ms=50), NOW)


def test_reading_goes_on_while_another_program_writes(base: Database) -> None:
    with locked(base.path):
        assert len(load_catalogue(base).commitments) == 102


def test_a_read_only_file_can_be_read_and_not_written(filled: Path, shared_folder: Path) -> None:
    path = shared_folder / "bot.db"
    path.write_bytes(filled.read_bytes())
    path.chmod(stat.S_IREAD | stat.S_IRGRP | stat.S_IROTH)
    shared_folder.chmod(0o777)
    database = Database(path, busy_ms=50)
    with ordinary_user():
        assert len(load_catalogue(database).commitments) == 102
        with pytest.raises(DatabaseReadOnlyError) as error, database.write() as db:
            db.execute("UPDATE commitments SET note = 'x'")
    assert "read-only" in told(error.value)
    database.close()


def test_a_folder_where_nothing_can_be_written(shared_folder: Path) -> None:
    shared_folder.chmod(0o555)
    with ordinary_user():
        for path in (shared_folder / "bot.db", shared_folder / "deeper" / "bot.db"):
            with pytest.raises(DatabaseReadOnlyError) as error:
                Database(path, busy_ms=50).migrate(steps)
            assert "check the rights of the file and its folder" in told(error.value)


def test_a_path_that_cannot_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path, tmp_path / "file" / "bot.db"):
        with pytest.raises(DatabaseReadOnlyError):
            Database(path).migrate(steps)


@pytest.mark.parametrize("content", [b"not a database, but text " * 400, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bot.db"
    path.write_bytes(content)
    with pytest.raises(DatabaseCorruptError) as error:
        prepare(Database(path), NOW)
    assert "not a usable SQLite database" in told(error.value)
    assert path.read_bytes() == content


def test_a_base_whose_end_is_lost(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    path.write_bytes(filled.read_bytes()[: 4096 * 8])
    with pytest.raises(DatabaseCorruptError):
        prepare(Database(path), NOW)


def test_a_base_damaged_inside(filled: Path, tmp_path: Path, few_samples: Path) -> None:
    path = tmp_path / "bot.db"
    content = filled.read_bytes()
    path.write_bytes(content[: 4096 * 40] + b"\xee" * (len(content) - 4096 * 40))
    database = Database(path)
    with pytest.raises(DatabaseCorruptError):
        prepare(database, NOW, folder=few_samples)
        load_catalogue(database)


def test_a_base_of_a_newer_version(base: Database) -> None:
    with base.write() as db:
        row = "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES ('knowledge', 'tomorrow', 'x')"
        db.execute(row)
    with pytest.raises(DatabaseTooNewError) as error:
        prepare(Database(base.path), NOW)
    assert "newer version" in told(error.value)


def test_other_rooms_may_keep_their_tables_in_the_same_file(base: Database) -> None:
    with base.write() as db:
        row = "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES ('scheduler', 'first', 'x')"
        db.execute(row)
    base.migrate(steps)
    assert len(load_catalogue(base).commitments) == 102


def test_threads_that_migrate_together(tmp_path: Path) -> None:
    opened = [Database(tmp_path / "bot.db") for _ in range(6)]
    with ThreadPoolExecutor(len(opened)) as pool:
        list(pool.map(lambda database: database.migrate(steps), opened))
    names = [step.name for step in steps.applied(opened[0].read())]
    assert len(names) == len(set(names))
    assert not steps.pending(opened[0].read())
    for database in opened:
        database.close()


def test_programs_that_migrate_together(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from knowledge.database import Database;"
        "from knowledge.migrations import steps; Database(Path(sys.argv[1])).migrate(steps)"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "bot.db")]
    running = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(3)]
    assert [process.communicate(timeout=60)[1] for process in running] == [b""] * 3
    assert [process.returncode for process in running] == [0] * 3
    database = Database(tmp_path / "bot.db")
    assert not steps.pending(database.read())
    database.close()


def test_a_write_is_rolled_back_on_an_exception(base: Database) -> None:
    with pytest.raises(ZeroDivisionError), base.write() as db:
        db.execute("UPDATE commitments SET note = 'half' WHERE id = 'p01'")
        db.table("glossary").insert({"term": "mot", "meaning": "sens"})
        raise ZeroDivisionError
    found = load_catalogue(Database(base.path))
    assert found.get("p01").note is None and "mot" not in [term.term for term in found.glossary]
    with base.write() as db:
        db.execute("UPDATE commitments SET note = 'whole' WHERE id = 'p01'")
    assert load_catalogue(base).get("p01").note == "whole"


def test_a_write_is_seen_by_others_only_once_whole(base: Database) -> None:
    other = Database(base.path)
    with base.write() as db:
        db.execute("UPDATE commitments SET note = 'x' WHERE id = 'p01'")
        assert load_catalogue(other).get("p01").note is None
    assert load_catalogue(other).get("p01").note == "x"
    other.close()


def test_writers_wait_for_each_other(base: Database) -> None:
    patient = Database(base.path)
    with patient.write() as db:
        db.execute("INSERT INTO misses VALUES ('2026-01-01', 'not_this', '', 0)")

    def add(_: int) -> None:
        with patient.write() as db:
            (count,) = db.execute("SELECT count FROM misses").fetchone()
            db.execute("UPDATE misses SET count = ?", [count + 1])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(40)))
    assert patient.read().execute("SELECT count FROM misses").fetchone() == (40,)
    patient.close()


def test_a_broken_constraint_is_not_called_a_corrupt_file(base: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError), base.write() as db:
        for _ in range(2):
            db.execute("INSERT INTO glossary VALUES ('mot', 'sens')")


def test_the_number_of_a_version_changes_when_another_program_writes(base: Database) -> None:
    before = base.version()
    assert base.version() == before
    other = Database(base.path)
    with other.write() as db:
        db.execute("UPDATE commitments SET note = 'x' WHERE id = 'p01'")
    assert base.version() != before
    other.close()


def test_a_closed_base_opens_again(base: Database) -> None:
    base.close()
    assert len(load_catalogue(base).commitments) == 102


@pytest.mark.parametrize(
    "build",
    [DatabaseError, DatabaseLockedError, DatabaseReadOnlyError, DatabaseCorruptError, DatabaseTooNewError],
)
def test_every_error_of_the_base_is_one_of_the_knowledge(build: Callable[[Path], DatabaseError]) -> None:
    error = build(Path("var/bot.db"))
    assert isinstance(error, KnowledgeError) and error.path == Path("var/bot.db")
    assert told(error)
