"""A group gets another id: what it follows, has heard and waits for goes on, and nothing comes twice."""

from datetime import timedelta

import pytest

from knowledge.database import Database
from knowledge.models import Status
from scheduler.facts import Frequency
from scheduler.outbox import Kind, enqueue
from scheduler.ports import Part
from scheduler.retention import CHATS_KEPT
from tests.scheduler.people import ALL, Town, commitment


@pytest.fixture
def town(told_base: Database) -> Town:
    return Town(told_base)


def test_a_group_that_moves_keeps_what_it_follows_once(town: Town) -> None:
    old, new = town.person(1), town.person(2)
    town.follow(old, ALL)
    town.follow(old, commitment("p04"))
    town.follow(new, ALL)
    assert town.subscribers.move(old.id, 2, town.now) == new.id
    assert len(town.subscriptions.list_of(new.id)) == 2 and town.subscribers.find(1) is None
    assert town.subscribers.move(new.id, 3, town.now) == new.id
    found = town.subscribers.find(3)
    assert found is not None and found.id == new.id


def test_what_it_follows_outlives_the_night_in_a_chat_that_followed_nothing(town: Town) -> None:
    old, new = town.person(1), town.person(2)
    town.follow(old, ALL)
    town.subscribers.move(old.id, 2, town.now)
    town.retention.purge(town.now + CHATS_KEPT + timedelta(days=1))
    assert len(town.subscriptions.list_of(new.id)) == 1


def test_what_either_has_heard_is_not_told_again(town: Town) -> None:
    old, new = town.person(1), town.person(2)
    for person in (old, new):
        town.follow(person, ALL, Frequency.IMMEDIATE)
        town.follow(person, commitment("p04"))
    town.set("p04", Status.EN_COURS)
    town.tick(seconds=30)
    town.subscriptions.end(new.id, town.subscriptions.list_of(new.id)[0].id, town.now)
    town.set("p04", Status.REALISE)
    town.tick(seconds=30)
    town.subscribers.move(old.id, 2, town.now)
    (heard,) = town.base.read().execute("SELECT upto FROM heard WHERE subscriber = ?", [new.id]).fetchone()
    assert heard == town.base.read().execute("SELECT max(id) FROM changes").fetchone()[0]


def test_an_announcement_to_both_ids_comes_once(town: Town) -> None:
    old, new = town.person(1), town.person(2)
    with town.base.write() as db:
        for person in (old, new):
            about = {"kind": Kind.ANNOUNCEMENT, "ref": "announcement:1", "part": Part(text="Bonjour.")}
            assert enqueue(db, key=f"ann:1:{person.id}", subscriber=person.id, now=town.now, **about)  # type: ignore[arg-type]
    town.subscribers.move(old.id, 2, town.now)
    assert [row.subscriber for row in town.outbox.due(town.now)] == [new.id]
    assert sum(town.outbox.counts().values()) == 1
