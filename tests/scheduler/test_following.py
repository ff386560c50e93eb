"""Following, stopping, pausing, blocking, moving, erasing: what is kept, and what is not."""

import json
from datetime import time, timedelta
from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.models import Status
from scheduler.counters import total
from scheduler.errors import (
    EmptyWordsError,
    QuietHoursError,
    TooManySubscriptionsError,
    UnknownSubscriberError,
    UnknownSubscriptionError,
    UnknownTargetError,
)
from scheduler.facts import Condition, Frequency, Target, TargetKind
from scheduler.subscribers import ChatKind
from scheduler.subscriptions import MOST
from tests.scheduler.people import ALL, Town, commitment


@pytest.fixture
def town(told_base: Database) -> Town:
    return Town(told_base)


def scan(base: Database, needle: bytes) -> bool:
    journal = Path(f"{base.path}-wal")
    return any(needle in path.read_bytes() for path in (base.path, journal) if path.exists())


@pytest.mark.parametrize(
    ("target", "error"),
    [
        (commitment("p99"), UnknownTargetError),
        (Target(kind=TargetKind.ORIENTATION, name="o9"), UnknownTargetError),
        (Target(kind=TargetKind.WORDS, name="zzyzx"), UnknownTargetError),
        (Target(kind=TargetKind.WORDS, name="le de la"), EmptyWordsError),
        (Target(kind=TargetKind.WORDS, name="arbres " * 40), EmptyWordsError),
    ],
)
def test_what_cannot_be_followed_is_refused(town: Town, target: Target, error: type[Exception]) -> None:
    with pytest.raises(error):
        town.follow(town.person(), target)


def test_following_twice_changes_nothing(town: Town) -> None:
    person = town.person()
    first = town.follow(person, ALL, Frequency.DAY)
    assert town.follow(person, ALL, Frequency.MONTH) == first
    assert town.subscriptions.list_of(person.id) == (first,)
    assert town.subscriptions.find(person.id, ALL) == first


def test_there_is_a_limit_to_what_one_person_follows(town: Town) -> None:
    person = town.person()
    first = town.follow(person, ALL)
    with town.base.write() as db:
        db.execute(
            "WITH RECURSIVE n(value) AS (SELECT 2 UNION ALL SELECT value + 1 FROM n WHERE value < ?)"
            " INSERT INTO subscriptions(subscriber, target_kind, target, frequency, condition, state_monthly, started,"
            " upto, created_at, settled_at, consent_version) SELECT s.subscriber, 'words', CAST(n.value AS TEXT),"
            " s.frequency, s.condition, 0, 0, 0, s.created_at, s.settled_at, '1' FROM subscriptions s, n",
            [MOST],
        )
    with pytest.raises(TooManySubscriptionsError):
        town.follow(person, commitment("p04"))
    assert town.follow(person, ALL) == first


def test_another_persons_subscription_is_unknown(town: Town) -> None:
    mine, other = town.person(1), town.person(2)
    number = town.follow(mine, ALL).id
    for act in (
        lambda: town.subscriptions.get(other.id, number),
        lambda: town.subscriptions.end(other.id, number, town.now),
        lambda: town.subscriptions.set_frequency(other.id, number, Frequency.DAY, town.now),
    ):
        with pytest.raises(UnknownSubscriptionError):
            act()


def test_a_button_pressed_after_the_end_is_answered_by_an_error(town: Town) -> None:
    person = town.person()
    number = town.follow(person, ALL).id
    town.subscriptions.end(person.id, number, town.now)
    with pytest.raises(UnknownSubscriptionError):
        town.subscriptions.end(person.id, number, town.now)
    with pytest.raises(UnknownSubscriberError):
        town.subscribers.pause(99, None)


def test_settings_are_the_persons_own(town: Town) -> None:
    person = town.person()
    found = town.follow(person, ALL, Frequency.DAY)
    town.subscriptions.set_frequency(person.id, found.id, Frequency.MONTH, town.now)
    town.subscriptions.set_condition(person.id, found.id, Condition.DONE, town.now)
    town.subscriptions.set_state_monthly(person.id, found.id, True, town.now)
    town.subscribers.set_hour(person.id, time(18, 30), town.now)
    town.subscribers.set_quiet(person.id, "none", town.now)
    town.subscribers.pause(person.id, None)
    kept = town.subscriptions.get(person.id, found.id)
    assert (kept.frequency, kept.condition, kept.state_monthly) == (Frequency.MONTH, Condition.DONE, True)
    again = town.subscribers.get(person.id)
    assert (again.hour, again.quiet, again.is_paused(town.now)) == (time(18, 30), "none", True)
    town.subscribers.resume(person.id)
    assert not town.subscribers.get(person.id).is_paused(town.now)
    with pytest.raises(QuietHoursError):
        town.subscribers.set_quiet(person.id, "always", town.now)


