"""The list of what one follows, and the ways to stop."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

from bot import followkeys, keyboards
from bot.conversation import wanted
from bot.conversation.following import Action, Command
from bot.conversation.kept import Kept, asking, say
from bot.keyboards import PAGE_SIZE, Press
from bot.replies import Button, Caller, Turn
from bot.texts import buttons, following, rhythm, targets
from bot.texts.markup import plain
from knowledge.catalogue import Catalogue
from scheduler.facts import Condition, Target, TargetKind
from scheduler.subscriptions import Subscription

_NO_END = 9999


class Leaving:
    """The commands and buttons about what is followed already."""

    def __init__(self, kept: Kept, catalogue: Callable[[], Catalogue]) -> None:
        self._kept = kept
        self._catalogue = catalogue
        self.commands: dict[str, Command] = {
            "abonnements": self._list_typed,
            "arreter": self._stop_typed,
            "stop": self._stop_typed,
        }
        self.presses: dict[str, Action] = {
            "fa": self._list_pressed,
            "fx": self._stop_pressed,
            "fw": self._which_pressed,
            "fz": lambda press: asking(self._stop_all),
        }

    def _list_typed(self, words: str, now: datetime) -> Turn:
        return asking(partial(self._list, 1, in_place=False), changes=False)

    def _list_pressed(self, press: Press) -> Turn:
        return asking(partial(self._list, press.page or 1, in_place=press.page is not None), changes=False)

    def _list(self, page: int, caller: Caller, now: datetime, *, in_place: bool) -> Turn:
        its = self._kept.list_of(caller)
        subscriber = self._kept.find(caller)
        if subscriber is None or not its:
            return say(following.nothing_followed(), in_place=in_place)
        last = -(-len(its) // PAGE_SIZE)
        page = min(page, last)
        shown = its[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        is_paused = subscriber.is_paused(now)
        pause = following.paused_until(pause_end(subscriber.paused_until, now)) if is_paused else ""
        lines = [self._line(each) for each in shown]
        rows = followkeys.subscriptions([(each.id, self._label(each)) for each in shown])
        rows += keyboards.pages(followkeys.SUBSCRIPTIONS, page, last) + followkeys.manage(paused=is_paused)
        texts = following.subscriptions(lines, pause, number=page, pages=last, total=len(its))
        return say(*texts, rows=rows, in_place=in_place)

    def _stop_typed(self, words: str, now: datetime) -> Turn:
        if not words:
            return asking(self._choose, changes=False)
        wish = wanted.wish(words, self._catalogue())
        if wish.target.kind is TargetKind.ALL:
            return asking(self._stop_all)
        return asking(partial(self._stop_target, wish.target))

    def _choose(self, caller: Caller, now: datetime) -> Turn:
        return self._offer_to_stop(self._kept.list_of(caller))

    def _which_pressed(self, press: Press) -> Turn:
        return asking(partial(self._which, tuple(press.value.split("."))), changes=False)

    def _which(self, numbers: tuple[str, ...], caller: Caller, now: datetime) -> Turn:
        """Among the subscriptions behind a push, those that are still there."""
        return self._offer_to_stop([each for each in self._kept.list_of(caller) if str(each.id) in numbers])

    def _offer_to_stop(self, its: Sequence[Subscription]) -> Turn:
        if not its:
            return say(following.nothing_followed())
        shown = [(each.id, self._label(each)) for each in its[:PAGE_SIZE]]
        more = () if len(its) <= PAGE_SIZE else ((Button(label=buttons.SUBSCRIPTIONS, data="fa:tout"),),)
        return say(following.what_to_stop(), rows=followkeys.to_stop(shown) + more + followkeys.stop_all())

    def _stop_pressed(self, press: Press) -> Turn:
        return asking(partial(self._stop_number, press.value))

    def _stop_number(self, number: str, caller: Caller, now: datetime) -> Turn:
        return self._stop(self._kept.get(caller, number)[1], now)

    def _stop_target(self, target: Target, caller: Caller, now: datetime) -> Turn:
        subscriber = self._kept.find(caller)
        its = self._kept.subscriptions.find(subscriber.id, target) if subscriber else None
        if its is None:
            return say(following.not_followed(targets.name(target, self._catalogue())))
        return self._stop(its, now)

    def _stop(self, its: Subscription, now: datetime) -> Turn:
        self._kept.subscriptions.end(its.subscriber, its.id, now)
        text = following.stopped(targets.name(its.target, self._catalogue()), targets.typed(its.target))
        return say(text, rows=followkeys.again(its.target, its.frequency))

    def _stop_all(self, caller: Caller, now: datetime) -> Turn:
        subscriber = self._kept.find(caller)
        ended = self._kept.subscriptions.end_all(subscriber.id, now) if subscriber else 0
        return say(following.stopped_all(ended) if ended else following.nothing_followed())

    def _line(self, its: Subscription) -> str:
        only = "" if its.condition is Condition.ANY else f", {rhythm.condition(its.condition).lower()}"
        return f"{targets.name(its.target, self._catalogue())} – {rhythm.short(its.frequency)}{only}"

    def _label(self, its: Subscription) -> str:
        return buttons.subscription(plain(targets.name(its.target, self._catalogue())), rhythm.short(its.frequency))


def pause_end(until: datetime | None, now: datetime) -> date | None:
    """The local day on which a pause ends; None when it has no end."""
    return None if until is None or until.year == _NO_END else until.astimezone(now.tzinfo).date()
