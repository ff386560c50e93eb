"""Photos, voice, stickers, places, files, contacts: the bot reads only text, and says so kindly."""

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import MessageHandler, filters

from bot.context import BotContext
from bot.handlers.awaited import awaited
from bot.handlers.groups import is_reply_to_bot
from bot.handlers.showing import reply_to, send
from bot.replies import Reply
from bot.texts import failures

_NOT_TEXT = (
    filters.PHOTO
    | filters.VIDEO
    | filters.VIDEO_NOTE
    | filters.ANIMATION
    | filters.VOICE
    | filters.AUDIO
    | filters.Sticker.ALL
    | filters.LOCATION
    | filters.VENUE
    | filters.CONTACT
    | filters.POLL
    | filters.Dice.ALL
    | filters.Document.ALL
)


def handlers() -> tuple[MessageHandler[BotContext, None], ...]:
    """Whatever is sent that is not text."""
    return (MessageHandler(filters.UpdateType.MESSAGE & _NOT_TEXT, unreadable),)


async def unreadable(update: Update, context: BotContext) -> None:
    """Ask for words; of a member of staff a file may have been asked for."""
    message = update.effective_message
    if message is not None and (turn := await awaited(message, context)) is not None:
        await reply_to(message, turn, context)
    elif message and (message.chat.type == ChatType.PRIVATE or is_reply_to_bot(message, context)):
        await send(message, Reply(text=failures.text_only()), context)
