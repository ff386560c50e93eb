"""In a group the bot speaks only when it is spoken to."""

import re

from telegram import Message
from telegram.constants import ChatType

from bot.context import BotContext


def said_to_bot(message: Message, context: BotContext) -> str | None:
    """What is said to the bot, without its name; None when somebody else is spoken to."""
    text = message.text or ""
    if message.chat.type == ChatType.PRIVATE:
        return text
    spoken = _mention(context).sub(" ", text)
    return spoken if spoken != text or is_reply_to_bot(message, context) else None


def is_reply_to_bot(message: Message, context: BotContext) -> bool:
    """Whether the message answers one of ours."""
    answered = message.reply_to_message
    return bool(answered and answered.from_user and answered.from_user.id == context.bot.id)


def command_to_bot(message: Message, context: BotContext) -> str | None:
    """A command meant for this bot, without its name; None when another bot is named, or may be meant.

    In a group, a command that is not ours and names nobody may be another bot's.
    """
    text = message.text or ""
    name, at, rest = re.fullmatch(r"/(\w*)(?:@(\w+))?(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    if at and at.lower() != context.bot.username.lower():
        return None
    known = name.lower() in context.deps.conversation.commands
    if message.chat.type != ChatType.PRIVATE and not at and not known:
        return None
    return f"/{name}{rest}"


def _mention(context: BotContext) -> re.Pattern[str]:
    return re.compile(rf"@{re.escape(context.bot.username)}\b", re.IGNORECASE)
