"""Who hears of a change, when, and only once."""

from datetime import UTC, datetime, time, timedelta

import pytest

from knowledge import updating
from knowledge.database import Database
from knowledge.models import Deliberation, DueDate, Origin, Status
from scheduler.facts import ChangeFacts, Condition, DigestFacts, Frequency, Target, TargetKind
from tests.scheduler.people import ALL, MONDAY, Town, commitment, statuses


@pytest.fixture
def town(told_base: Database) -> Town:
    return Town(told_base)


def test_a_change_is_told_at_once_and_a_weekly_follower_hears_nothing_yet(town: Town) -> None:
    prompt, weekly = town.person(1), town.person(2)
    town.follow(prompt, commitment("p04"), Frequency.IMMEDIATE)
    town.follow(weekly, commitment("p04"))
    town.set("p04", Status.EN_COURS)
    (told,) = town.tick(seconds=30)
    assert isinstance(told, ChangeFacts) and told.subscriber == prompt.id
    assert statuses(told) == {"p04": (None, Status.EN_COURS)}
    assert town.tick(seconds=30) == []


def test_a_weekly_digest_comes_on_tuesday_at_nine_with_its_window(town: Town) -> None:
    town.follow(town.person(), ALL)
    town.set("p04", Status.EN_COURS)
    assert town.tick(hours=21, minutes=59) == []
    (told,) = town.tick(minutes=1)
    assert isinstance(told, DigestFacts)
    assert told.window[1] == datetime(2026, 11, 24, 8, 0, tzinfo=UTC) == town.now
    assert told.local_date.isoformat() == "2026-11-24"


def test_several_changes_of_a_window_are_one_net_change(town: Town) -> None:
    town.follow(town.person(), commitment("p04"))
    for status in (Status.A_OUVRIR, Status.EN_COURS, Status.REALISE):
        town.set("p04", status)
    (told,) = town.tick(days=1)
    assert statuses(told) == {"p04": (None, Status.REALISE)}


def test_a_change_undone_inside_the_window_is_not_told(town: Town) -> None:
    town.follow(town.person(), commitment("p04"))
    town.undo(town.set("p04", Status.REALISE))
    assert town.tick(days=1) == []


def test_a_change_undone_after_it_was_told_gets_one_correction(town: Town) -> None:
    for chat, frequency in ((1, Frequency.IMMEDIATE), (2, Frequency.WEEK)):
        town.follow(town.person(chat), commitment("p04"), frequency)
    number = town.set("p04", Status.REALISE)
    assert len(town.tick(days=1)) == 2
    town.undo(number)
    (at_once,) = town.tick(seconds=30)
    assert town.listener.heard[0][0] == "correction"
    assert at_once.lines[0].changes[0].correction
    (later,) = town.tick(days=7)
    assert later.lines[0].changes[0].correction and statuses(later) == {"p04": (Status.REALISE, None)}
    assert town.tick(days=7) == []


def test_who_follows_only_after_the_change_gets_its_undoing_as_a_change(town: Town) -> None:
    number = town.set("p04", Status.REALISE)
    town.follow(town.person(), commitment("p04"), Frequency.IMMEDIATE)
    town.undo(number)
    (told,) = town.tick(seconds=30)
    assert statuses(told) == {"p04": (Status.REALISE, None)} and not told.lines[0].changes[0].correction


def test_one_fact_reached_twice_is_told_once_with_both_reasons(town: Town) -> None:
    person = town.person()
    one, other = town.follow(person, commitment("p04")), town.follow(person, ALL)
    town.set("p04", Status.EN_COURS)
    (told,) = town.tick(days=1)
    assert {reason.subscription for reason in told.lines[0].reasons} == {one.id, other.id}


def test_what_was_told_at_once_is_not_repeated_in_the_digest(town: Town) -> None:
    person = town.person()
    town.follow(person, commitment("p04"), Frequency.IMMEDIATE)
    town.follow(person, ALL)
    town.set("p04", Status.EN_COURS)
    town.set("p05", Status.EN_COURS)
    (at_once,) = town.tick(seconds=30)
    (digest,) = town.tick(days=1)
    assert statuses(at_once).keys() == {"p04"} and statuses(digest).keys() == {"p05"}


def test_who_asks_to_hear_sooner_is_told_at_once_what_waited(town: Town) -> None:
    person = town.person()
    town.follow(person, commitment("p05"), Frequency.IMMEDIATE)
    waiting = town.follow(person, commitment("p04"))
    town.set("p04", Status.EN_COURS)
    town.set("p05", Status.EN_COURS)
    assert [statuses(told).keys() for told in town.tick(seconds=30)] == [{"p05"}]
    town.subscriptions.set_frequency(person.id, waiting.id, Frequency.IMMEDIATE, town.now)
    assert [statuses(told).keys() for told in town.tick(seconds=30)] == [{"p04"}]


