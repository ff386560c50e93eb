"""Telegram as the scheduler sees it: a message sent, or one of the scheduler's own errors.

What each failure means was tried call by call; above all, ``BadRequest`` is a ``NetworkError`` to the library, and
only the cause of a ``NetworkError`` says whether the message may have been delivered.
"""

from typing import Any

import httpx
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message
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
    MessageGoneError,
    NoMediaHereError,
    RefusedTextError,
    RetryLaterError,
    SendError,
    StoppedError,
    SubscriberGoneError,
    UncertainError,
)
from scheduler.ports import Begin, Button, MediaKind, Part

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
_NO_SUCH_MESSAGE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_NO_MEDIA = (
    *("not enough rights to send photos", "not enough rights to send documents"),
    *("chat_send_media_forbidden", "chat_send_photos_forbidden", "chat_send_docs_forbidden"),
)
_NO_RIGHT = ("not enough rights to send", "have no rights to send", "chat_write_forbidden")


class TelegramSender:
    """Sends through the bot's own connection, in the lane of bulk messages."""

    def __init__(self, bot: ExtBot[Begin]) -> None:
        self._bot = bot

    async def send(self, chat_id: int, part: Part, begin: Begin) -> int:
        """Send one message; see ``scheduler.ports.Sender``."""
        try:
            message = await self._send(chat_id, part, begin)
        except TelegramError as error:
            raise translated(error) from error
        return message.message_id

    async def edit(self, chat_id: int, message_id: int, part: Part, begin: Begin) -> None:
        """Edit one message; see ``scheduler.ports.Sender``."""
        where = {"chat_id": chat_id, "message_id": message_id}
        how: dict[str, Any] = {**where, **_how(part, begin)}
        try:
            if part.media is None:
                await self._bot.edit_message_text(part.text, **how)
            else:
                await self._bot.edit_message_caption(caption=part.text, **how)
        except TelegramError as error:
            if not _says_so_already(error):
                raise _of_edit(error) from error

    async def _send(self, chat_id: int, part: Part, begin: Begin) -> Message:
        media, how = part.media, _how(part, begin)
        if media is None:
            return await self._bot.send_message(chat_id, part.text, **how)
        send = self._bot.send_photo if media.kind is MediaKind.PHOTO else self._bot.send_document
        return await send(chat_id, media.file_id, caption=part.text, **how)


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


def _of_edit(error: TelegramError) -> SendError:
    """As ``translated``, and that the message is not there any more."""
    if isinstance(error, BadRequest) and any(words in error.message.lower() for words in _NO_SUCH_MESSAGE):
        return MessageGoneError()
    return translated(error)


def _says_so_already(error: TelegramError) -> bool:
    return isinstance(error, BadRequest) and "not modified" in error.message.lower()


def _of_bad_request(error: BadRequest) -> SendError:
    """The chat's fault, else the text's: nobody is blamed for a text that is refused."""
    said = error.message.lower()
    if any(words in said for words in _NO_SUCH_CHAT):
        return SubscriberGoneError(reason=GoneReason.NOT_FOUND)
    if any(words in said for words in _NO_MEDIA):
        return NoMediaHereError()
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


def _how(part: Part, begin: Begin) -> dict[str, Any]:
    return {"reply_markup": _markup(part), "read_timeout": READ_SECONDS, "rate_limit_args": begin}


def _reason(said: str) -> GoneReason:
    return next((reason for words, reason in _GONE if words in said.lower()), GoneReason.BLOCKED)


def _markup(part: Part) -> InlineKeyboardMarkup | None:
    rows = [[_button(button) for button in row] for row in part.rows]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    return InlineKeyboardButton(button.label, callback_data=button.data)
