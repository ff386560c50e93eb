"""``backup``, ``restore`` and ``health`` as an operator runs them."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.conversation.talk import Conversation
from bot.operation.backups import back_up
from bot.operation.health import Watch, examine
from bot.operation.ledger import KEPT, Ledger
from knowledge.database import Database
from knowledge.history.entries import list_entries
from knowledge.history.verifying import verify
from knowledge.loading import prepare
from scheduler.retention import Retention
from scheduler.ticking import Ticking
from tests.bot.conftest import NOW, PARIS
from tests.bot.test_commands_of_the_program import called


def test_a_backup_is_made_while_the_base_is_in_use(base: Database, conversation: Conversation, tmp_path: Path) -> None:
    conversation.answer(7, "/suivre p07", NOW)
    target = tmp_path / "backups" / "today.db"
    for _ in range(2):
        done = called("backup", str(target), database=base.path)
        assert done.returncode == 0 and b"backup written" in done.stdout
    assert target.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("SELECT count(*) FROM subscriptions").fetchone() == (1,)
    assert [each.name for each in target.parent.iterdir()] == ["today.db"]


def test_a_backup_older_than_thirty_days_is_removed_at_night(base: Database, tmp_path: Path) -> None:
    back_up(base.path, tmp_path / "old.db", NOW - timedelta(days=31))
    back_up(base.path, tmp_path / "new.db", NOW - timedelta(days=29))
    Retention(base).purge(NOW)
    assert not (tmp_path / "old.db").exists() and (tmp_path / "new.db").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("backup", "{folder}"), "not a file that may be written"),
        (("backup", "{folder}/bot.db"), "not a file that may be written"),
        (("restore", "{folder}/none.db"), "there is no backup"),
        (("restore", "{folder}/text"), "cannot be read"),
        (("restore", "{folder}/other.db"), "not a backup of this program"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    base: Database, tmp_path: Path, arguments: tuple[str, str], said: str
) -> None:
    (tmp_path / "text").write_text("no database at all, whatever one says about it" * 40)
    with closing(sqlite3.connect(tmp_path / "other.db")) as other, other:
        other.execute("CREATE TABLE a(b)")
    done = called(arguments[0], arguments[1].format(folder=tmp_path), database=base.path)
    assert done.returncode == 1 and done.stdout == b""
    assert said in done.stderr.decode() and done.stderr.count(b"\n") == 1


def test_without_a_database_there_is_nothing_to_copy(tmp_path: Path) -> None:
    done = called("backup", str(tmp_path / "copy.db"), database=tmp_path / "none.db")
    assert done.returncode == 1 and not (tmp_path / "none.db").exists() and not (tmp_path / "copy.db").exists()


def test_nothing_is_put_back_under_a_running_bot(base: Database, tmp_path: Path) -> None:
    back_up(base.path, tmp_path / "copy.db", NOW)
    base.read().execute("SELECT 1 FROM commitments").fetchone()
    done = called("restore", str(tmp_path / "copy.db"), database=base.path)
    assert done.returncode == 1 and b"the bot is running; stop it first" in done.stderr
    assert base.read().execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_backup_is_put_back(base: Database, conversation: Conversation, tmp_path: Path) -> None:
    conversation.answer(7, "/suivre p07", NOW)
    back_up(base.path, tmp_path / "copy.db", NOW)
    conversation.answer(7, "/arreter tout", NOW)
    base.close()
    done = called("restore", str(tmp_path / "copy.db"), database=base.path)
    assert done.returncode == 0 and b"people erased again: 0" in done.stdout
    assert base.read().execute("SELECT target FROM subscriptions").fetchall() == [("p07",)]
    assert base.read().execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert (tmp_path / "copy.db").exists()
    assert verify(base).faults == []
    *_, last = list_entries(base.read())
    assert last.kind == "base.restored"


def test_without_its_key_nothing_is_put_back(base: Database, tmp_path: Path) -> None:
    back_up(base.path, tmp_path / "copy.db", NOW)
    before = list(base.read().conn.iterdump())
    base.close()
    done = called("restore", str(tmp_path / "copy.db"), database=base.path, BOT_KEY_FILE=str(tmp_path / "none.key"))
    assert done.returncode == 1 and b"the key of this database is missing" in done.stderr
    assert list(base.read().conn.iterdump()) == before and not (tmp_path / "none.key").exists()


def test_health_is_one_line_and_a_status(base: Database) -> None:
    before = called("health", database=base.path)
    assert before.returncode == 1 and before.stdout.startswith(b"DEAD: no tick has succeeded yet")
    Ticking(base, PARIS).tick(datetime.now(UTC))
    well = called("health", database=base.path)
    assert well.returncode == 0 and well.stdout.count(b"\n") == 1
    assert well.stdout.startswith(b"OK: last tick ") and b"queue 0, oldest pending none" in well.stdout


@pytest.mark.parametrize(
    ("after", "begins", "is_well"),
    [
        (timedelta(minutes=1), "OK: ", True),
        (timedelta(minutes=6), "LATE: ", False),
        (timedelta(hours=25, seconds=1), "DEAD: no tick has succeeded since 2026-11-22 10:00:00 UTC", False),
    ],
)
def test_silence_is_told(base: Database, after: timedelta, begins: str, is_well: bool) -> None:
    Ticking(base, PARIS).tick(NOW)
    found = examine(base.path, NOW + after, tick_seconds=30)
    assert found.line.startswith(begins) and found.is_well is is_well


def test_a_running_bot_says_once_an_hour_that_its_ticks_fail(base: Database) -> None:
    Ticking(base, PARIS).tick(NOW)
    watch = Watch(base.path)
    assert watch.look(NOW + timedelta(hours=25)) is None
    dead = NOW + timedelta(hours=26)
    said = [watch.look(dead + timedelta(minutes=minutes)) for minutes in (0, 1, 59, 60)]
    assert [line is not None for line in said] == [True, False, False, True]


def test_health_without_a_database(tmp_path: Path) -> None:
    assert examine(tmp_path / "none.db", NOW, tick_seconds=30).line.startswith("DOWN: there is no database")
    assert not (tmp_path / "none.db").exists()


def test_a_base_that_was_only_tried_in_the_terminal_is_told_as_such(tmp_path: Path) -> None:
    tried = Database(tmp_path / "bot.db")
    prepare(tried, NOW)
    tried.close()
    assert examine(tried.path, NOW, tick_seconds=30).line == f"DOWN: the bot has never run on {tried.path}"
    done = called("backup", str(tmp_path / "copy.db"), database=tried.path)
    assert done.returncode == 1 and b"the bot has never run on" in done.stderr
    assert not (tmp_path / "copy.db").exists()


def test_the_ledger_forgets_what_no_backup_can_hold(base: Database) -> None:
    ledger = Ledger(base.path)
    ledger.note_erased(1, NOW - KEPT - timedelta(days=1))
    ledger.note_erased(2, NOW)
    assert ledger.erased() == {2}
