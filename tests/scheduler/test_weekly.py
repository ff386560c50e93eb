"""The weekly note: each Monday at 08:30 local time, once a member, for the days since the last one."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from knowledge.authors import Author, Role, Via
from knowledge.database import Database
from knowledge.misses import Tally
from knowledge.questions.kept import KeptQuestions
from scheduler.members import Members
from scheduler.outbox import State
from scheduler.ports import Part
from scheduler.weekly import WeekFacts, WeeklyNote, due_monday, skip, week_facts
from tests.scheduler.naive import PARIS
from tests.scheduler.people import ALL, Town, commitment
from tests.scheduler.standins import PlainIdentities

MONDAY = date(2026, 11, 23)
BEFORE = datetime(2026, 11, 23, 7, 29, tzinfo=UTC)
AT = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)  # 08:30 in Nantes
ANNE = Author(member=1, role=Role.ADMIN, via=Via.TELEGRAM)


class Written:
    """Notes as they were asked for."""

    def __init__(self) -> None:
        self.facts: list[WeekFacts] = []

    def __call__(self, facts: WeekFacts) -> tuple[Part, ...]:
        self.facts.append(facts)
        return Part(text="Note"), Part(text="Suite")


@pytest.fixture
def town(told_base: Database) -> Town:
    return Town(told_base, now=BEFORE - timedelta(days=6))


@pytest.fixture
def written() -> Written:
    return Written()


@pytest.fixture
def weekly(town: Town, written: Written) -> WeeklyNote:
    members = Members(town.base, PlainIdentities())
    members.seed([(11, Role.ADMIN), (12, Role.READER)], town.now)
    weekly = WeeklyNote(town.base, PARIS, written)
    assert weekly.tick(town.now) == 0
    return weekly


def sent(town: Town) -> int:
    return town.outbox.counts()[State.PENDING]


def test_it_is_sent_once_to_each_member(town: Town, weekly: WeeklyNote, written: Written) -> None:
    assert weekly.tick(BEFORE) == 0
    assert weekly.tick(AT) == 2 and sent(town) == 4
    for later in (0, 1, 60 * 24 * 6):
        assert weekly.tick(AT + timedelta(minutes=later)) == 0
    (facts,) = written.facts
    assert (facts.first, facts.last) == (MONDAY - timedelta(days=7), MONDAY - timedelta(days=1))


def test_another_process_does_not_send_it_again(town: Town, weekly: WeeklyNote, written: Written) -> None:
    weekly.tick(AT)
    assert WeeklyNote(Database(town.base.path), PARIS, written).tick(AT) == 0


def test_missed_weeks_are_told_in_one_note(town: Town, weekly: WeeklyNote, written: Written) -> None:
    assert weekly.tick(AT + timedelta(days=15)) == 2
    (facts,) = written.facts
    assert (facts.first, facts.last) == (MONDAY - timedelta(days=7), MONDAY + timedelta(days=13))


def test_the_first_start_tells_nothing_yet(told_base: Database, written: Written) -> None:
    assert WeeklyNote(told_base, PARIS, written).tick(AT) == 0 and written.facts == []


def test_somebody_who_left_the_team_gets_none(town: Town, weekly: WeeklyNote) -> None:
    Members(town.base, PlainIdentities()).remove(2, ANNE, town.now)
    assert weekly.tick(AT) == 1


def test_a_restored_base_does_not_send_it_again(town: Town, weekly: WeeklyNote, written: Written) -> None:
    with town.base.write() as db:
        skip(db, AT, PARIS)
    assert weekly.tick(AT) == 0 and written.facts == []


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 3, 30, 6, 29, tzinfo=UTC), date(2026, 3, 23)),  # the day after the hour was skipped
        (datetime(2026, 3, 30, 6, 30, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 26, 7, 29, tzinfo=UTC), date(2026, 10, 19)),  # the day after it was repeated
        (datetime(2026, 10, 26, 7, 30, tzinfo=UTC), date(2026, 10, 26)),
        (datetime(2026, 11, 29, 22, 59, tzinfo=UTC), date(2026, 11, 23)),
    ],
)
def test_it_is_half_past_eight_in_nantes_whatever_the_season(now: datetime, due: date) -> None:
    assert due_monday(now, PARIS) == due


def test_the_facts_are_those_of_the_days(town: Town, weekly: WeeklyNote) -> None:
    tally = Tally(town.base)
    for days, outcome in ((8, "refusal"), (7, "answer"), (1, "answer"), (1, "refusal"), (0, "answer")):
        tally.count_question(outcome, MONDAY - timedelta(days=days))
    tally.count_miss("vague", None, MONDAY - timedelta(days=1))
    tally.write()
    KeptQuestions(town.base).keep("le frigo partagé", "vague", MONDAY - timedelta(days=1))
    town.follow(town.person(1, hour=time(9)), commitment("p01"))
    town.follow(town.person(2), ALL)
    facts = week_facts(town.base.read(), MONDAY - timedelta(days=7), MONDAY, PARIS)
    assert facts.asked.outcomes == {"answer": 2, "refusal": 1} and facts.asked.misses == {"vague": 1}
    assert facts.groups == ((1, "le frigo partagé"),)
    assert facts.subscribers == 2 and facts.followers == {"o1": 2, "o2": 1, "o3": 1, "o4": 1, "o5": 1}
