"""From the launch to the report: once to each, figures that sum, pauses that hold."""

import time as clock
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.announcements.errors import (
    NobodyError,
    NoRightError,
    NothingFailedError,
    ReserveError,
)
from scheduler.announcements.states import State
from scheduler.errors import UnknownTargetError
from scheduler.facts import Audience, AudienceKind, Target, TargetKind
from scheduler.outbox import State as Delivered
from scheduler.subscribers import ChatKind
from tests.scheduler.announcements.office import Office


class TestAudiences:
    def test_who_is_left_out_is_counted(self, office: Office) -> None:
        people = office.public(6)
        office.subscribers.pause(people[0], None)
        office.subscribers.close(people[1], office.now)
        office.subscribers.set_quiet(people[2], "10:00-12:00", office.now)
        office.subscriptions.end_all(people[3], office.now)
        found = office.approved()
        counted = office.drafts.count(found, office.now)
        assert (counted.reached, counted.paused, counted.blocked, counted.later) == (3, 1, 1, 1)
        launched = office.runs.launch(office.order(found, office.bruno))
        assert (launched.reach, launched.left_out) == (3, {"paused": 1, "blocked": 1})
        reached = office.base.read().execute("SELECT subscriber FROM outbox WHERE ref = ?", [found.ref])
        assert {number for (number,) in reached} == {people[2], people[4], people[5]}

    @pytest.mark.parametrize(
        ("audience", "expected"),
        [
            (Audience(kind=AudienceKind.ALL), 4),
            (Audience(kind=AudienceKind.ORIENTATION, name="o1"), 3),
            (Audience(kind=AudienceKind.ORIENTATION, name="o3"), 1),
            (Audience(kind=AudienceKind.COMMITMENT, name="p01"), 3),
            (Audience(kind=AudienceKind.STAFF), 6),
        ],
    )
    def test_each_audience(self, office: Office, audience: Audience, expected: int) -> None:
        kinds = (("all", ""), ("commitment", "p01"), ("orientation", "o1"), ("commitment", "p20"))
        assert office.base.read().execute("SELECT orientation FROM commitments WHERE id = 'p01'").fetchone() == ("o1",)
        for chat, (kind, name) in enumerate(kinds, start=1):
            person = office.subscribers.open(chat, ChatKind.PRIVATE, office.now).id
            target = Target(kind=TargetKind(kind), name=name)
            office.subscriptions.follow(person, target, office.now, consent_version="1")
        found = office.written()
        found = office.drafts.set_audience(office.order(found, office.bruno), audience)
        assert office.drafts.count(found, office.now).reached == expected
        assert office.launched(found).reach == expected

    def test_an_audience_that_does_not_exist(self, office: Office) -> None:
        found = office.written()
        with pytest.raises(UnknownTargetError):
            office.drafts.set_audience(
                office.order(found, office.bruno), Audience(kind=AudienceKind.ORIENTATION, name="o9")
            )

    def test_nobody_to_write_to(self, office: Office) -> None:
        with pytest.raises(NobodyError):
            office.launched()

    def test_50_000_rows_take_about_a_second(self, office: Office) -> None:
        with office.base.write() as db:
            db.execute(
                "INSERT INTO subscribers(chat_cipher, chat_index, kind, hour, quiet, created_at)"
                " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)"
                " SELECT x'00', CAST('c' || i AS BLOB), 'private', '09:00', 'none', '2026-01-01' FROM n"
            )
            db.execute(
                "INSERT INTO subscriptions(subscriber, target_kind, target, frequency, condition, state_monthly,"
                " started, upto, created_at, settled_at, consent_version) SELECT id, 'all', '', 'week', 'any', 0, 0, 0,"
                " '2026-01-01', '2026-01-01', '1' FROM subscribers WHERE chat_cipher = x'00'"
            )
        found = office.approved()
        order, begun = office.order(found, office.bruno), clock.perf_counter()
        assert office.runs.launch(order).reach == 50_000
        took = clock.perf_counter() - begun
        begun = clock.perf_counter()
        office.step()
        assert took < 10 and clock.perf_counter() - begun < 1, took


class TestFigures:
    def test_they_sum_at_every_moment(self, office: Office) -> None:
        people = office.public(20)
        found = office.launched()
        for state, count, error in (
            (Delivered.SENT, 12, None),
            (Delivered.FAILED, 2, "blocked"),
            (Delivered.UNCERTAIN, 1, "interrupted"),
            (Delivered.CANCELLED, 1, "stopped"),
        ):
            office.settle(found, state, count, error)
            seen = office.progress(found)
            assert sum(seen.states.values()) + seen.forgotten == seen.audience == 20
        office.subscribers.close(people[19], office.now)
        office.step(seconds=10)
        office.now += timedelta(days=29)
        office_forgets(office, people[0])
        seen = office.progress(found)
        assert seen.forgotten == 1 and sum(seen.states.values()) == 19
        assert seen.errors == {"blocked": 2, "interrupted": 1} and seen.faults == 0
        assert seen.dropped == {"blocked": 1, "stopped": 1}

    def test_rate_and_time_left(self, office: Office) -> None:
        office.public(100)
        found = office.launched()
        office.settle(found, Delivered.SENT, 50)
        office.now += timedelta(seconds=10)
        seen = office.progress(found)
        assert (seen.rate, seen.seconds_left) == (5.0, 10.0)

    def test_the_last_figures_outlive_the_deliveries(self, office: Office) -> None:
        office.public(3)
        found = office.done()
        assert office.notices_to(office.bruno)[-1] == f"bilan : {found.id} 3/3"
        with office.base.write() as db:
            db.execute("DELETE FROM outbox")
        seen = office.progress(found)
        assert seen.states[Delivered.SENT] == seen.audience == 3 and seen.forgotten == 0


