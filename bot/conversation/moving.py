"""What moved in a digest, as a picture."""

from collections.abc import Callable
from datetime import datetime

from bot.conversation.kept import MENU, Kept, asking, say
from bot.keyboards import Press
from bot.pictures.moves import moves
from bot.replies import Caller, Turn
from bot.texts import pictures
from knowledge.catalogue import Catalogue

_LONGEST_NUMBER = 15


class Moving:
    """The button under a digest."""

    def __init__(self, kept: Kept, catalogue: Callable[[], Catalogue]) -> None:
        self._kept = kept
        self._catalogue = catalogue
        self.commands: dict[str, Callable[[str, datetime], Turn]] = {}
        self.presses: dict[str, Callable[[Press], Turn]] = {"i": self._moved}

    def _moved(self, press: Press) -> Turn:
        """Draw the digest again from what its delivery keeps; the number may be forged."""

        def act(caller: Caller, now: datetime) -> Turn:
            subscriber = self._kept.find(caller)
            known = press.value.isascii() and press.value.isdigit() and len(press.value) <= _LONGEST_NUMBER
            facts = self._kept.told(subscriber.id, int(press.value)) if subscriber and known else None
            if facts is None or not facts.lines:
                return say(pictures.moves_gone())
            return Turn(meaning=MENU, replies=(moves(facts, self._catalogue()),))

        return asking(act, changes=False)
