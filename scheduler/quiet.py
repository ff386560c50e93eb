"""Quiet hours and days, in a person's local time: ``20:00-08:00,sunday``."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from scheduler.calendar import moment
from scheduler.errors import QuietHoursError

NONE = "none"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WINDOW = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """When a person is left alone.

    Attributes:
        start: The hours begin then, and
        stop: end then, on the next day when not later; both None when no hours are quiet.
        days: Whole days, Monday is 0.
    """

    start: time | None = None
    stop: time | None = None
    days: frozenset[int] = frozenset()

    @staticmethod
    @lru_cache(maxsize=1_000)
    def parse(text: str) -> "Quiet":
        """Read ``none``, hours, days, or hours and days, separated by commas.

        Raises:
            QuietHoursError: It is not of that form, or nothing of the week would be left.
        """
        words = [word.strip().lower() for word in text.split(",") if word.strip()]
        if words == [NONE]:
            return Quiet()
        start = stop = None
        days: set[int] = set()
        for word in words:
            found = _WINDOW.fullmatch(word)
            if found and start is None:
                start, stop = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
            elif word in DAYS:
                days.add(DAYS.index(word))
            else:
                raise QuietHoursError(text)
        if not words or len(days) == len(DAYS) or (start is not None and start == stop):
            raise QuietHoursError(text)
        return Quiet(start=start, stop=stop, days=frozenset(days))

    def end(self, now: datetime, timezone: ZoneInfo) -> datetime:
        """The first moment from now on that is not quiet: now itself, most often."""
        while (later := self._step(now, timezone)) > now:
            now = later
        return now

    def _step(self, now: datetime, timezone: ZoneInfo) -> datetime:
        local = now.astimezone(timezone)
        today, clock = local.date(), local.time()
        if local.weekday() in self.days:
            return moment(today + timedelta(days=1), time(), timezone)
        if self.start is None or self.stop is None:
            return now
        if self.start < self.stop:
            return moment(today, self.stop, timezone) if self.start <= clock < self.stop else now
        if clock >= self.start:
            return moment(today + timedelta(days=1), self.stop, timezone)
        if clock >= self.stop:
            return now
        end = moment(today, self.stop, timezone)
        # In the hour that comes twice the first end may be over already.
        return end if end > now else moment(today, self.stop.replace(fold=1), timezone)
