"""A question that found no answer: with a tap, its words are kept for staff, or it is sent to them to be answered."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot import questionkeys
from bot.conversation.following import Action, Command
from bot.conversation.kept import Kept, asking, say
from bot.conversation.memory import ChatState, Memory
from bot.errors import StaleButtonError
from bot.keyboards import Press
from bot.replies import Caller, Turn
from bot.texts import consent
from knowledge.matching.meaning import Outcome
from knowledge.models import Refusal
from knowledge.questions.errors import NothingToKeepError
from knowledge.questions.stripping import says_something, stripped

NOT_THIS, NONE_OF_THESE = "not_this", "none_of_these"
# Elsewhere nobody should be asked to leave their words: danger, opinions, insults, personal data, noise.
_OFFERED = (
    *(Refusal.NEAR_MISS, Refusal.OTHER_SERVICE, Refusal.OTHER_TOWN, Refusal.NATIONAL, Refusal.OTHER_CONVENTION),
    *(Refusal.VAGUE, Refusal.OTHER_GENERAL, Refusal.NOT_UNDERSTOOD),
)
_KINDS = frozenset({NOT_THIS, NONE_OF_THESE, *_OFFERED})
_TOKEN_BYTES = 4


def new_token() -> str:
    """Names one question of one chat while it is remembered; made of chance, so that it tells nothing."""
    return secrets.token_hex(_TOKEN_BYTES)


class Consenting:
    """The buttons by which a person agrees, and where they are offered."""

    def __init__(self, kept: Kept, memory: Memory) -> None:
        self._kept = kept
        self._memory = memory
        self.commands: dict[str, Command] = {}
        self.presses: dict[str, Action] = {
            questionkeys.KEEP: self._keep_pressed,
            questionkeys.KEEP_NOT: lambda press: _private(partial(self._keep_not, press.value)),
            questionkeys.SEND: lambda press: _private(partial(self._ask_to_send, press.value)),
            questionkeys.SEND_YES: lambda press: _private(partial(self._send, press.value)),
            questionkeys.SEND_NO: lambda press: say(consent.not_sent()),
            questionkeys.WITHDRAW: lambda press: _private(partial(self._withdraw, press.value)),
        }

    def offered(self, turn: Turn, state: ChatState) -> Turn:
        """The turn, with the buttons where it gives no answer to the question that is remembered."""
        kind = _why_unanswered(turn)
        if kind is None or state.question is None or not turn.replies:
            return turn
        last = turn.replies[-1]
        rows = questionkeys.keep(kind, state.token)
        if turn.meaning.outcome is Outcome.CHOICES:
            # Others are proposed: the way out of the choice stays last.
            rows = last.rows[:-1] + rows + last.rows[-1:]
        else:
            rows = last.rows + rows + questionkeys.send(state.token)
        return replace(turn, replies=(*turn.replies[:-1], replace(last, rows=rows)))

    def _keep_pressed(self, press: Press) -> Turn:
        kind, _, token = press.value.partition(".")
        if kind not in _KINDS:
            raise StaleButtonError(press.value)
        return _private(partial(self._keep, kind, token))

    def _keep(self, kind: str, token: str, caller: Caller, now: datetime) -> Turn:
        state, question = self._remembered(token, caller, now)
        if question is None:
            return say(consent.forgotten())
        if state.kept is not None:
            return say(consent.kept_already(), rows=questionkeys.keep_not(token))
        try:
            number, words = self._kept.questions.keep(question, kind, now.date())
        except NothingToKeepError:
            return say(consent.nothing_to_keep())
        self._memory.keep(caller.chat, replace(state, kept=number), now)
        return say(*consent.kept(words), rows=questionkeys.keep_not(token))

    def _keep_not(self, token: str, caller: Caller, now: datetime) -> Turn:
        state, question = self._remembered(token, caller, now)
        if question is None or state.kept is None:
            return say(consent.forgotten())
        self._kept.questions.drop(state.kept)
        self._memory.keep(caller.chat, replace(state, kept=None), now)
        return say(consent.not_kept())

    def _ask_to_send(self, token: str, caller: Caller, now: datetime) -> Turn:
        _, question = self._remembered(token, caller, now)
        if question is None:
            return say(consent.forgotten())
        words = stripped(question)
        if not says_something(words):
            return say(consent.nothing_to_keep())
        return say(*consent.ask_to_send(words), rows=questionkeys.confirm_sending(token))

    def _send(self, token: str, caller: Caller, now: datetime) -> Turn:
        _, question = self._remembered(token, caller, now)
        if question is None:
            return say(consent.forgotten())
        person = self._kept.open(caller, now)
        number = self._kept.enquiries.send(person.id, stripped(question), now, consent_version=consent.VERSION)
        return say(consent.sent(), rows=questionkeys.withdraw(number))

    def _withdraw(self, number: str, caller: Caller, now: datetime) -> Turn:
        person = self._kept.find(caller)
        gone = person is not None and self._kept.enquiries.withdraw(person.id, questionkeys.number(number))
        return say(consent.withdrawn() if gone else consent.not_to_withdraw())

    def _remembered(self, token: str, caller: Caller, now: datetime) -> tuple[ChatState, str | None]:
        """The thread, and the question that the button was shown for, unless it is over or another came."""
        state = self._memory.recall(caller.chat, now)
        return state, state.question if token and token == state.token else None


def _private(act: Callable[[Caller, datetime], Turn]) -> Turn:
    """In a group the question may be somebody else's."""

    def alone(caller: Caller, now: datetime) -> Turn:
        return say(consent.in_private()) if caller.group else act(caller, now)

    return asking(alone, changes=False)


def _why_unanswered(turn: Turn) -> str | None:
    if turn.miss is not None:
        return turn.miss.kind
    return turn.meaning.reason if turn.meaning.reason in _OFFERED else None
