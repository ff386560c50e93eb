"""What people do: follow, stop, change their settings, pause."""

from datetime import datetime, time, timedelta

from scheduler.errors import TooManySubscriptionsError
from scheduler.facts import Condition, Frequency, Target, TargetKind
from scheduler.subscribers import ChatKind, Subscribers
from scheduler.subscriptions import Subscriptions
from tests.scheduler.acts.stage import Stage
from tests.scheduler.naive import Following, Person
from tests.scheduler.standins import PlainIdentities

HOURS = [time(9), time(9), time(2, 30), time(18), time(0), time(13), time(23, 59)]
QUIETS = ["20:00-08:00,sunday", "20:00-08:00,sunday", "none", "12:00-14:00", "22:30-07:00,saturday,sunday"]
WORDS = ["biodiversité", "eau", "énergie"]


class Residents:
    """Some people, who follow nothing yet."""

    def __init__(self, stage: Stage, people: int) -> None:
        self.stage, self.chance, self.model, self.ids = stage, stage.chance, stage.model, stage.ids
        self.subscribers = Subscribers(stage.base, PlainIdentities(), QUIETS[0])
        self.subscriptions = Subscriptions(stage.base)
        for chat in range(people):
            opened = self.subscribers.open(chat, ChatKind.PRIVATE, self.now)
            self.model.people[opened.id] = Person(opened.id, opened.hour, opened.quiet)

    @property
    def now(self) -> datetime:
        return self.stage.now

    def follow(self) -> None:
        person = self._someone()
        kind = self.chance.choice([*[TargetKind.COMMITMENT] * 5, *TargetKind])
        names = {
            TargetKind.COMMITMENT: self.ids[:: self.chance.choice([1, 9])],
            TargetKind.ORIENTATION: [f"o{n}" for n in range(1, 6)],
            TargetKind.WORDS: WORDS,
        }
        target = Target(kind=kind, name=self.chance.choice(names.get(kind, [""])))
        frequency, condition = (
            self.chance.choice(list(Frequency)),
            self.chance.choice([*[Condition.ANY] * 4, *Condition]),
        )
        state = self.chance.random() < 0.1
        try:
            followed = self.subscriptions.follow(
                person.number,
                target,
                self.now,
                consent_version="1",
                frequency=frequency,
                condition=condition,
                state_monthly=state,
            )
        except TooManySubscriptionsError:
            return
        number = followed.subscription.id
        assert followed.is_new == (number not in person.follows)
        if followed.is_new:
            reached = frozenset(self.subscriptions.reached(target))
            settled = self.now.replace(microsecond=0)
            new = Following(number, reached, frequency, condition, state, len(self.model.events), settled)
            person.follows[number] = new

    def stop(self) -> None:
        person = self._someone()
        if self.chance.random() < 0.2:
            assert self.subscriptions.end_all(person.number, self.now) == len(person.follows)
            person.follows.clear()
        elif person.follows:
            number = self.chance.choice(list(person.follows))
            self.subscriptions.end(person.number, number, self.now)
            del person.follows[number]

    def change_frequency(self) -> None:
        person = self._someone()
        if person.follows:
            following = self.chance.choice(list(person.follows.values()))
            following.frequency = self.chance.choice(list(Frequency))
            following.settled = self.now.replace(microsecond=0)
            self.subscriptions.set_frequency(person.number, following.number, following.frequency, self.now)

    def change_condition(self) -> None:
        person = self._someone()
        if person.follows:
            following = self.chance.choice(list(person.follows.values()))
            following.condition = self.chance.choice(list(Condition))
            following.settled = self.now.replace(microsecond=0)
            self.subscriptions.set_condition(person.number, following.number, following.condition, self.now)

    def change_hours(self) -> None:
        person = self._someone()
        if self.chance.random() < 0.5:
            person.hour = self.chance.choice(HOURS)
            self.subscribers.set_hour(person.number, person.hour, self.now)
        else:
            person.quiet = self.chance.choice(QUIETS)
            self.subscribers.set_quiet(person.number, person.quiet, self.now)
        for following in person.follows.values():
            following.settled = self.now.replace(microsecond=0)

    def pause(self) -> None:
        person = self._someone()
        person.paused_until = self.now.replace(microsecond=0) + timedelta(days=self.chance.randint(0, 60))
        self.subscribers.pause(person.number, person.paused_until)

    def resume(self) -> None:
        person = self._someone()
        person.paused_until = None
        self.subscribers.resume(person.number)

    def _someone(self) -> Person:
        return self.chance.choice(list(self.model.people.values()))
