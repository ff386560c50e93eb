"""Follow something, and change how one hears of it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot import followkeys
from bot.conversation import wanted
from bot.conversation.kept import Kept, asking, say
from bot.conversation.wanted import Wish
from bot.errors import StaleButtonError
from bot.keyboards import Press
from bot.replies import Caller, Turn
from bot.texts import about, counts, following, rhythm, statuses, targets
from bot.texts.dates import in_french
from knowledge.catalogue import Catalogue
from scheduler.facts import Condition, Frequency, Target, TargetKind
from scheduler.subscribers import DEFAULT_HOUR
from scheduler.subscriptions import Subscription

Command = Callable[[str, datetime], Turn]
Action = Callable[[Press], Turn]


class Following:
    """The commands and buttons that start and change subscriptions.

    Args:
        kept: What is kept about people.
        catalogue: Gives the knowledge base as it is now.
    """

    def __init__(self, kept: Kept, catalogue: Callable[[], Catalogue]) -> None:
        self._kept = kept
        self._catalogue = catalogue
        self.commands: dict[str, Command] = {"suivre": self._follow_typed}
        self.presses: dict[str, Action] = {
            "f": self._follow_pressed,
            "fo": self._offer_pressed,
            "fs": self._one_pressed,
            "fr": self._frequency_pressed,
            "fc": self._condition_pressed,
            "fm": self._state_pressed,
        }

    def offer(self, name: str) -> Turn:
        """Before following: what six months would have told, and the rhythms.

        Raises:
            UnknownCommitmentError, UnknownTargetError: There is no such thing.
        """
        target = wanted.target_of(name, self._catalogue())
        return asking(partial(self._offer, target), changes=False)

    def _follow_typed(self, words: str, now: datetime) -> Turn:
        if not words:
            rows = followkeys.targets(self._catalogue().orientations)
            return say(*following.what_to_follow(), rows=rows)
        return asking(partial(self._follow, wanted.wish(words, self._catalogue())))

    def _follow_pressed(self, press: Press) -> Turn:
        name, _, letter = press.value.partition(".")
        target = wanted.target_of(name, self._catalogue())
        return asking(partial(self._follow, Wish(target=target, frequency=_frequency(letter) if letter else None)))

    def _offer_pressed(self, press: Press) -> Turn:
        return self.offer(press.value)

    def _offer(self, target: Target, caller: Caller, now: datetime) -> Turn:
        subscriber = self._kept.find(caller)
        if subscriber is not None and (its := self._kept.subscriptions.find(subscriber.id, target)) is not None:
            return self._told(its, subscriber.hour.hour, now, is_new=False)
        recent = self._kept.subscriptions.preview(target, now)
        often = rhythm.rhythm(Frequency.WEEK, (subscriber.hour if subscriber else DEFAULT_HOUR).hour)
        many = target.kind is not TargetKind.COMMITMENT
        text = following.offer(targets.name(target, self._catalogue()), recent, often, many=many)
        return say(text, rows=followkeys.offer(target))

    def _follow(self, wish: Wish, caller: Caller, now: datetime) -> Turn:
        store = self._kept.subscriptions
        target = store.check(wish.target)
        subscriber = self._kept.open(caller, now)
        done = store.follow(
            subscriber.id,
            target,
            now,
            consent_version=about.VERSION,
            frequency=wish.frequency or Frequency.WEEK,
            condition=wish.condition or Condition.ANY,
        )
        its = done.subscription
        if not done.is_new:
            its = self._changed(its, wish, now)
        return self._told(its, subscriber.hour.hour, now, is_new=done.is_new)

    def _told(self, its: Subscription, hour: int, now: datetime, *, is_new: bool) -> Turn:
        texts = following.followed(
            targets.name(its.target, self._catalogue()),
            rhythm.rhythm(its.frequency, hour),
            self._kept.subscriptions.preview(its.target, now),
            self._state(its.target),
            is_new=is_new,
        )
        return say(*texts, rows=followkeys.followed(its.id, its.frequency))

    def change(self, wish: Wish, caller: Caller, now: datetime) -> Turn:
        """Another rhythm or condition for what is followed already."""
        subscriber = self._kept.find(caller)
        its = self._kept.subscriptions.find(subscriber.id, wish.target) if subscriber else None
        name = targets.name(wish.target, self._catalogue())
        if subscriber is None or its is None:
            return say(following.not_followed(name))
        its = self._changed(its, wish, now)
        return self._shown(its, subscriber.hour.hour, in_place=False)

    def _changed(self, its: Subscription, wish: Wish, now: datetime) -> Subscription:
        store = self._kept.subscriptions
        if wish.frequency is not None and wish.frequency is not its.frequency:
            store.set_frequency(its.subscriber, its.id, wish.frequency, now)
        if wish.condition is not None and wish.condition is not its.condition:
            store.set_condition(its.subscriber, its.id, wish.condition, now)
        return store.get(its.subscriber, its.id)

    def _state(self, target: Target) -> str:
        catalogue = self._catalogue()
        reached = [catalogue.get(each) for each in self._kept.subscriptions.reached(target) if each in catalogue]
        if target.kind is TargetKind.COMMITMENT:
            return f"Aujourd'hui : {statuses.with_basis(reached[0], catalogue.document)}" if reached else ""
        return counts.known_today(reached, in_french(catalogue.document.date))

    def _one_pressed(self, press: Press) -> Turn:
        return asking(partial(self._one, press.value), changes=False)

    def _one(self, number: str, caller: Caller, now: datetime) -> Turn:
        subscriber, its = self._kept.get(caller, number)
        return self._shown(its, subscriber.hour.hour, in_place=True)

    def _frequency_pressed(self, press: Press) -> Turn:
        number, _, letter = press.value.partition(".")
        return asking(partial(self._set, number, frequency=_frequency(letter)))

    def _condition_pressed(self, press: Press) -> Turn:
        number, _, word = press.value.partition(".")
        if word not in list(Condition):
            raise StaleButtonError(press.value)
        return asking(partial(self._set, number, condition=Condition(word)))

    def _set(
        self,
        number: str,
        caller: Caller,
        now: datetime,
        *,
        frequency: Frequency | None = None,
        condition: Condition | None = None,
    ) -> Turn:
        subscriber, its = self._kept.get(caller, number)
        its = self._changed(its, Wish(target=its.target, frequency=frequency, condition=condition), now)
        return self._shown(its, subscriber.hour.hour, in_place=True)

    def _state_pressed(self, press: Press) -> Turn:
        number, _, word = press.value.partition(".")
        if word not in ("0", "1"):
            raise StaleButtonError(press.value)
        return asking(partial(self._set_state, number, word == "1"))

    def _set_state(self, number: str, wished: bool, caller: Caller, now: datetime) -> Turn:
        subscriber, its = self._kept.get(caller, number)
        self._kept.subscriptions.set_state_monthly(subscriber.id, its.id, wished, now)
        its = self._kept.subscriptions.get(subscriber.id, its.id)
        return self._shown(its, subscriber.hour.hour, in_place=True)

    def _shown(self, its: Subscription, hour: int, *, in_place: bool) -> Turn:
        texts = following.one_subscription(
            targets.name(its.target, self._catalogue()),
            rhythm.rhythm(its.frequency, hour),
            rhythm.condition(its.condition),
            with_state=its.state_monthly,
        )
        rows = followkeys.subscription(its.id, its.frequency, its.condition, with_state=its.state_monthly)
        return say(*texts, rows=rows, in_place=in_place)


def _frequency(letter: str) -> Frequency:
    if letter not in followkeys.FREQUENCIES:
        raise StaleButtonError(letter)
    return followkeys.FREQUENCIES[letter]
