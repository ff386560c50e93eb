"""A button pressed."""

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, Update
from telegram.error import BadRequest
from telegram.ext import CallbackQueryHandler

from bot.context import BotContext
from bot.errors import BotError
from bot.explaining.people import sentence
from bot.handlers.deeds import done
from bot.handlers.showing import markup, record, replace, send
from bot.replies import Turn
from bot.texts import failures
from knowledge.errors import KnowledgeError
from scheduler.errors import SchedulerError


def handlers() -> tuple[CallbackQueryHandler[BotContext, None], ...]:
    """Every button; the data says which, and may be forged."""
    return (CallbackQueryHandler(pressed),)


async def pressed(update: Update, context: BotContext) -> None:
    """Do what the button says, in place when one is browsing."""
    query = update.callback_query
    if query is None:
        return
    message = query.message
    if message is None or query.data is None:
        await _toast(query, failures.stale_button())
        return
    deps = context.deps
    try:
        turn = deps.conversation.press(message.chat.id, query.data, deps.now())
        turn = await done(turn, message.chat, query.from_user, context, message=None)
    except (BotError, KnowledgeError, SchedulerError) as error:
        await _toast(query, sentence(error, reference=type(error).__name__))
        return
    await _toast(query, None)
    await _show(message, turn, context)


async def _show(message: MaybeInaccessibleMessage, turn: Turn, context: BotContext) -> None:
    if turn.in_place and isinstance(message, Message):
        await replace(message, message.message_id, turn, context)
        return
    for reply in turn.replies:
        if isinstance(message, Message):
            await send(message, reply, context)
        else:
            # Too old for Telegram to hand it over: it cannot be edited, nor answered in its thread.
            await context.bot.send_message(message.chat.id, reply.text, reply_markup=markup(reply))
    record(turn, context)


async def _toast(query: CallbackQuery, text: str | None) -> None:
    try:
        await query.answer(text, show_alert=bool(text))
    except BadRequest:
        # Pressed too long ago to be answered; what it leads to is still shown.
        return
