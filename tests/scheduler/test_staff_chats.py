"""Staff are written to through the outbox as anybody is; what they follow themselves stays their own."""

from datetime import timedelta

import pytest

from knowledge.authors import Author, Role, Via
from knowledge.database import Database
from scheduler.counters import total
from scheduler.enquiries import Enquiries
from scheduler.members import Members
from scheduler.notices import Notices
from scheduler.outbox import State
from scheduler.ports import Part
from scheduler.retention import CHATS_KEPT
from tests.scheduler.people import ALL, Town
from tests.scheduler.standins import PlainIdentities

ANNE = Author(member=1, role=Role.ADMIN, via=Via.TELEGRAM)
CHAT = 13


@pytest.fixture
def town(told_base: Database) -> Town:
    return Town(told_base)


@pytest.fixture
def members(town: Town) -> Members:
    members = Members(town.base, PlainIdentities())
    members.seed([(11, Role.ADMIN), (12, Role.ADMIN), (CHAT, Role.READER)], town.now)
    return members


def notify(town: Town, about: str = "import:1") -> None:
    assert Notices(town.base).to_role(Role.READER, about, Part(text="À voir."), town.now) == 3


def test_a_member_who_begins_to_follow_starts_with_quiet_hours_as_anybody(town: Town, members: Members) -> None:
    notify(town)
    assert town.person(CHAT).quiet == "20:00-08:00,sunday"


def test_the_quiet_hours_that_a_member_chose_stay(town: Town, members: Members) -> None:
    notify(town)
    known = town.subscribers.find(CHAT)
    assert known is not None
    town.subscribers.set_quiet(known.id, "none", town.now)
    assert town.person(CHAT).quiet == "none"


def test_no_notice_is_lost_in_the_night(town: Town, members: Members) -> None:
    notify(town)
    town.now += CHATS_KEPT + timedelta(days=1)
    notify(town, "import:2")
    town.retention.purge(town.now)
    assert town.outbox.counts()[State.PENDING] == 6


def test_an_answer_on_its_way_is_not_lost_in_the_night(town: Town) -> None:
    number = Enquiries(town.base).send(town.person(7).id, "le frigo ?", town.now, consent_version="1")
    town.now += CHATS_KEPT + timedelta(days=1)
    Enquiries(town.base).answer(number, Part(text="Oui."), ANNE, town.now)
    town.retention.purge(town.now)
    assert len(town.outbox.due(town.now)) == 1


def test_who_leaves_the_team_is_told_nothing_more_and_leaves_no_trace(town: Town, members: Members) -> None:
    notify(town)
    members.remove(3, ANNE, town.now)
    assert town.subscribers.find(CHAT) is None and len(town.outbox.due(town.now)) == 2
    assert not town.base.read().execute("SELECT 1 FROM subscribers WHERE chat_cipher = ?", [b"%d" % CHAT]).fetchone()
    assert total(town.base.read(), "subscriptions_erased") == 0


def test_who_leaves_the_team_keeps_what_they_follow_and_the_answer_to_their_question(
    town: Town, members: Members
) -> None:
    notify(town)
    person, enquiries = town.person(CHAT), Enquiries(town.base)
    town.follow(person, ALL)
    number = enquiries.send(person.id, "le frigo ?", town.now, consent_version="1")
    enquiries.answer(number, Part(text="Oui."), ANNE, town.now)
    members.remove(3, ANNE, town.now)
    assert len(town.subscriptions.list_of(person.id)) == 1
    assert [row.part.text for row in town.outbox.due(town.now) if row.subscriber == person.id] == ["Oui."]
