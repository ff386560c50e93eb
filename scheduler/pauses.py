"""When nothing may leave for a while: Telegram asked for silence, cannot be reached, or keeps breaking off."""

import random
from collections.abc import Callable

LONGEST = 60.0  # seconds
_FIRST = 2.0
_BREAKS = 3  # calls broken off one after the other, after which it is more than an accident


class Pause:
    """One pause of everything that is sent.

    Args:
        monotonic: Seconds that only go forward, so that a clock that is put right neither ends nor lengthens it.
        chance: Spreads the attempts of several programs over time.
    """

    def __init__(self, monotonic: Callable[[], float], chance: random.Random) -> None:
        self._monotonic = monotonic
        self._chance = chance
        self._until = float("-inf")
        self._failures = 0
        self._breaks = 0

    @property
    def left(self) -> float:
        """Seconds until calls may be made again; 0 when they may."""
        return max(0.0, self._until - self._monotonic())

    def answered(self) -> None:
        """A call was answered: all is well."""
        self._failures = self._breaks = 0

    def asked(self, seconds: float) -> None:
        """Telegram asked for silence."""
        self._until = max(self._until, self._monotonic() + seconds)

    def unreachable(self) -> None:
        """A call never left; wait longer each time, up to a minute."""
        if self.left:
            # Of several calls that fail together only the first counts.
            return
        longest = min(LONGEST, _FIRST * 2**self._failures)
        self._failures = min(self._failures + 1, 10)
        self.asked(self._chance.uniform(longest / 2, longest))

    def broken_off(self) -> None:
        """A call was not answered properly. One is an accident; several in a row would each cost a message."""
        self._breaks += 1
        if self._breaks >= _BREAKS:
            self.unreachable()
