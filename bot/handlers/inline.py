"""A card sent from any chat: « @robot plan pleine terre »."""

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Update,
)
from telegram.ext import InlineQueryHandler
from telegram.helpers import create_deep_linked_url

from bot.context import BotContext
from bot.texts import buttons, statuses
from knowledge.models import Commitment

CACHE_SECONDS = 300


def handlers() -> tuple[InlineQueryHandler[BotContext, None], ...]:
    """Queries typed after the bot's name."""
    return (InlineQueryHandler(searched),)


async def searched(update: Update, context: BotContext) -> None:
    """Offer the cards of the best matches."""
    query = update.inline_query
    if query is None:
        return
    deps = context.deps
    found = deps.conversation.find(query.query, deps.now()) if query.query.strip() else ()
    results = [_article(commitment, text, context.bot.username) for commitment, text in found]
    await query.answer(results, cache_time=CACHE_SECONDS, is_personal=False)


def _article(commitment: Commitment, text: str, username: str) -> InlineQueryResultArticle:
    link = create_deep_linked_url(username, commitment.id)
    return InlineQueryResultArticle(
        id=commitment.id,
        title=commitment.title,
        description=statuses.word(commitment).capitalize(),
        input_message_content=InputTextMessageContent(text),
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton(buttons.OPEN_BOT, url=link)]]),
    )
