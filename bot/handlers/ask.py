"""A question, typed or edited."""

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.context import BotContext
from bot.handlers.awaited import awaited
from bot.handlers.deeds import done_or_said
from bot.handlers.groups import said_to_bot
from bot.handlers.showing import replace, reply_to


def handlers() -> tuple[MessageHandler[BotContext, None], ...]:
    """New messages and edited ones."""
    text = filters.TEXT & ~filters.COMMAND
    return (
        MessageHandler(filters.UpdateType.MESSAGE & text, asked),
        MessageHandler(filters.UpdateType.EDITED_MESSAGE & text, edited),
    )


async def asked(update: Update, context: BotContext) -> None:
    """Answer a question."""
    message = update.effective_message
    if message is None or (question := said_to_bot(message, context)) is None:
        return
    deps = context.deps
    turn = await awaited(message, context)
    if turn is None:
        turn = await done_or_said(deps.conversation.say(message.chat_id, question, deps.now()), message, context)
    await reply_to(message, turn, context)


async def edited(update: Update, context: BotContext) -> None:
    """Answer again, in the place of the first answer."""
    message = update.effective_message
    if message is None or (question := said_to_bot(message, context)) is None:
        return
    deps = context.deps
    answer = deps.answers.find(message.chat_id, message.message_id)
    turn = await done_or_said(deps.conversation.say(message.chat_id, question, deps.now()), message, context)
    if answer is None:
        await reply_to(message, turn, context)
    else:
        await replace(message, answer, turn, context)
