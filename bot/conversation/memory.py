"""What is remembered of a chat: in memory only, thirty minutes at most, for a bounded number of chats."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.replies import Button
from knowledge.matching.followups import Context

KEPT = timedelta(minutes=30)
MOST_CHATS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatState:
    """The thread of one chat.

    Attributes:
        context: What follow-ups refer to.
        question: The last question, for « Ce n'est pas ça ».
        offered: Commitments already shown for it.
        buttons: Those of the last reply, that a number may press.
        token: Names that question on a button, which must not act on the next one.
        kept: The number under which its words are kept for staff, in case the person goes back on it.
    """

    context: Context | None = None
    question: str | None = None
    offered: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    token: str = ""
    kept: int | None = None
    at: datetime | None = None


class Memory:
    """The states of the chats that spoke last; any thread may use it."""

    def __init__(self, most: int = MOST_CHATS) -> None:
        self._most = most
        self._states: OrderedDict[int, ChatState] = OrderedDict()
        self._lock = threading.Lock()

    def recall(self, chat: int, now: datetime) -> ChatState:
        """What is known of a chat; nothing after thirty minutes of silence."""
        with self._lock:
            state = self._states.get(chat)
            if state is None or state.at is None or now - state.at > KEPT:
                self._states.pop(chat, None)
                return ChatState()
            return state

    def keep(self, chat: int, state: ChatState, now: datetime) -> None:
        """Remember, and forget whoever has been silent the longest if there are too many."""
        with self._lock:
            self._states[chat] = replace(state, at=now)
            self._states.move_to_end(chat)
            while len(self._states) > self._most:
                self._states.popitem(last=False)

    def forget(self, now: datetime) -> None:
        """Drop the chats that have been silent for thirty minutes."""
        with self._lock:
            while self._states and self._oldest_is_over(now):
                self._states.popitem(last=False)

    def _oldest_is_over(self, now: datetime) -> bool:
        oldest = next(iter(self._states.values()))
        return oldest.at is not None and now - oldest.at > KEPT
