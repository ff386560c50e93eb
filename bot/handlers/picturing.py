"""Put a picture on Telegram's screen, or its words where that cannot be."""

import asyncio
import logging
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup, Message, ReplyParameters
from telegram.constants import ChatAction
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.context import BotContext
from bot.errors import PictureError
from bot.pictures.sheets import Picture

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What goes with a picture, and stands alone without it."""

    caption: str
    reply_markup: InlineKeyboardMarkup | None
    reply_parameters: ReplyParameters | None


async def send_picture(message: Message, picture: Picture, frame: Frame, context: BotContext) -> Message | None:
    """Send a picture in the chat of a message; None when nobody knows whether it has arrived."""
    studio, bot = context.deps.studio, context.bot.id
    key = studio.key_of(picture.sheet)
    try:
        if (name := studio.sent.find(bot, key)) is not None:
            try:
                return await _photo(message, name, frame)
            except BadRequest:
                await asyncio.to_thread(studio.sent.forget, bot, key)
        sent = await _photo(message, await _drawn(message, picture, context), frame)
    except (PictureError, BadRequest) as error:
        logger.warning("a picture was not shown, its words were: %s", error)
        return await message.reply_text(
            frame.caption, reply_markup=frame.reply_markup, reply_parameters=frame.reply_parameters
        )
    except NetworkError as error:
        # It may have arrived: its words are not said twice, and what follows it says them all.
        logger.warning("a picture may not have arrived: %s", type(error).__name__)
        return None
    await asyncio.to_thread(studio.sent.remember, bot, key, sent.photo[-1].file_id)
    return sent


async def _drawn(message: Message, picture: Picture, context: BotContext) -> bytes:
    studio = context.deps.studio
    if (found := await studio.find(picture.sheet)) is not None:
        return found
    try:
        await message.chat.send_action(ChatAction.UPLOAD_PHOTO, message_thread_id=_thread(message))
    except TelegramError as error:
        logger.debug("the action was not shown: %s", type(error).__name__)
    return await studio.picture(picture.sheet)


async def _photo(message: Message, photo: bytes | str, frame: Frame) -> Message:
    return await message.reply_photo(
        photo,
        caption=frame.caption,
        filename="image.png",
        reply_markup=frame.reply_markup,
        reply_parameters=frame.reply_parameters,
    )


def _thread(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None
