"""What each button does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot import keyboards
from bot.conversation import pages
from bot.conversation.answers import card, in_messages
from bot.conversation.commands import Commands
from bot.conversation.consenting import NONE_OF_THESE, NOT_THIS
from bot.conversation.listings import decode
from bot.conversation.memory import ChatState
from bot.conversation.past import past
from bot.conversation.personal import Personal
from bot.conversation.staff.desk import Desk
from bot.errors import StaleButtonError
from bot.keyboards import Press
from bot.replies import Miss, Reply, Turn
from bot.texts import cards, lists
from knowledge.matching.meaning import MOST_OFFERED, Meaning, Outcome
from knowledge.models import TagKind
from knowledge.service import Knowledge


class Presses:
    """Buttons, by the first letter of their data."""

    def __init__(self, knowledge: Knowledge, commands: Commands, personal: Personal, desk: Desk | None) -> None:
        self._knowledge = knowledge
        self._commands = commands
        self._personal = personal
        self._desk = desk
        self._actions: dict[str, Callable[[Press, ChatState, datetime], Turn]] = {
            "c": self._card,
            "v": self._related,
            "s": self._source,
            "h": self._history,
            "n": self._not_that,
            "z": self._none_of_these,
            "o": self._orientation,
            "l": self._list,
            "d": self._votes,
            "g": self._tags,
            "m": self._menu,
        }

    def act(self, data: str, state: ChatState, now: datetime) -> Turn:
        """What pressing this button leads to.

        Raises:
            StaleButtonError: It is none of ours, or names what is no longer there.
            UnknownCommitmentError: It names a commitment that does not exist.
            UnknownTargetError: It would follow what does not exist.
        """
        press = keyboards.read(data)
        if press is not None and (turn := self._personal.press(press)) is not None:
            return turn
        if press and self._desk is not None and (turn := self._desk.press(press, data)) is not None:
            return turn
        action = self._actions.get(press.action) if press else None
        if press is None or action is None:
            raise StaleButtonError(data)
        return replace(action(press, state, now), in_place=press.page is not None)

    def _card(self, press: Press, state: ChatState, now: datetime) -> Turn:
        asked = state.question is not None
        replies = card(press.value, self._knowledge.catalogue, now.date(), asked=asked)
        return Turn(meaning=Meaning(outcome=Outcome.ANSWER, commitments=(press.value,)), replies=replies)

    def _related(self, press: Press, state: ChatState, now: datetime) -> Turn:
        catalogue = self._knowledge.catalogue
        commitment = catalogue.get(press.value)
        close = [each for each in self._knowledge.ranked(commitment.title) if each != commitment.id]
        shown = [catalogue.get(each) for each in close[:MOST_OFFERED]]
        reply = Reply(text=lists.related(commitment, shown), rows=keyboards.choices(shown))
        return Turn(meaning=_choices(close[:MOST_OFFERED]), replies=(reply,))

    def _source(self, press: Press, state: ChatState, now: datetime) -> Turn:
        catalogue = self._knowledge.catalogue
        replies = in_messages(cards.source(catalogue.get(press.value), catalogue))
        return Turn(meaning=Meaning(outcome=Outcome.ANSWER, commitments=(press.value,)), replies=replies)

    def _history(self, press: Press, state: ChatState, now: datetime) -> Turn:
        return past(press, self._knowledge)

    def _not_that(self, press: Press, state: ChatState, now: datetime) -> Turn:
        catalogue = self._knowledge.catalogue
        refused = catalogue.get(press.value)
        miss = Miss(kind=NOT_THIS, commitment_id=refused.id, day=now.date())
        if state.question is None:
            return Turn(meaning=_NOTHING, replies=in_messages(lists.question_forgotten()), miss=miss)
        seen = {refused.id, *state.offered}
        ranked = [each for each in self._knowledge.ranked(state.question) if each not in seen][:MOST_OFFERED]
        if not ranked:
            return Turn(meaning=_NOTHING, replies=in_messages(lists.no_other_candidate()), miss=miss)
        shown = [catalogue.get(each) for each in ranked]
        rows = keyboards.choices(shown) + keyboards.none_of_these()
        reply = Reply(text=lists.next_candidates(shown), rows=rows)
        return Turn(meaning=_choices(ranked), replies=(reply,), miss=miss)

    def _none_of_these(self, press: Press, state: ChatState, now: datetime) -> Turn:
        miss = Miss(kind=NONE_OF_THESE, commitment_id=None, day=now.date())
        return Turn(meaning=_NOTHING, replies=in_messages(lists.none_of_these()), miss=miss)

    def _orientation(self, press: Press, state: ChatState, now: datetime) -> Turn:
        catalogue = self._knowledge.catalogue
        if press.value not in {each.id for each in catalogue.orientations}:
            raise StaleButtonError(press.value)
        return Turn(meaning=_BROWSING, replies=(pages.orientation_page(press.value, catalogue, press.page or 1),))

    def _list(self, press: Press, state: ChatState, now: datetime) -> Turn:
        catalogue = self._knowledge.catalogue
        listing = decode(press.value, catalogue)
        ids = tuple(each.id for each in listing.commitments)
        return Turn(
            meaning=Meaning(outcome=Outcome.LIST, commitments=ids, filters=listing.filters),
            replies=(pages.list_page(listing, catalogue, press.page or 1),),
        )

    def _votes(self, press: Press, state: ChatState, now: datetime) -> Turn:
        page = pages.votes_page(press.value, self._knowledge.catalogue, press.page or 1)
        if page is None:
            raise StaleButtonError(press.value)
        return Turn(meaning=_BROWSING, replies=(page,))

    def _tags(self, press: Press, state: ChatState, now: datetime) -> Turn:
        if press.value not in list(TagKind):
            raise StaleButtonError(press.value)
        page = pages.tags_page(TagKind(press.value), self._knowledge.catalogue, press.page or 1)
        return Turn(meaning=_BROWSING, replies=(page,))

    def _menu(self, press: Press, state: ChatState, now: datetime) -> Turn:
        turn = self._commands.menu(press.value, now)
        if turn is None:
            raise StaleButtonError(press.value)
        return turn


_NOTHING = Meaning(outcome=Outcome.MENU)
_BROWSING = Meaning(outcome=Outcome.MENU)


def _choices(ranked: list[str]) -> Meaning:
    return Meaning(outcome=Outcome.CHOICES, commitments=tuple(ranked))
