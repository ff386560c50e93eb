"""A command, known or not."""

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.context import BotContext
from bot.handlers.deeds import done_or_said
from bot.handlers.groups import command_to_bot
from bot.handlers.showing import reply_to


def handlers() -> tuple[MessageHandler[BotContext, None], ...]:
    """Every message that begins with a command."""
    return (MessageHandler(filters.UpdateType.MESSAGE & filters.COMMAND, commanded),)


async def commanded(update: Update, context: BotContext) -> None:
    """Do what the command says; the conversation knows which there are."""
    message = update.effective_message
    if message is None or (command := command_to_bot(message, context)) is None:
        return
    deps = context.deps
    turn = deps.conversation.say(message.chat_id, command, deps.now())
    await reply_to(message, await done_or_said(turn, message, context), context)
