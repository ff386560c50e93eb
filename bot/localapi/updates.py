"""Updates: a queue the bot empties by long polling, or that a webhook delivers."""

from collections import deque
from collections.abc import Collection
from itertools import count

from bot.localapi.calls import Call
from bot.localapi.entities import Json
from bot.localapi.errors import ConflictError
from bot.localapi.waiting import Bell

MOST_IN_ONE_ANSWER = 100
LONGEST_HOLD = 50  # seconds
_ONLY_WHEN_ASKED = {"chat_member", "message_reaction", "message_reaction_count"}


class Updates:
    """What happened and the bot has not confirmed yet."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._pending: deque[Json] = deque()
        self._ids = count(700_000_001)
        self._poller: Call | None = None
        self._is_closed = False
        self.allowed: frozenset[str] = frozenset()
        self.webhook_url = ""

    @property
    def pending(self) -> int:
        """How many are not confirmed."""
        return len(self._pending)

    @property
    def first(self) -> Json | None:
        """The oldest that is not confirmed."""
        return self._pending[0] if self._pending else None

    def add(self, kind: str, payload: Json) -> bool:
        """Queue an update, and say whether the bot wants this kind."""
        wanted = kind in self.allowed if self.allowed else kind not in _ONLY_WHEN_ASKED
        if wanted:
            self._pending.append({"update_id": next(self._ids), kind: payload})
            self._bell.ring()
        return wanted

    def allow(self, kinds: Collection[str] | None) -> None:
        """Choose the kinds of updates from now on: None keeps the choice, empty goes back to the usual."""
        if kinds is not None:
            self.allowed = frozenset(kinds)

    def confirm(self, offset: int) -> None:
        """Forget updates below ``offset``; a negative one keeps that many of the newest."""
        if offset < 0:
            offset = self._pending[max(offset, -len(self._pending))]["update_id"] if self._pending else 0
        while self._pending and self._pending[0]["update_id"] < offset:
            self._pending.popleft()
        self._bell.ring()

    def drop(self) -> None:
        """Forget all."""
        self._pending.clear()
        self._bell.ring()

    def close(self) -> None:
        """Release whoever holds the line."""
        self._is_closed = True
        self._bell.ring()

    async def poll(self, call: Call) -> list[Json]:
        """Answer getUpdates: at once when something is there, else at the first update or when time is up.

        Raises:
            ConflictError: A webhook is set, or another poller came.
        """
        if self.webhook_url:
            raise ConflictError(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        self.allow(call.nested("allowed_updates"))
        self.confirm(call.integer("offset"))
        self._poller = call
        self._bell.ring()
        limit = min(max(call.integer("limit", MOST_IN_ONE_ANSWER), 1), MOST_IN_ONE_ANSWER)
        try:
            hold = min(max(call.integer("timeout"), 0), LONGEST_HOLD)
            return await self._bell.until(lambda: self._answer(call, limit), within=hold)
        except TimeoutError:
            return []

    def _answer(self, call: Call, limit: int) -> list[Json] | None:
        """Return what to answer the poller now; None to keep it waiting."""
        if self._poller is not call and not call.hung_up:
            raise ConflictError(
                "terminated by other getUpdates request; make sure that only one bot instance is running"
            )
        if self._is_closed or call.hung_up:
            return []
        return list(self._pending)[:limit] or None
