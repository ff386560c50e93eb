"""The knowledge base in use, from several threads and beside other processes."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.errors import DatabaseLockedError, KnowledgeError
from knowledge.matching.meaning import Outcome
from knowledge.misses import Tally, asked_between
from knowledge.models import Origin, Status
from knowledge.service import Knowledge
from tests.conftest import KEPT_INDEX, NOW

QUESTION = "où en est le plan pleine terre ?"
DAY = date(2026, 11, 22)


@pytest.fixture
def folder(database: Path, knowledge: Knowledge, tmp_path: Path) -> Path:
    """A copy of the session's base, beside the same index."""
    source = Database(database)
    source.read().execute("VACUUM INTO ?", [str(tmp_path / "bot.db")])
    source.close()
    copy = Database(tmp_path / "bot.db")
    with copy.write() as db:  # what other tests of the session have counted
        for table in ("misses", "asked"):
            db.table(table).delete_where()
    copy.close()
    (tmp_path / "index").symlink_to(KEPT_INDEX)
    return tmp_path


@pytest.fixture
def own(folder: Path) -> Iterator[Knowledge]:
    opened = Knowledge.open(folder / "bot.db", NOW, pytest.fail)
    yield opened
    opened.close()


@pytest.fixture
def other(folder: Path) -> Iterator[Database]:
    """The same file, as another process holds it."""
    database = Database(folder / "bot.db")
    yield database
    database.close()


def set_status(database: Database, status: str) -> None:
    with database.write() as db:
        sql = "UPDATE commitments SET status = ?, status_source = 'staff', status_evidence = 'vu' WHERE id = 'p11'"
        db.execute(sql, [status])


def misses(database: Database) -> list[tuple[str, str, str, int]]:
    return list(database.read().execute("SELECT day, kind, commitment, count FROM misses ORDER BY kind, commitment"))


def test_opening_again_learns_nothing_and_fills_nothing(own: Knowledge, knowledge: Knowledge) -> None:
    assert own.catalogue == knowledge.catalogue
    assert own.understand(QUESTION, None, NOW)[0] == knowledge.understand(QUESTION, None, NOW)[0]


def test_a_refresh_picks_up_what_another_process_wrote(own: Knowledge, other: Database) -> None:
    assert not own.refresh()
    set_status(other, "realise")
    assert own.catalogue.get("p11").status is not Status.REALISE
    assert own.refresh()
    found = own.catalogue.get("p11")
    assert (found.status, found.status_source) == (Status.REALISE, Origin.STAFF)
    assert not own.refresh()


def test_lists_follow_a_refresh(own: Knowledge, other: Database) -> None:
    def done() -> tuple[str, ...]:
        return own.understand("quels engagements sont réalisés ?", None, NOW)[0].commitments

    assert "p11" not in done()
    set_status(other, "realise")
    own.refresh()
    assert "p11" in done()


def test_a_refresh_works_from_any_thread(own: Knowledge, other: Database) -> None:
    assert not own.refresh()
    set_status(other, "realise")
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(own.refresh).result()


def test_misses_are_counted_by_day_and_kind(own: Knowledge, other: Database) -> None:
    for commitment in ("p11", "p11", "p12", None):
        own.tally.count_miss("not_this", commitment, DAY)
    own.tally.count_miss("none_of_these", None, DAY)
    own.tally.count_miss("not_this", None, date(2026, 11, 23))
    assert misses(other) == []
    own.tally.write()
    own.tally.write()
    assert misses(other) == [
        ("2026-11-22", "none_of_these", "", 1),
        ("2026-11-22", "not_this", "", 1),
        ("2026-11-23", "not_this", "", 1),
        ("2026-11-22", "not_this", "p11", 2),
        ("2026-11-22", "not_this", "p12", 1),
    ]


def test_what_was_asked_is_summed_over_days(own: Knowledge, other: Database) -> None:
    for day in (21, 22, 22, 23):
        own.tally.count_question("answer", date(2026, 11, day))
    own.tally.count_question("refusal", DAY)
    own.tally.count_miss("vague", None, DAY)
    own.tally.write()
    found = asked_between(other.read(), date(2026, 11, 22), date(2026, 11, 23))
    assert (found.outcomes, found.misses) == (Counter(answer=3, refusal=1), Counter(vague=1))


def test_misses_hold_nothing_of_the_person(other: Database) -> None:
    assert [column.name for column in other.read().table("misses").columns] == ["day", "kind", "commitment", "count"]
    assert [column.name for column in other.read().table("asked").columns] == ["day", "outcome", "count"]


def test_no_miss_is_lost_between_threads(own: Knowledge, other: Database) -> None:
    def count(_: int) -> None:
        own.tally.count_miss("not_this", "p11", DAY)
        own.tally.write()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, range(24)))
    assert misses(other) == [("2026-11-22", "not_this", "p11", 24)]


def test_counts_that_cannot_be_written_are_written_later(own: Knowledge, folder: Path) -> None:
    impatient = Database(folder / "bot.db", busy_ms=10)
    tally = Tally(impatient)
    tally.count_miss("vague", None, DAY)
    other = Database(folder / "bot.db")
    with other.write(), pytest.raises(DatabaseLockedError):
        tally.write()
    tally.write()
    assert misses(other) == [("2026-11-22", "vague", "", 1)]
    impatient.close()
    other.close()


def test_eight_threads_ask_while_the_base_is_read_again(own: Knowledge, other: Database) -> None:
    stop = threading.Event()

    def ask() -> set[tuple[Outcome, str]]:
        heard = set()
        while not stop.is_set():
            meaning, _ = own.understand(QUESTION, None, NOW)
            heard.add((meaning.outcome, own.catalogue.get(meaning.commitments[0]).id))
        return heard

    with ThreadPoolExecutor(8) as pool:
        asking = [pool.submit(ask) for _ in range(8)]
        try:
            for status in ("realise", "en_cours", "a_ouvrir", "realise"):
                set_status(other, status)
                assert own.refresh()
                assert own.catalogue.get("p11").status == status
        finally:
            stop.set()
    assert all(heard.result() <= {(Outcome.ANSWER, "p11")} for heard in asking)


def test_a_ranking_holds_every_commitment_once(knowledge: Knowledge) -> None:
    for message in (QUESTION, "", "漢字", "x" * 100_000):
        assert sorted(knowledge.ranked(message)) == sorted(c.id for c in knowledge.catalogue.commitments)
    assert knowledge.ranked(QUESTION)[0] == "p11"


def test_a_base_that_cannot_be_used_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_text("not a database " * 500)
    with pytest.raises(KnowledgeError):
        Knowledge.open(tmp_path / "bot.db", NOW, pytest.fail)