def test_the_preview_counts_what_six_months_would_have_told(town: Town) -> None:
    town.set("p04", Status.EN_COURS)
    town.now += timedelta(days=200)
    town.set("p04", Status.REALISE)
    town.undo(town.set("p05", Status.REALISE))
    assert town.subscriptions.preview(ALL, town.now) == 1
    assert town.subscriptions.preview(ALL, town.now, condition=Condition.LATE) == 0
    assert town.subscriptions.preview(commitment("p05"), town.now) == 0


def test_who_blocks_the_bot_is_told_nothing_and_forgotten_after_28_days(town: Town) -> None:
    person = town.person()
    town.follow(person, ALL, Frequency.IMMEDIATE)
    town.set("p04", Status.EN_COURS)
    town.tick(seconds=30)
    town.subscribers.close(person.id, town.now)
    assert town.outbox.due(town.now) == () and town.subscribers.find(1) is None
    town.retention.purge(town.now + timedelta(days=27))
    assert town.subscribers.come_back(1) and town.subscribers.find(1) is not None
    town.subscribers.close(person.id, town.now)
    town.retention.purge(town.now + timedelta(days=29))
    assert not town.subscribers.come_back(1)
    assert total(town.base.read(), "subscriptions_blocked") == 1


def test_an_erased_person_is_nowhere_in_the_file(town: Town) -> None:
    chat = 987_654_321_987
    person = town.subscribers.open(chat, ChatKind.PRIVATE, town.now)
    town.follow(person, ALL, Frequency.IMMEDIATE)
    town.set("p04", Status.EN_COURS)
    town.tick(seconds=30)
    assert scan(town.base, b"%d" % chat)
    assert town.retention.erase(person.id, town.now)
    assert not scan(town.base, b"%d" % chat)
    tables = ("subscribers", "subscriptions", "outbox", "heard")
    assert all(not town.base.read().table(name).count for name in tables)
    assert not town.retention.erase(person.id, town.now)
    assert total(town.base.read(), "subscriptions_erased") == 1


def test_settled_deliveries_become_counts_after_30_days(town: Town) -> None:
    town.follow(town.person(), ALL, Frequency.IMMEDIATE)
    town.set("p04", Status.EN_COURS)
    town.tick(seconds=30)
    (delivery,) = town.outbox.due(town.now)
    assert town.outbox.begin(delivery, town.now)
    town.outbox.mark_sent(delivery.id, 7, town.now)
    town.retention.purge(town.now + timedelta(days=29))
    assert town.base.read().table("outbox").count == 1
    town.retention.purge(town.now + timedelta(days=31))
    assert town.base.read().table("outbox").count == 0
    assert total(town.base.read(), "deliveries_change_sent") == 1


def test_who_follows_nothing_any_more_is_forgotten_after_28_days(town: Town) -> None:
    person = town.person()
    town.follow(person, ALL)
    assert town.subscriptions.end_all(person.id, town.now) == 1
    town.retention.purge(town.now + timedelta(days=27))
    assert town.subscribers.find(1) is not None
    town.retention.purge(town.now + timedelta(days=29))
    assert town.subscribers.find(1) is None
    assert total(town.base.read(), "subscriptions_stopped") == 1


def test_what_a_clock_that_ran_ahead_put_off_is_sent(town: Town) -> None:
    town.follow(town.person(), ALL, Frequency.IMMEDIATE)
    town.set("p04", Status.EN_COURS)
    town.tick(seconds=30)
    (delivery,) = town.outbox.due(town.now)
    town.outbox.begin(delivery, town.now)
    town.outbox.put_back(delivery.id, town.now + timedelta(days=365), "429", town.now)
    town.retention.purge(town.now)
    assert len(town.outbox.due(town.now)) == 1


def test_words_that_name_a_theme_reach_what_is_filed_under_it(town: Town) -> None:
    (name, filed) = town.base.read().execute("SELECT name, commitments FROM tags WHERE kind = 'theme'").fetchone()
    reached = town.subscriptions.reached(Target(kind=TargetKind.WORDS, name=name.lower()))
    assert set(json.loads(filed)) <= set(reached)
