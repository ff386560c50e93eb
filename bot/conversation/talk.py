"""The conversation: the same, word for word, on Telegram and in a terminal."""

from dataclasses import replace
from datetime import datetime, tzinfo

from bot.conversation import answers
from bot.conversation.commands import Commands, Identity, parse
from bot.conversation.memory import ChatState, Memory
from bot.conversation.presses import Presses
from bot.replies import Turn
from knowledge.matching.followups import Context
from knowledge.matching.meaning import Outcome
from knowledge.models import Commitment
from knowledge.service import Knowledge


class Conversation:
    """Takes what people write and press; keeps the thread of each chat for thirty minutes.

    Args:
        knowledge: What is known.
        identity: Who runs the bot.
        timezone: Where « aujourd'hui » is.
    """

    def __init__(self, knowledge: Knowledge, identity: Identity, timezone: tzinfo) -> None:
        self._knowledge = knowledge
        self._timezone = timezone
        self._memory = Memory()
        self._commands = Commands(knowledge, identity)
        self._presses = Presses(knowledge, self._commands)

    @property
    def commands(self) -> frozenset[str]:
        """The names of the commands."""
        return self._commands.names

    def say(self, chat: int, text: str, now: datetime) -> Turn:
        """Answer a message: a command, the number of a button, or a question."""
        state = self._memory.recall(chat, now)
        if data := _typed_button(text, state):
            return self.press(chat, data, now)
        local = now.astimezone(self._timezone)
        if command := parse(text):
            turn = self._commands.run(*command, local)
            state = ChatState(context=_shown(turn, None, now))
        else:
            meaning, context = self._knowledge.understand(text, state.context, now)
            turn = answers.answer(meaning, self._knowledge.catalogue, local.date())
            state = ChatState(context=context, question=text, offered=_offered(turn))
        self._keep(chat, state, turn, now)
        return turn

    def press(self, chat: int, data: str, now: datetime) -> Turn:
        """Do what a button says.

        Raises:
            StaleButtonError: It is none of ours, or names what is no longer there.
            UnknownCommitmentError: It names a commitment that does not exist.
        """
        state = self._memory.recall(chat, now)
        turn = self._presses.act(data, state, now.astimezone(self._timezone))
        offered = tuple(dict.fromkeys(state.offered + _offered(turn)))
        state = replace(state, offered=offered, context=_shown(turn, state.context, now))
        self._keep(chat, state, turn, now)
        return turn

    def find(self, words: str, now: datetime) -> tuple[tuple[Commitment, str], ...]:
        """The best matches of a few words, each with the first message of its card."""
        catalogue, today = self._knowledge.catalogue, now.astimezone(self._timezone).date()
        found = [catalogue.get(each) for each in self._commands.best_matches(words, now)]
        return tuple((each, answers.card(each.id, catalogue, today)[0].text) for each in found)

    def forget(self, now: datetime) -> None:
        """Drop the threads that are over thirty minutes old; to be called now and then."""
        self._memory.forget(now)

    def _keep(self, chat: int, state: ChatState, turn: Turn, now: datetime) -> None:
        buttons = turn.replies[-1].buttons if turn.replies else ()
        self._memory.keep(chat, replace(state, buttons=buttons), now)


def _typed_button(text: str, state: ChatState) -> str | None:
    """The data of the button whose number was typed."""
    number = text.strip()
    if number.isascii() and number.isdigit() and len(number) <= 2 and 1 <= int(number) <= len(state.buttons):
        return state.buttons[int(number) - 1].data
    return None


def _shown(turn: Turn, context: Context | None, now: datetime) -> Context | None:
    """The context once a button or a command has shown something, so that « et pour quand ? » follows."""
    if turn.meaning.outcome not in (Outcome.ANSWER, Outcome.CHOICES, Outcome.LIST):
        return context
    earlier = context or Context(at=now, outcome=turn.meaning.outcome)
    return earlier.after(turn.meaning, earlier.question, now)


def _offered(turn: Turn) -> tuple[str, ...]:
    if turn.meaning.outcome is Outcome.ANSWER:
        return turn.meaning.commitments[:1]
    return turn.meaning.commitments if turn.meaning.outcome is Outcome.CHOICES else ()
