"""What is held about a person: given to them, erased when they ask."""

import json
from datetime import datetime

from bot import followkeys
from bot.conversation.following import Action, Command
from bot.conversation.kept import Kept, asking, say
from bot.errors import StaleButtonError
from bot.keyboards import Press
from bot.replies import Caller, File, Turn
from bot.texts import personal

_FILE = "mes-donnees.json"


class OwnData:
    """The commands and buttons of one's rights."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self.commands: dict[str, Command] = {
            "mesdonnees": lambda words, now: asking(self._give),
            "supprimer": lambda words, now: asking(self._ask),
            "effacer": lambda words, now: asking(self._ask),
        }
        self.presses: dict[str, Action] = {"dm": lambda press: asking(self._give), "er": self._erase_pressed}

    def _give(self, caller: Caller, now: datetime) -> Turn:
        subscriber = self._kept.find_again(caller)
        held = self._kept.dossier(subscriber.id) if subscriber else {"subscriber": None}
        if (member := self._kept.membership(caller.chat)) is not None:
            held |= {"team": member}
        # The chat itself knows its id; only its sealed form is held.
        document = {"generated_at": now.isoformat(timespec="seconds"), **held}
        text = json.dumps(document, ensure_ascii=False, indent=2)
        is_held = subscriber is not None or member is not None
        return say(personal.my_data(held=is_held), file=File(name=_FILE, text=f"{text}\n"))

    def _ask(self, caller: Caller, now: datetime) -> Turn:
        subscriber = self._kept.find_again(caller)
        if subscriber is None:
            return self._nothing(caller)
        count = len(self._kept.subscriptions.list_of(subscriber.id))
        asked = len(self._kept.dossier(subscriber.id)["questions_to_staff"])
        return say(*personal.ask_to_erase(count, asked), rows=followkeys.confirm_erasing())

    def _erase_pressed(self, press: Press) -> Turn:
        match press.value:
            case "":
                return asking(self._ask)
            case "oui":
                return asking(self._erase)
            case "non":
                return say(personal.not_erased())
        raise StaleButtonError(press.value)

    def _erase(self, caller: Caller, now: datetime) -> Turn:
        subscriber = self._kept.find_again(caller)
        if subscriber is None:
            return self._nothing(caller)
        self._kept.erase(subscriber.id, now)
        return say(personal.erased(of_team=self._is_of_team(caller)))

    def _nothing(self, caller: Caller) -> Turn:
        return say(personal.nothing_to_erase(of_team=self._is_of_team(caller)))

    def _is_of_team(self, caller: Caller) -> bool:
        return self._kept.membership(caller.chat) is not None
