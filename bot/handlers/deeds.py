"""Do what a person asked about what is kept of them, in the thread that writes; in a group, for administrators only."""

import asyncio

from telegram import Chat, Message, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.context import BotContext
from bot.errors import BotError
from bot.replies import Caller, Reply, Turn
from bot.texts import failures
from knowledge.errors import KnowledgeError
from scheduler.errors import SchedulerError

_LEADING = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


async def done(turn: Turn, chat: Chat, person: User | None, context: BotContext, *, message: Message | None) -> Turn:
    """The turn once its deed is done; the turn itself when it asks for none.

    Args:
        turn: What was understood.
        chat: Where it was said.
        person: Who said it.
        context: The handler's.
        message: What was typed; None for a press.

    Raises:
        BotError, SchedulerError, KnowledgeError: It cannot be done.
    """
    if turn.deed is None:
        return turn
    in_group = chat.type != ChatType.PRIVATE
    if in_group and turn.deed.changes and not await _leads(chat, person, message, context):
        return Turn(meaning=turn.meaning, replies=(Reply(text=failures.administrators_only()),))
    deps = context.deps
    caller = Caller(chat=chat.id, group=in_group)
    return await asyncio.get_running_loop().run_in_executor(
        deps.writer, deps.conversation.carry_out, turn, caller, deps.now()
    )


async def done_or_said(turn: Turn, message: Message, context: BotContext) -> Turn:
    """What was typed, done; or the sentence that says why it cannot be."""
    try:
        return await done(turn, message.chat, message.from_user, context, message=message)
    except (BotError, SchedulerError, KnowledgeError) as error:
        return context.deps.conversation.slip(turn, error)


async def _leads(chat: Chat, person: User | None, message: Message | None, context: BotContext) -> bool:
    """Whether they are an administrator of the group; asked each time, since it may change."""
    if message is not None and message.sender_chat is not None and message.sender_chat.id == chat.id:
        # An administrator who speaks in the group's name.
        return True
    if person is None:
        return False
    member = await context.bot.get_chat_member(chat.id, person.id)
    return member.status in _LEADING