def test_who_only_wants_to_hear_when_it_is_done(town: Town) -> None:
    town.follow(town.person(), commitment("p04"), Frequency.IMMEDIATE, Condition.DONE)
    town.set("p04", Status.EN_COURS)
    assert town.tick(seconds=30) == []
    number = town.set("p04", Status.REALISE)
    (told,) = town.tick(seconds=30)
    assert statuses(told) == {"p04": (Status.EN_COURS, Status.REALISE)}
    town.undo(number)
    (told,) = town.tick(seconds=30)
    assert told.lines[0].changes[0].correction


def test_who_only_wants_to_hear_when_it_is_late(town: Town) -> None:
    town.follow(town.person(), commitment("p04"), Frequency.IMMEDIATE, Condition.LATE)
    town.set("p04", Status.EN_COURS)
    with town.base.write() as db:
        due = (DueDate(label="novembre", starts=None, ends="2026-11"),)
        updating.set_due(db, "p04", due, town.now, source=Origin.STAFF)
    assert town.tick(seconds=30) == []
    assert town.tick(days=7, hours=2) == []
    (passed,) = town.tick(hours=20)
    assert [change.field for line in passed.lines for change in line.changes] == ["overdue"]
    with town.base.write() as db:
        due = (DueDate(label="décembre", starts=None, ends="2026-12"),)
        updating.set_due(db, "p04", due, town.now, source=Origin.STAFF)
    (put_off,) = town.tick(seconds=30)
    assert [change.field for line in put_off.lines for change in line.changes] == ["due"]


def test_quiet_hours_hold_back_and_give_one_message_at_their_end(town: Town) -> None:
    town.follow(town.person(), ALL, Frequency.IMMEDIATE)
    town.now = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    town.set("p04", Status.EN_COURS)
    assert town.tick(minutes=1) == []
    town.set("p05", Status.EN_COURS)
    assert town.tick(hours=9) == []
    (told,) = town.tick(hours=1, minutes=59)
    assert statuses(told).keys() == {"p04", "p05"}


def test_a_digest_due_on_a_quiet_day_comes_at_its_end(town: Town) -> None:
    town.follow(town.person(), ALL, Frequency.DAY)
    town.now = datetime(2026, 11, 29, 5, 0, tzinfo=UTC)
    town.tick()
    town.set("p04", Status.EN_COURS)
    assert town.tick(hours=12) == []
    (told,) = town.tick(hours=14)
    assert isinstance(told, DigestFacts)
    assert (told.local_date.isoformat(), told.window[1]) == ("2026-11-29", datetime(2026, 11, 30, 7, 0, tzinfo=UTC))


def test_a_pause_holds_everything_and_nothing_of_it_is_lost(town: Town) -> None:
    person = town.person()
    town.follow(person, commitment("p04"), Frequency.IMMEDIATE)
    town.follow(person, commitment("p05"))
    town.subscribers.pause(person.id, MONDAY + timedelta(days=9))
    town.set("p04", Status.EN_COURS)
    town.set("p05", Status.EN_COURS)
    assert town.tick(days=2) == []
    town.set("p04", Status.REALISE)
    assert town.tick(days=6) == []
    (at_once,) = town.tick(days=2)
    assert statuses(at_once) == {"p04": (None, Status.REALISE)}
    (digest,) = town.tick(days=5)
    assert statuses(digest) == {"p05": (None, Status.EN_COURS)}


def test_a_missed_run_is_caught_up_without_hole_or_overlap(town: Town) -> None:
    town.follow(town.person(), ALL, Frequency.DAY)
    town.tick(days=1)
    town.set("p04", Status.EN_COURS)
    town.now += timedelta(days=3)
    town.set("p05", Status.EN_COURS)
    (caught_up,) = town.tick()
    assert statuses(caught_up).keys() == {"p04"}
    (next_one,) = town.tick(days=1)
    assert statuses(next_one).keys() == {"p05"}
    assert isinstance(caught_up, DigestFacts) and isinstance(next_one, DigestFacts)
    assert next_one.window[0] == caught_up.window[1]


def test_a_tick_that_comes_twice_tells_once(town: Town) -> None:
    town.follow(town.person(), ALL, Frequency.DAY)
    town.set("p04", Status.EN_COURS)
    assert len(town.tick(days=1)) == 1
    assert town.tick() == [] and town.tick(hours=-3) == []


def test_a_clock_put_back_neither_loses_nor_doubles(town: Town) -> None:
    town.follow(town.person(), ALL, Frequency.DAY)
    town.set("p04", Status.EN_COURS)
    assert len(town.tick(days=400)) == 1
    town.now = MONDAY + timedelta(hours=1)
    assert town.tick() == []
    town.set("p05", Status.EN_COURS)
    (told,) = town.tick(days=1)
    assert statuses(told).keys() == {"p05"}


