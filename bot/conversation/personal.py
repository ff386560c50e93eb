"""Everything about what is kept of people: each command and button once, whatever it is about."""

import re
from collections.abc import Callable
from datetime import datetime

from bot.conversation.choosing import Choosing
from bot.conversation.consenting import Consenting
from bot.conversation.following import Following
from bot.conversation.kept import Kept
from bot.conversation.leaving import Leaving
from bot.conversation.moving import Moving
from bot.conversation.own_data import OwnData
from bot.keyboards import Press
from bot.replies import Turn
from knowledge.catalogue import Catalogue
from knowledge.matching.wording import fold

_STOP = "arreter"
_ERASE = "supprimer"
# Whole messages, folded: what people write instead of a command.
_SAID = dict.fromkeys(
    ("stop", "arretez", "arreter", "desabonnement", "me desabonner", "desabonnez moi", "je veux me desabonner"), _STOP
) | dict.fromkeys(
    (
        *("supprimer mes donnees", "supprimez mes donnees", "supprime mes donnees", "supprimer mon compte"),
        *("effacer mes donnees", "effacez mes donnees", "efface mes donnees", "supprimez moi", "effacez moi"),
        *("oubliez moi", "oublie moi", "efface moi"),
    ),
    _ERASE,
)


class Personal:
    """The commands and buttons, by name."""

    def __init__(self, kept: Kept, catalogue: Callable[[], Catalogue], consenting: Consenting) -> None:
        self.kept = kept
        self._following = Following(kept, catalogue)
        parts = (
            self._following,
            Leaving(kept, catalogue),
            Choosing(kept, catalogue, self._following),
            OwnData(kept),
            Moving(kept, catalogue),
            consenting,
        )
        self._commands = {name: run for part in parts for name, run in part.commands.items()}
        self._presses = {name: run for part in parts for name, run in part.presses.items()}

    @property
    def names(self) -> frozenset[str]:
        """Every command."""
        return frozenset(self._commands)

    def run(self, name: str, words: str, now: datetime) -> Turn | None:
        """What a command asks for; None when it is not one of these."""
        return self._commands[name](words, now) if name in self._commands else None

    def press(self, press: Press) -> Turn | None:
        """What a button asks for; None when it is not one of these."""
        return self._presses[press.action](press) if press.action in self._presses else None

    def offer(self, name: str) -> Turn:
        """Before following, as a link to the bot asks."""
        return self._following.offer(name)


def command_said(text: str) -> str | None:
    """The command that a whole message stands for: « stop », « oubliez-moi »."""
    return _SAID.get(re.sub(r"[^a-z]+", " ", fold(text[:60])).strip())
