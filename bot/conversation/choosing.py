"""Hours, quiet hours, pauses."""

from collections.abc import Callable
from datetime import datetime, time
from functools import partial

from bot import followkeys
from bot.conversation import wanted
from bot.conversation.following import Action, Command, Following
from bot.conversation.kept import Kept, asking, say
from bot.conversation.leaving import pause_end
from bot.conversation.wanted import Wish
from bot.errors import StaleButtonError, UnknownSettingError
from bot.keyboards import Press
from bot.replies import Caller, Turn
from bot.texts import choosing, following, rhythm
from knowledge.catalogue import Catalogue
from scheduler.errors import QuietHoursError
from scheduler.quiet import Quiet
from scheduler.subscribers import Subscriber


class Choosing:
    """The commands and buttons about when somebody is written to."""

    def __init__(self, kept: Kept, catalogue: Callable[[], Catalogue], follow: Following) -> None:
        self._kept = kept
        self._catalogue = catalogue
        self._following = follow
        self.commands: dict[str, Command] = {
            "settings": self._settings_typed,
            "reglages": self._settings_typed,
            "pause": self._pause_typed,
            "reprendre": self._resume_typed,
        }
        self.presses: dict[str, Action] = {
            "rg": lambda press: asking(self._settings, changes=False),
            "rh": self._hour_pressed,
            "rq": self._quiet_pressed,
            "fp": lambda press: asking(partial(self._pause, None)),
            "fu": lambda press: asking(self._resume),
        }

    def _settings_typed(self, words: str, now: datetime) -> Turn:
        if not words:
            return asking(self._settings, changes=False)
        what, _, rest = words.partition(" ")
        if what.lower() == "heure" and (hour := wanted.hour(rest)) is not None:
            return asking(partial(self._set_hour, hour))
        if what.lower() == "silence" and (quiet := _quiet(rest)) is not None:
            return asking(partial(self._set_quiet, quiet))
        wish = wanted.wish(words, self._catalogue())
        if wish == Wish(target=wish.target):
            raise UnknownSettingError(words)
        return asking(partial(self._following.change, wish))

    def _settings(self, caller: Caller, now: datetime) -> Turn:
        subscriber = self._kept.find(caller)
        if subscriber is None:
            return say(*choosing.no_settings_yet())
        count = len(self._kept.subscriptions.list_of(subscriber.id))
        pause = ""
        if subscriber.is_paused(now):
            pause = following.paused_until(pause_end(subscriber.paused_until, now))
        texts = choosing.settings(subscriber.hour.hour, in_words(subscriber.quiet), pause, count)
        return say(*texts, rows=followkeys.settings(subscriber.hour.hour))

    def _hour_pressed(self, press: Press) -> Turn:
        hour = wanted.hour(press.value)
        if hour is None:
            raise StaleButtonError(press.value)
        return asking(partial(self._set_hour, hour))

    def _set_hour(self, hour: int, caller: Caller, now: datetime) -> Turn:
        return self._set(caller, lambda its: self._kept.subscribers.set_hour(its.id, time(hour), now))

    def _quiet_pressed(self, press: Press) -> Turn:
        if press.value not in followkeys.QUIET:
            raise StaleButtonError(press.value)
        return asking(partial(self._set_quiet, followkeys.QUIET[press.value]))

    def _set_quiet(self, quiet: str, caller: Caller, now: datetime) -> Turn:
        return self._set(caller, lambda its: self._kept.subscribers.set_quiet(its.id, quiet, now))

    def _set(self, caller: Caller, change: Callable[[Subscriber], None]) -> Turn:
        """Change something and show how it stands."""
        subscriber = self._kept.find(caller)
        if subscriber is None:
            return say(*choosing.no_settings_yet())
        change(subscriber)
        its = self._kept.subscribers.get(subscriber.id)
        return say(choosing.noted(its.hour.hour, in_words(its.quiet)), rows=followkeys.settings(its.hour.hour))

    def _pause_typed(self, words: str, now: datetime) -> Turn:
        if not words:
            return asking(partial(self._pause, None))
        day = wanted.day(words)
        if day <= now.date():
            return say(following.date_is_past(day))
        return asking(partial(self._pause, datetime.combine(day, time(), now.tzinfo)))

    def _pause(self, until: datetime | None, caller: Caller, now: datetime) -> Turn:
        subscriber = self._kept.find(caller)
        if subscriber is None:
            return say(following.nothing_followed())
        self._kept.subscribers.pause(subscriber.id, until)
        return say(following.paused(until.date() if until else None), rows=followkeys.resume())

    def _resume_typed(self, words: str, now: datetime) -> Turn:
        return asking(self._resume)

    def _resume(self, caller: Caller, now: datetime) -> Turn:
        subscriber = self._kept.find(caller)
        if subscriber is None or not subscriber.is_paused(now):
            return say(following.not_paused())
        self._kept.subscribers.resume(subscriber.id)
        return say(following.resumed())


def in_words(quiet: str) -> str:
    """Quiet hours as one says them."""
    its = Quiet.parse(quiet)
    clock = [f"{each:%H:%M}" if each else None for each in (its.start, its.stop)]
    return rhythm.quiet(clock[0], clock[1], its.days)


def _quiet(words: str) -> str | None:
    text = wanted.quiet(words)
    try:
        Quiet.parse(text)
    except QuietHoursError:
        return None
    return text
