"""One module per thing a person can do on Telegram; the order here is the order in which they are asked."""

from typing import Any

from telegram.ext import BaseHandler

from bot.context import BotContext
from bot.handlers import ask, browse, command, inline, membership, other

Handlers = tuple[BaseHandler[Any, BotContext, Any], ...]


def all_handlers() -> Handlers:
    """Every handler."""
    return (
        *membership.handlers(),
        *command.handlers(),
        *ask.handlers(),
        *other.handlers(),
        *browse.handlers(),
        *inline.handlers(),
    )
