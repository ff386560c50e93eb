"""A limit on how fast one person may write: thirty messages a minute, one kind sentence, then silence."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from enum import Enum, auto

MOST_A_MINUTE = 30
_WINDOW = timedelta(minutes=1)
_MOST_PEOPLE = 10_000


class Verdict(Enum):
    """What becomes of a message."""

    ANSWER = auto()
    WARN = auto()
    IGNORE = auto()


class Flood:
    """Who wrote when, in memory only, a minute at most.

    Args:
        most: Messages a minute that are answered.
    """

    def __init__(self, most: int = MOST_A_MINUTE) -> None:
        self._most = most
        self._seen: OrderedDict[int, deque[datetime]] = OrderedDict()
        self._warned: dict[int, datetime] = {}

    def judge(self, person: int, now: datetime) -> Verdict:
        """Count a message or a press, and say what becomes of it; ignored ones do not count."""
        times = self._seen.setdefault(person, deque())
        self._seen.move_to_end(person)
        # A clock that was set back must not silence anybody for longer than a minute.
        while times and not timedelta(0) <= now - times[0] < _WINDOW:
            times.popleft()
        self._forget_oldest()
        if len(times) < self._most:
            times.append(now)
            return Verdict.ANSWER
        warned = self._warned.get(person)
        if warned is not None and timedelta(0) <= now - warned < _WINDOW:
            return Verdict.IGNORE
        self._warned[person] = now
        return Verdict.WARN

    def forget(self, now: datetime) -> None:
        """Drop whoever has been quiet for a minute; to be called now and then."""
        while self._seen:
            person, times = next(iter(self._seen.items()))
            if times and timedelta(0) <= now - times[-1] < _WINDOW:
                return
            self._drop(person)

    def _forget_oldest(self) -> None:
        while len(self._seen) > _MOST_PEOPLE:
            self._drop(next(iter(self._seen)))

    def _drop(self, person: int) -> None:
        del self._seen[person]
        self._warned.pop(person, None)