def office_forgets(office: Office, subscriber: int) -> None:
    with office.base.write() as db:
        db.execute("DELETE FROM outbox WHERE subscriber = ?", [subscriber])


class TestHolding:
    def test_a_pause_holds_and_a_resumption_lets_go(self, office: Office) -> None:
        office.public(5)
        found = office.launched()
        office.settle_notices()
        assert len(office.outbox.due(office.now)) == 5
        paused = office.runs.pause(replace(office.order(found, office.bruno), version=None))
        assert paused.state is State.PAUSED and office.outbox.due(office.now) == ()
        office.runs.resume(office.order(found, office.bruno))
        assert len(office.outbox.due(office.now)) == 5

    def test_cancelling_takes_back_what_waits(self, office: Office) -> None:
        office.public(5)
        found = office.launched()
        office.settle(found, Delivered.SENT, 2)
        office.runs.cancel(office.order(found, office.bruno))
        counts = office.outbox.counts(found.ref)
        assert (counts[Delivered.SENT], counts[Delivered.CANCELLED]) == (2, 3)
        office.step()
        assert office.notices_to(office.bruno)[-1] == f"bilan : {found.id} 2/5"
        assert office.drafts.get(found.id).figures is not None

    def test_more_than_five_percent_of_faults_pause_it(self, office: Office) -> None:
        office.public(200)
        found = office.launched()
        office.settle(found, Delivered.SENT, 95)
        office.settle(found, Delivered.UNCERTAIN, 5, "ReadTimeout")
        office.step()
        assert office.drafts.get(found.id).state is State.RUNNING
        office.settle(found, Delivered.FAILED, 1, "Internal")
        office.step()
        paused = office.drafts.get(found.id)
        assert (paused.state, paused.reason) == (State.PAUSED, "faults")
        assert office.notices_to(office.valerie)[-1] == f"arrêt : {found.id} paused faults"
        office.runs.resume(office.order(found, office.bruno))
        office.settle(found, Delivered.SENT, 50)
        office.step()
        assert office.drafts.get(found.id).state is State.RUNNING  # what was known when it was resumed counts no more

    @pytest.mark.parametrize("error", ["blocked", "not_found", "given up after 429", "interrupted", "message_gone"])
    def test_what_says_nothing_against_it_does_not_count(self, office: Office, error: str) -> None:
        office.public(100)
        found = office.launched()
        office.settle(found, Delivered.FAILED, 60, error)
        office.step()
        assert office.drafts.get(found.id).state is State.RUNNING

    def test_the_first_refusal_of_the_text_pauses_it(self, office: Office) -> None:
        office.public(10)
        found = office.launched()
        office.outbox.hold(found.ref, "Wrong file identifier", office.now)
        office.step()
        paused = office.drafts.get(found.id)
        assert (paused.state, paused.reason) == (State.PAUSED, "Wrong file identifier")

    def test_who_pauses_everything_meanwhile_does_not_hold_it_up(self, office: Office) -> None:
        people = office.public(3)
        found = office.launched()
        office.subscribers.pause(people[0], None)
        with office.base.write() as db:
            db.execute("UPDATE outbox SET state = 'sent' WHERE ref = ? AND subscriber != ?", [found.ref, people[0]])
        office.advancing.drop_paused(office.now)
        office.step()
        assert office.drafts.get(found.id).state is State.DONE
        assert office.progress(found).dropped == {"paused": 1}


class TestAgain:
    def test_only_what_failed_is_sent_again(self, office: Office) -> None:
        people = office.public(6)
        found = office.launched()
        office.settle(found, Delivered.FAILED, 2, "Internal")
        office.settle(found, Delivered.UNCERTAIN, 1, "ReadTimeout")
        office.settle(found, Delivered.SENT)
        office.subscribers.close(people[0], office.now)
        office.step()
        assert office.runs.resend(office.order(found, office.bruno)) == 1
        counts = office.outbox.counts(found.ref)
        assert counts[Delivered.PENDING] == 1 and counts[Delivered.UNCERTAIN] == 1 and counts[Delivered.SENT] == 3
        office.settle(found, Delivered.SENT)
        office.step()
        with pytest.raises(NothingFailedError):
            office.runs.resend(office.order(found, office.bruno))
        assert ("resend", office.bruno.member, {"announcement": found.id, "deliveries": 1}) in office.record()


class TestReserve:
    def test_it_stops_announcements_and_leaves_facts(self, office: Office) -> None:
        office.public(3)
        running, ready = office.launched(), office.approved()
        assert office.runs.set_reserve(office.anne, office.now, on=True) == (running.id,)
        assert office.drafts.get(running.id).reason == "reserve"
        with pytest.raises(ReserveError):
            office.runs.launch(office.order(ready, office.bruno))
        with pytest.raises(ReserveError):
            office.runs.resume(office.order(running, office.bruno))
        office.runs.set_reserve(office.anne, office.now, on=False)
        assert office.runs.resume(office.order(running, office.bruno)).state is State.RUNNING
        assert office.runs.launch(office.order(ready, office.bruno)).state is State.RUNNING

    def test_a_scheduled_one_waits_for_somebody(self, office: Office) -> None:
        office.public(3)
        found = office.approved(office.at(office.written(), hours=1))
        office.runs.set_reserve(office.anne, office.now, on=True)
        office.step(hours=1)
        assert office.drafts.get(found.id).state is State.APPROVED
        assert office.notices_to(office.bruno)[-1] == f"arrêt : {found.id} approved Reserve"

    def test_only_an_admin_switches_it(self, office: Office) -> None:
        with pytest.raises(NoRightError):
            office.runs.set_reserve(office.valerie, office.now, on=True)
        assert not office.runs.is_reserve_on()
