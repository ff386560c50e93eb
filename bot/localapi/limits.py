"""Telegram's limits on new messages: one a second in a chat, 30 a second in all, 20 a minute in a group."""

import math
from collections import defaultdict, deque
from collections.abc import Callable

from bot.localapi.calls import Call
from bot.localapi.errors import TooManyRequestsError

_NEW_MESSAGES = {"sendmessage", "sendphoto", "senddocument", "copymessage"}
_OVERALL = ""


class Limits:
    """Counts the bot's messages, and refuses one too many.

    Args:
        clock: Seconds that only go forward.
        overall: Most in any second.
        per_group: Most in any minute in a group.

    Attributes:
        refused: How many calls were refused.
    """

    def __init__(self, clock: Callable[[], float], *, overall: int = 30, per_group: int = 20) -> None:
        self._clock = clock
        self._overall = overall
        self._per_group = per_group
        self._sent: defaultdict[str, deque[float]] = defaultdict(deque)
        self.refused = 0

    def check(self, call: Call) -> None:
        """Count a new message.

        Raises:
            TooManyRequestsError: It is one too many; it is not counted.
        """
        if call.method.lower() not in _NEW_MESSAGES:
            return
        now, chat = self._clock(), call.text("chat_id")
        most, seconds = (self._per_group, 60.0) if chat.startswith("-") else (1, 1.0)
        wait = max(self._wait(chat, most, seconds, now), self._wait(_OVERALL, self._overall, 1.0, now))
        if wait > 0:
            self.refused += 1
            raise TooManyRequestsError(math.ceil(wait))
        self._sent[chat].append(now)
        self._sent[_OVERALL].append(now)

    def _wait(self, key: str, most: int, seconds: float, now: float) -> float:
        """Return the seconds until there is room again; 0 when there is."""
        sent = self._sent[key]
        while sent and sent[0] <= now - seconds:
            sent.popleft()
        return 0.0 if len(sent) < most else sent[0] + seconds - now