@pytest.mark.parametrize("day", [datetime(2026, 10, 25, tzinfo=UTC), datetime(2027, 3, 28, tzinfo=UTC)])
def test_the_clock_changes_neither_skip_nor_double_a_digest(told_base: Database, day: datetime) -> None:
    town = Town(told_base, day - timedelta(days=3))
    town.follow(town.person(hour=time(2, 30), quiet="none"), ALL, Frequency.DAY)
    dates: list[str] = []
    for hour in range(24 * 6):
        town.set("p04", (Status.EN_COURS, Status.REALISE)[hour % 2])
        town.set("p05", Status.EN_COURS) if hour == 0 else town.undo(town.set("p05", Status.REALISE))
        dates += [told.local_date.isoformat() for told in town.tick(hours=1) if isinstance(told, DigestFacts)]
    assert len(dates) == len(set(dates)) and set(dates) <= {
        (day + timedelta(days=n)).date().isoformat() for n in range(-3, 4)
    }


def test_an_empty_digest_is_never_sent_but_a_state_that_was_asked_for_is(town: Town) -> None:
    plain, asking = town.person(1), town.person(2)
    town.follow(plain, commitment("p04"), Frequency.MONTH)
    town.follow(asking, commitment("p04"), Frequency.MONTH, state=True)
    (told,) = town.tick(days=8)
    assert isinstance(told, DigestFacts) and told.subscriber == asking.id
    assert (told.lines, told.states) == ((), ("p04",)) and told.reasons


def test_a_digest_says_when_nothing_it_covers_was_checked_for_a_year(town: Town) -> None:
    town.follow(town.person(), commitment("p04"), Frequency.MONTH, state=True)
    (told,) = town.tick(days=8)
    assert isinstance(told, DigestFacts) and told.last_checked == "2022-06-27"
    with town.base.write() as db:
        updating.confirm_unchanged(db, "p04", town.now)
    (told,) = town.tick(days=31)
    assert isinstance(told, DigestFacts) and told.last_checked is None


def test_a_digest_is_grouped_by_orientation_newest_first(town: Town) -> None:
    town.follow(town.person(), ALL)
    for minutes, name in enumerate(("a2-01", "a1-02", "a2-03")):
        town.now = MONDAY + timedelta(minutes=minutes)
        with town.base.write() as db:
            vote = Deliberation(date="2026-11", label=f"n° {minutes}")
            updating.add_deliberation(db, name, vote, town.now, source=Origin.STAFF)
    (told,) = town.tick(days=1)
    assert [line.commitment for line in told.lines] == ["a1-02", "a2-03", "a2-01"]


def test_a_new_hour_tells_nothing_twice_the_same_day(town: Town) -> None:
    person = town.person()
    town.follow(person, ALL)
    town.set("p04", Status.EN_COURS)
    assert len(town.tick(days=1)) == 1
    town.subscribers.set_hour(person.id, time(18), town.now)
    town.set("p05", Status.EN_COURS)
    assert town.tick(hours=8) == []
    assert [statuses(told).keys() for told in town.tick(days=7)] == [{"p05"}]


def test_what_is_stopped_before_it_leaves_is_left_out(town: Town) -> None:
    person = town.person()
    one = town.follow(person, commitment("p04"))
    town.follow(person, commitment("p05"))
    town.set("p04", Status.EN_COURS)
    town.set("p05", Status.EN_COURS)
    assert len(town.tick(days=1)) == 1
    town.subscriptions.end(person.id, one.id, town.now)
    (again,) = town.compose()
    assert statuses(again).keys() == {"p05"}
    town.subscriptions.end_all(person.id, town.now)
    assert town.compose() == [] and town.outbox.due(town.now) == ()


def test_words_are_followed_as_plain_words(town: Town) -> None:
    person = town.person()
    followed = town.follow(person, Target(kind=TargetKind.WORDS, name="  Énergie "))
    reached = town.subscriptions.reached(followed.target)
    assert followed.target.name == "énergie" and reached
    town.set(reached[0], Status.A_OUVRIR)
    (told,) = town.tick(days=1)
    assert statuses(told).keys() == {reached[0]}


def test_the_parts_of_a_digest_are_rows_of_their_own(town: Town) -> None:
    town.follow(town.person(), ALL)
    town.set("p04", Status.EN_COURS)
    town.tick(days=1)
    keys = [row[0] for row in town.base.read().execute("SELECT dedupe_key FROM outbox ORDER BY id")]
    assert keys == ["digest:1:week:2026-11-24:1", "digest:1:week:2026-11-24:2"]
    assert [delivery.number for delivery in town.outbox.due(town.now)] == [1]
