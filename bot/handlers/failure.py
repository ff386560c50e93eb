"""When a handler fails: a line with an id for the log, a sentence with the same id for the person."""

import logging
import secrets
import traceback

from telegram import Update
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TelegramError

from bot.context import BotContext
from bot.explaining.people import sentence

logger = logging.getLogger(__name__)


async def failed(update: object, context: BotContext) -> None:
    """Log the kind of error and where it happened, never what was written; tell the person."""
    error = context.error
    if error is None or isinstance(error, InvalidToken):
        # A refused token stops the program, which says so once.
        return
    reference = secrets.token_hex(4)
    if isinstance(error, Forbidden):
        logger.info("error %s: the chat is closed to the bot", reference)
        return
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        logger.warning("error %s: %s", reference, type(error).__name__)
        return
    logger.error("error %s: %s at %s", reference, type(error).__name__, _where(error))
    if isinstance(update, Update) and update.effective_chat:
        await _tell(update.effective_chat.id, sentence(error, reference), context)


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames[-4:]))


async def _tell(chat: int, text: str, context: BotContext) -> None:
    try:
        await context.bot.send_message(chat, text)
    except TelegramError as error:
        logger.warning("nobody could be told: %s", type(error).__name__)
