"""The conversation: the same, word for word, on Telegram and in a terminal."""

from dataclasses import replace
from datetime import datetime, tzinfo

from bot.conversation import answers
from bot.conversation.commands import Commands, Identity, parse
from bot.conversation.consenting import Consenting, new_token
from bot.conversation.kept import MENU, Kept
from bot.conversation.memory import ChatState, Memory
from bot.conversation.offering import Offering
from bot.conversation.personal import Personal, command_said
from bot.conversation.presses import Presses
from bot.conversation.recent import Recent
from bot.conversation.staff.desk import Desk
from bot.conversation.staff.rights import Said
from bot.errors import BotError
from bot.explaining.people import is_a_slip, sentence
from bot.replies import Asked, Caller, Reply, Turn
from knowledge.errors import KnowledgeError
from knowledge.matching.followups import Context
from knowledge.matching.meaning import Outcome
from knowledge.models import Commitment
from knowledge.service import Knowledge
from scheduler.errors import SchedulerError


class Conversation:
    """Takes what people write and press; keeps the thread of each chat for thirty minutes.

    Args:
        knowledge: What is known.
        identity: Who runs the bot.
        timezone: Where « aujourd'hui » is.
        kept: What is kept about people.
        recent: What has changed lately, already read.
        desk: What staff can do; None where nobody is of the team.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        identity: Identity,
        timezone: tzinfo,
        kept: Kept,
        recent: Recent,
        desk: Desk | None = None,
    ) -> None:
        self._knowledge = knowledge
        self._timezone = timezone
        self._kept = kept
        self._desk = desk
        self._memory = Memory()
        self._consenting = Consenting(kept, self._memory)
        personal = Personal(kept, lambda: knowledge.catalogue, self._consenting)
        self._offering = Offering(recent, identity.site)
        self._commands = Commands(knowledge, identity, personal, desk)
        self._presses = Presses(knowledge, self._commands, personal, desk)

    @property
    def commands(self) -> frozenset[str]:
        """The names of the commands."""
        return self._commands.names

    def say(self, chat: int, text: str, now: datetime) -> Turn:
        """Answer a message: a command, the number of a button, or a question.

        A turn that has a deed is only understood: ``carry_out`` does it.
        """
        state = self._memory.recall(chat, now)
        if data := _typed_button(text, state):
            return self.press(chat, data, now)
        local = now.astimezone(self._timezone)
        if command := parse(text) or _said(text):
            turn = self._run(*command, local)
            state = ChatState(context=_shown(turn, None, now))
        else:
            meaning, context = self._knowledge.understand(text, state.context, now)
            turn = self._offering.offered(answers.answer(meaning, self._knowledge.catalogue, local.date()))
            state = ChatState(context=context, question=text, offered=_offered(turn), token=new_token())
            asked = Asked(outcome=meaning.outcome, reason=meaning.reason, day=local.date())
            turn = replace(self._offered_to_keep(turn, chat, state), asked=asked)
        self._keep(chat, state, turn, now)
        return turn

    def press(self, chat: int, data: str, now: datetime) -> Turn:
        """Do what a button says.

        Raises:
            StaleButtonError: It is none of ours, or names what is no longer there.
            UnknownCommitmentError, UnknownTargetError: It names what does not exist.
        """
        state = self._memory.recall(chat, now)
        turn = self._offering.offered(self._presses.act(data, state, now.astimezone(self._timezone)))
        turn = self._offered_to_keep(turn, chat, state)
        offered = tuple(dict.fromkeys(state.offered + _offered(turn)))
        state = replace(state, offered=offered, context=_shown(turn, state.context, now))
        self._keep(chat, state, turn, now)
        return turn

    def carry_out(self, turn: Turn, caller: Caller, now: datetime) -> Turn:
        """Do the deed of a turn, and say what came of it. It blocks: never call it where others wait.

        Raises:
            BotError, SchedulerError, KnowledgeError: It cannot be done.
        """
        if turn.deed is None:
            return turn
        done = turn.deed.act(caller, now.astimezone(self._timezone))
        if turn.deed.personal:
            done = self._kept.said(done)
        whole = replace(done, meaning=turn.meaning, replies=turn.replies + done.replies)
        self._keep(caller.chat, self._memory.recall(caller.chat, now), whole, now)
        return whole

    def may_await(self, chat: int) -> bool:
        """Whether ``awaited`` should be asked before ``say``: only members of staff are ever asked for something."""
        return self._desk is not None and self._desk.knows(chat)

    def awaited(self, said: Said, caller: Caller, now: datetime) -> Turn | None:
        """The turn for what a member of staff was asked to type or send; None when it is an ordinary message.

        It blocks. Commands, and the numbers of buttons, are never what was asked for.
        """
        if self._desk is None or parse(said.text) or _typed_button(said.text, self._memory.recall(caller.chat, now)):
            return None
        try:
            turn = self._desk.awaited(said, caller, now.astimezone(self._timezone))
        except (BotError, KnowledgeError, SchedulerError) as error:
            return self.slip(Turn(meaning=MENU), error)
        if turn is not None:
            self._keep(caller.chat, self._memory.recall(caller.chat, now), turn, now)
        return turn

    def answer(self, chat: int, text: str, now: datetime) -> Turn:
        """Answer a message and do what it asks, in one go: for one person who waits."""
        return self._answer(Caller(chat=chat), text, now)

    def answer_member(self, caller: Caller, said: Said, now: datetime) -> Turn:
        """The same for a member of staff, at the console or with a file."""
        return self.awaited(said, caller, now) or self._answer(caller, said.text, now)

    def _answer(self, caller: Caller, text: str, now: datetime) -> Turn:
        turn = self.say(caller.chat, text, now)
        try:
            return self.carry_out(turn, caller, now)
        except (BotError, KnowledgeError, SchedulerError) as error:
            return self.slip(turn, error)

    def slip(self, turn: Turn, error: Exception) -> Turn:
        """The sentence for a wish that cannot be fulfilled.

        Raises:
            Exception: The same error, when it is no slip of the person but a fault of the program.
        """
        if not is_a_slip(error):
            raise error
        return replace(turn, replies=(Reply(text=sentence(error, reference="")),), deed=None)

    def find(self, words: str, now: datetime) -> tuple[tuple[Commitment, str], ...]:
        """The best matches of a few words, each with the first message of its card."""
        catalogue, today = self._knowledge.catalogue, now.astimezone(self._timezone).date()
        found = [catalogue.get(each) for each in self._commands.best_matches(words, now)]
        return tuple((each, answers.card(each.id, catalogue, today)[0].text) for each in found)

    def forget(self, now: datetime) -> None:
        """Drop the threads that are over thirty minutes old; to be called now and then."""
        self._memory.forget(now)

    def _offered_to_keep(self, turn: Turn, chat: int, state: ChatState) -> Turn:
        """Where no answer was given; never in a group (a negative id), whose questions are several people's."""
        return self._consenting.offered(turn, state) if chat >= 0 else turn

    def _run(self, name: str, words: str, now: datetime) -> Turn:
        try:
            return self._offering.offered(self._commands.run(name, words, now))
        except (BotError, KnowledgeError, SchedulerError) as error:
            return self.slip(Turn(meaning=MENU), error)

    def _keep(self, chat: int, state: ChatState, turn: Turn, now: datetime) -> None:
        # Until something else is shown, numbers press what was: what was refused may be chosen otherwise.
        buttons = turn.replies[-1].buttons if turn.replies else state.buttons
        self._memory.keep(chat, replace(state, buttons=buttons), now)


def _said(text: str) -> tuple[str, str] | None:
    command = command_said(text)
    return (command, "") if command else None


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
