"""The preview's time: the real one, moved forward."""

from collections.abc import Callable, Collection
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from scheduler.calendar import WEEKLY_DAY, moment

_MORNING = time(9)  # when digests come, unless somebody chose another hour
_DAYS_A_WEEK = 7


class Leap(StrEnum):
    """How far the clock may be moved at once."""

    MORNING = "morning"
    DIGEST_DAY = "digest_day"
    DAY = "day"
    WEEK = "week"


class PreviewClock:
    """Runs as the real clock does, ahead of it by what it was moved; it never goes back.

    Args:
        real: The time that passes.
        timezone: Where mornings are.

    Attributes:
        ahead: What it was moved.
    """

    def __init__(self, real: Callable[[], datetime], timezone: ZoneInfo) -> None:
        self._real = real
        self.timezone = timezone
        self.ahead = timedelta()

    def now(self) -> datetime:
        """Aware, UTC."""
        return self._real() + self.ahead

    def seconds(self) -> float:
        """The same in seconds since 1970."""
        return self.now().timestamp()

    def move(self, leap: Leap) -> None:
        """Go forward."""
        now = self.now()
        self.ahead += self._aim(leap, now) - now

    def _aim(self, leap: Leap, now: datetime) -> datetime:
        match leap:
            case Leap.MORNING:
                return self._next_morning(now, range(_DAYS_A_WEEK))
            case Leap.DIGEST_DAY:
                return self._next_morning(now, (WEEKLY_DAY,))
            case Leap.DAY:
                return now + timedelta(days=1)
            case Leap.WEEK:
                return now + timedelta(days=_DAYS_A_WEEK)

    def _next_morning(self, now: datetime, weekdays: Collection[int]) -> datetime:
        today = now.astimezone(self.timezone).date()
        coming = (today + timedelta(days=days) for days in range(_DAYS_A_WEEK + 1))
        mornings = (moment(day, _MORNING, self.timezone) for day in coming if day.weekday() in weekdays)
        return next(morning for morning in mornings if morning > now)
