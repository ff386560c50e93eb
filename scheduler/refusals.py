"""Messages that Telegram refuses: is it one message, or all that come from the same source?"""

import re

from scheduler.outbox import Delivery, Kind

_ENOUGH = 3  # chats in a row


class Refusals:
    """Counts refusals of the same kind in a row, by what the messages belong to. In memory: a restart forgives."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[str, set[int]]] = {}

    def passed(self, delivery: Delivery) -> None:
        """A message of the same source was taken."""
        self._rows.pop(delivery.ref, None)

    def refused(self, delivery: Delivery, why: str) -> bool:
        """Count a refusal; True when everything of the same source must be held.

        An announcement says the same to all, so its first refusal is enough; digests differ from chat to chat.
        """
        if delivery.kind in (Kind.ANNOUNCEMENT, Kind.CORRECTION):
            return True
        alike = re.sub(r"\d+", "#", why)
        before, chats = self._rows.get(delivery.ref, (alike, set()))
        chats = (chats if before == alike else set()) | {delivery.subscriber}
        self._rows[delivery.ref] = alike, chats
        return len(chats) >= _ENOUGH
