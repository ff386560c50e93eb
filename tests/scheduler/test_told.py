"""What a digest said, found again from its delivery."""

from dataclasses import replace
from datetime import timedelta

import pytest

from knowledge.database import Database
from knowledge.models import Status
from scheduler.facts import DigestFacts, Frequency
from scheduler.told import told
from tests.scheduler.people import ALL, Town, commitment


@pytest.fixture
def town(told_base: Database) -> Town:
    return Town(told_base)


def digest_of(town: Town, **later: float) -> DigestFacts:
    (facts,) = town.tick(**later)
    assert isinstance(facts, DigestFacts) and facts.delivery is not None
    return facts


def test_it_is_what_was_told_whatever_happened_since(town: Town) -> None:
    person = town.person()
    followed = town.follow(person, ALL)
    town.follow(person, commitment("p01"), Frequency.MONTH)
    town.set("p01", Status.EN_COURS)
    town.set("p12", Status.A_OUVRIR)
    said = digest_of(town, days=1)
    town.set("p01", Status.REALISE)
    town.subscriptions.end(person.id, followed.id, town.now)
    assert said.delivery is not None
    assert told(town.base, person.id, said.delivery) == replace(said, last_checked=None)


def test_it_is_for_the_one_who_was_told(town: Town) -> None:
    person, other = town.person(1), town.person(2)
    town.follow(person, ALL)
    town.set("p01", Status.EN_COURS)
    delivery = digest_of(town, days=1).delivery
    assert delivery is not None
    assert told(town.base, other.id, delivery) is None
    for number in (0, delivery + 1, delivery + 99):
        assert told(town.base, person.id, number) is None


def test_what_was_told_at_once_is_no_digest(town: Town) -> None:
    person = town.person()
    town.follow(person, ALL, Frequency.IMMEDIATE)
    town.set("p01", Status.EN_COURS)
    assert town.tick(minutes=1)
    (number,) = (row["id"] for row in town.base.read().query("SELECT id FROM outbox WHERE kind = 'change'"))
    assert told(town.base, person.id, number) is None


def test_it_is_forgotten_with_its_delivery(town: Town) -> None:
    person = town.person()
    town.follow(person, ALL)
    town.set("p01", Status.EN_COURS)
    delivery = digest_of(town, days=1).delivery
    assert delivery is not None
    with town.base.write() as db:
        db.execute("UPDATE outbox SET state = 'sent'")
    town.retention.purge(town.now + timedelta(days=31))
    assert told(town.base, person.id, delivery) is None
