"""A question sent to staff: answered once, erased in time, and with the person."""

from datetime import timedelta

import pytest

from knowledge.authors import Author, Role, Via
from knowledge.database import Database
from knowledge.history.entries import list_entries
from knowledge.models import Status
from scheduler.dossier import dossier
from scheduler.enquiries import KEPT_FOR, MOST_OPEN, Enquiries
from scheduler.errors import TooManyEnquiriesError, UnknownEnquiryError
from scheduler.facts import Frequency
from scheduler.outbox import State
from scheduler.ports import Part
from scheduler.retention import CHATS_KEPT
from tests.scheduler.people import ALL, Town

BRUNO = Author(member=3, role=Role.EDITOR, via=Via.TELEGRAM)
ANSWER = Part(text="Il y en a un, place du Change.")


@pytest.fixture
def town(told_base: Database) -> Town:
    return Town(told_base)


@pytest.fixture
def enquiries(told_base: Database) -> Enquiries:
    return Enquiries(told_base)


def send(town: Town, enquiries: Enquiries, chat: int = 1, question: str = "le frigo partagé ?") -> int:
    return enquiries.send(town.person(chat).id, question, town.now, consent_version="1")


def test_the_answer_is_enqueued_once_and_the_link_is_gone_with_it(town: Town, enquiries: Enquiries) -> None:
    number = send(town, enquiries)
    enquiries.answer(number, ANSWER, BRUNO, town.now)
    with pytest.raises(UnknownEnquiryError):
        enquiries.answer(number, ANSWER, BRUNO, town.now)
    with pytest.raises(UnknownEnquiryError):
        enquiries.get(number)
    (row,) = town.outbox.due(town.now)
    assert row.part == ANSWER and row.ref == f"enquiry:{number}"
    *_, last = list_entries(town.base.read())
    assert (last.kind, last.by, last.content) == ("question.answered", BRUNO, {"enquiry": number})


def test_an_answer_comes_in_quiet_hours_and_pauses_too(town: Town, enquiries: Enquiries) -> None:
    number = send(town, enquiries)
    town.subscribers.pause(town.person().id, None)
    night = town.now.replace(hour=23)
    enquiries.answer(number, ANSWER, BRUNO, night)
    assert len(town.outbox.due(night)) == 1


def test_nobody_answers_into_a_closed_chat_and_the_question_waits_for_its_return(
    town: Town, enquiries: Enquiries
) -> None:
    number = send(town, enquiries)
    town.subscribers.close(town.person().id, town.now)
    assert enquiries.list_open() == ()
    with pytest.raises(UnknownEnquiryError):
        enquiries.answer(number, ANSWER, BRUNO, town.now)
    assert town.subscribers.come_back(1) and enquiries.get(number).question == "le frigo partagé ?"


def test_who_stops_everything_still_gets_the_answer_they_asked_for(town: Town, enquiries: Enquiries) -> None:
    person = town.person()
    town.follow(person, ALL, Frequency.IMMEDIATE)
    enquiries.answer(send(town, enquiries), ANSWER, BRUNO, town.now)
    town.set("p04", Status.EN_COURS)
    town.tick(seconds=30)
    town.subscriptions.end_all(person.id, town.now)
    assert town.outbox.counts()[State.CANCELLED] == 1
    assert [row.part for row in town.outbox.due(town.now)] == [ANSWER]


def test_the_night_erases_an_answer_that_has_left(town: Town, enquiries: Enquiries) -> None:
    enquiries.answer(send(town, enquiries), ANSWER, BRUNO, town.now)
    (row,) = town.outbox.due(town.now)
    town.retention.purge(town.now)
    assert town.outbox.counts()[State.PENDING] == 1
    town.outbox.begin(row, town.now)
    town.outbox.mark_sent(row.id, 5, town.now)
    town.retention.purge(town.now)
    assert town.base.read().table("outbox").count == 0
    counted = dict(town.base.read().execute("SELECT name, count FROM counters").fetchall())
    assert counted["deliveries_notice_sent"] == counted["enquiries_sent"] == counted["enquiries_answered"] == 1


def test_a_person_who_follows_nothing_is_kept_while_they_wait_and_not_longer(town: Town, enquiries: Enquiries) -> None:
    send(town, enquiries)
    town.retention.purge(town.now + CHATS_KEPT + timedelta(days=1))
    assert len(enquiries.list_open()) == 1
    town.retention.purge(town.now + KEPT_FOR + timedelta(minutes=1))
    assert enquiries.list_open() == ()
    assert town.base.read().table("subscribers").count == 0


def test_unanswered_questions_of_followers_go_after_thirty_days(town: Town, enquiries: Enquiries) -> None:
    send(town, enquiries)
    town.follow(town.person(), ALL)
    town.retention.purge(town.now + KEPT_FOR)
    assert len(enquiries.list_open()) == 1
    town.retention.purge(town.now + KEPT_FOR + timedelta(minutes=1))
    assert enquiries.list_open() == () and town.base.read().table("subscribers").count == 1


def test_a_person_sees_what_is_held_and_takes_it_back(town: Town, enquiries: Enquiries) -> None:
    number, person = send(town, enquiries), town.person()
    (held,) = dossier(town.base, person.id)["questions_to_staff"]
    assert held["question"] == "le frigo partagé ?" and held["consent_version"] == "1"
    assert not enquiries.withdraw(town.person(2).id, number)
    assert enquiries.withdraw(person.id, number) and not enquiries.withdraw(person.id, number)


def test_erasing_a_person_erases_their_questions(town: Town, enquiries: Enquiries) -> None:
    send(town, enquiries)
    other = send(town, enquiries, chat=2)
    town.retention.erase(town.person().id, town.now)
    assert [each.id for each in enquiries.list_open()] == [other]


def test_one_question_is_kept_once_and_three_wait_at_most(town: Town, enquiries: Enquiries) -> None:
    assert send(town, enquiries) == send(town, enquiries)
    for n in range(MOST_OPEN - 1):
        send(town, enquiries, question=f"question {n}")
    with pytest.raises(TooManyEnquiriesError):
        send(town, enquiries, question="une de trop")
    send(town, enquiries, chat=2)


def test_a_draft_waits_with_the_question(town: Town, enquiries: Enquiries) -> None:
    number = send(town, enquiries)
    assert enquiries.get(number).draft is None
    enquiries.write_draft(number, "Oui.")
    assert enquiries.get(number).draft == "Oui."
    with pytest.raises(UnknownEnquiryError):
        enquiries.write_draft(number + 1, "Non.")
