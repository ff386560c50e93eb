"""Before anything else: whoever writes too fast is told once, then not answered for a while."""

from telegram import Update
from telegram.ext import ApplicationHandlerStop, TypeHandler

from bot.context import BotContext
from bot.flood import Verdict
from bot.handlers.showing import send
from bot.replies import Reply
from bot.texts import failures

GROUP = -1


def handlers() -> tuple[TypeHandler[Update, BotContext, None], ...]:
    """Every update, before the others see it."""
    return (TypeHandler(Update, counted),)


async def counted(update: Update, context: BotContext) -> None:
    """Let it pass, or stop it here."""
    person, deps = update.effective_user, context.deps
    if person is None or update.my_chat_member is not None or update.inline_query is not None:
        # Leaving must always work, and an inline query is typed letter by letter.
        return
    verdict = deps.flood.judge(person.id, deps.now())
    if verdict is Verdict.ANSWER:
        return
    if update.callback_query is not None:
        # Without an answer the button would seem to work for ever.
        await update.callback_query.answer(failures.too_fast() if verdict is Verdict.WARN else None)
    elif verdict is Verdict.WARN and update.effective_message is not None:
        await send(update.effective_message, Reply(text=failures.too_fast()), context)
    raise ApplicationHandlerStop
