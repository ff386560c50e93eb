"""Telegram as the scheduler sees it: a message sent, or one of the scheduler's own errors.

What each failure means was tried call by call; above all, ``BadRequest`` is a ``NetworkError`` to the library, and
only the cause of a ``NetworkError`` says whether the message may have been delivered.
"""

import httpx
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot

from bot.ratelimit import seconds_of
from scheduler.errors import (
    ChatMovedError,
    GoneReason,
    RefusedTextError,
    RetryLaterError,
    SendError,
    StoppedError,
    SubscriberGoneError,
    UncertainError,
)
from scheduler.ports import Begin, Button, Part

READ_SECONDS = 20.0  # a late answer is better than one nobody knows
RETRY_SECONDS = 2.0  # after a call that never left
_FLOOD_SECONDS = 30.0  # when a 429 does not say how long

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_GONE = (
    ("deactivated", GoneReason.DEACTIVATED),
    ("kicked", GoneReason.KICKED),
    ("not a member", GoneReason.KICKED),
)
# Refusals that are about the chat, though Telegram words them as bad requests.
_NO_SUCH_CHAT = ("chat not found", "user not found", "peer_id_invalid")
_NO_RIGHT = ("not enough rights to send", "have no rights to send", "chat_write_forbidden")


class TelegramSender:
    """Sends through the bot's own connection, in the lane of bulk messages."""

    def __init__(self, bot: ExtBot[Begin]) -> None:
        self._bot = bot

    async def send(self, chat_id: int, part: Part, begin: Begin) -> int:
        """Send one message; see ``scheduler.ports.Sender``."""
        try:
            message = await self._bot.send_message(
                chat_id, part.text, reply_markup=_markup(part), read_timeout=READ_SECONDS, rate_limit_args=begin
            )
        except TelegramError as error:
            raise translated(error) from error
        return message.message_id


def translated(error: TelegramError) -> SendError:
    """What the failure of a call means for the delivery."""
    if isinstance(error, RetryAfter):
        return RetryLaterError(seconds=seconds_of(error), flood=True)
    if isinstance(error, ChatMigrated):
        return ChatMovedError(new_chat_id=error.new_chat_id)
    if isinstance(error, Forbidden):
        return SubscriberGoneError(reason=_reason(error.message))
    if isinstance(error, InvalidToken):
        return StoppedError(code=404 if "not found" in error.message.lower() else 401)
    if isinstance(error, Conflict):
        return StoppedError(code=409)
    if isinstance(error, BadRequest):
        return _of_bad_request(error)
    if isinstance(error, NetworkError):
        return _of_network(error)
    return UncertainError(why=type(error).__name__)


def _of_bad_request(error: BadRequest) -> SendError:
    """The chat's fault, else the text's: nobody is blamed for a text that is refused."""
    said = error.message.lower()
    if any(words in said for words in _NO_SUCH_CHAT):
        return SubscriberGoneError(reason=GoneReason.NOT_FOUND)
    if any(words in said for words in _NO_RIGHT):
        return SubscriberGoneError(reason=GoneReason.KICKED)
    return RefusedTextError(why=error.message)


def _of_network(error: NetworkError) -> SendError:
    """Not delivered for sure when the connection was never made; else nobody knows."""
    if isinstance(error.__cause__, _NEVER_LEFT):
        return RetryLaterError(seconds=RETRY_SECONDS)
    if error.message.startswith("Too Many Requests"):
        return RetryLaterError(seconds=_FLOOD_SECONDS, flood=True)
    cause = error.__cause__ or error
    return UncertainError(why=type(cause).__name__)


def _reason(said: str) -> GoneReason:
    return next((reason for words, reason in _GONE if words in said.lower()), GoneReason.BLOCKED)


def _markup(part: Part) -> InlineKeyboardMarkup | None:
    rows = [[_button(button) for button in row] for row in part.rows]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    return InlineKeyboardButton(button.label, callback_data=button.data)
