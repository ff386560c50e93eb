"""The words that people let be kept: a day, a kind, nobody; alike together; gone in time."""

from datetime import date, timedelta

import pytest

from knowledge.authors import Author, Role, Via
from knowledge.database import Database
from knowledge.history.entries import list_entries
from knowledge.questions.errors import NothingToKeepError, UnknownQuestionError
from knowledge.questions.kept import KEPT_FOR, KeptQuestions, purge
from tests.conftest import NOW

DAY = date(2026, 11, 22)
BRUNO = Author(member=3, role=Role.EDITOR, via=Via.TELEGRAM)


@pytest.fixture
def questions(base: Database) -> KeptQuestions:
    return KeptQuestions(base)


def test_only_a_day_a_kind_and_stripped_words_are_kept(base: Database, questions: KeptQuestions) -> None:
    number, words = questions.keep("je m'appelle Marie Dupont, où est le frigo partagé ?", "vague", DAY)
    assert words == "je m'appelle [nom], où est le frigo partagé ?"
    (row,) = base.read().query("SELECT * FROM kept_questions")
    assert row == {"id": number, "day": "2026-11-22", "kind": "vague", "text": words, "settled": None}


@pytest.mark.parametrize("question", ["06 12 34 56 78", "et moi ?", "", "@marie"])
def test_nothing_is_kept_when_nothing_is_left(base: Database, questions: KeptQuestions, question: str) -> None:
    with pytest.raises(NothingToKeepError):
        questions.keep(question, "vague", DAY)
    assert base.read().table("kept_questions").count == 0


def test_groups_come_most_asked_first(questions: KeptQuestions) -> None:
    questions.keep("le tram de nuit", "near_miss", DAY)
    for n, text in enumerate(("où est le frigo partagé", "frigo partagé ?", "frigo partagé ?")):
        questions.keep(text, "vague" if n else "not_this", DAY + timedelta(days=n))
    first, second = questions.groups()
    assert (first.count, first.texts) == (3, ("frigo partagé ?", "où est le frigo partagé"))
    assert (first.kinds, first.last) == (("vague", "not_this"), DAY + timedelta(days=2))
    assert (second.count, second.kinds) == (1, ("near_miss",))
    assert questions.get_group(first.numbers[2]) == first


def test_what_is_settled_can_be_put_back_until_the_night(base: Database, questions: KeptQuestions) -> None:
    questions.keep("le tram de nuit", "near_miss", DAY)
    (group,) = questions.groups()
    questions.settle(group, BRUNO, NOW)
    assert questions.groups() == ()
    with pytest.raises(UnknownQuestionError):
        questions.get_group(group.leader)
    assert questions.reopen(group.leader, BRUNO, NOW) and questions.groups() == (group,)
    questions.settle(group, BRUNO, NOW)
    with base.write() as db:
        assert purge(db, DAY) == 1
    assert not questions.reopen(group.leader, BRUNO, NOW)


def test_the_record_says_who_settled_and_holds_no_words_of_the_public(base: Database, questions: KeptQuestions) -> None:
    questions.keep("le frigo partagé", "near_miss", DAY)
    questions.settle(questions.groups()[0], BRUNO, NOW)
    *_, last = list_entries(base.read())
    assert (last.kind, last.by, last.content) == ("question.settled", BRUNO, {"questions": 1, "reasons": ["near_miss"]})
    assert not any("frigo" in str(entry.content) for entry in list_entries(base.read()))


def test_nothing_is_kept_longer_than_people_were_told(base: Database, questions: KeptQuestions) -> None:
    questions.keep("le tram de nuit", "near_miss", DAY)
    for after, left in ((KEPT_FOR - timedelta(days=1), 1), (KEPT_FOR, 0)):
        with base.write() as db:
            purge(db, DAY + after)
        assert len(questions.groups()) == left


def test_a_person_may_go_back_on_it(questions: KeptQuestions) -> None:
    number, _ = questions.keep("le tram de nuit", "near_miss", DAY)
    assert questions.drop(number) and questions.groups() == ()
    assert not questions.drop(number)


def test_two_thousand_questions_are_grouped_in_a_moment(base: Database, questions: KeptQuestions) -> None:
    with base.write() as db:
        rows = [("2026-11-22", "vague", f"où est le banc {n % 700} de la place {n % 900}") for n in range(2_500)]
        db.conn.executemany("INSERT INTO kept_questions(day, kind, text) VALUES (?, ?, ?)", rows)
    groups = questions.groups()
    assert sum(group.count for group in groups) == 2_000 and groups == questions.groups()
