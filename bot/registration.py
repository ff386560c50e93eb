"""Tell Telegram the commands and the descriptions, only when they have changed."""

import hashlib
import json
import logging
from pathlib import Path

from telegram import BotCommandScopeAllGroupChats, BotCommandScopeDefault
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.texts import registered
from scheduler.ports import Begin

logger = logging.getLogger(__name__)


async def register(bot: ExtBot[Begin], operator: str, note: Path) -> None:
    """Bring Telegram's menus up to date.

    Runs once, before anything is served: a small file may be read and written here.

    Args:
        bot: Already initialised.
        operator: Who runs it, for the description.
        note: A file that keeps the hash of what was last told. Without it, all is told again.
    """
    wanted = _digest(bot.id, operator)
    try:
        if _read(note) == wanted:
            return
        await _tell(bot, operator)
        _write(note, wanted)
    except InvalidToken:
        raise
    except (TelegramError, OSError, UnicodeError) as error:
        # The bot answers all the same; the next start tries again.
        logger.warning("commands were not registered: %s", type(error).__name__)


async def _tell(bot: ExtBot[Begin], operator: str) -> None:
    await bot.set_my_commands(registered.COMMANDS, scope=BotCommandScopeDefault())
    await bot.set_my_commands(registered.GROUP_COMMANDS, scope=BotCommandScopeAllGroupChats())
    await bot.set_my_description(registered.description(operator))
    await bot.set_my_short_description(registered.SHORT_DESCRIPTION)


def _read(note: Path) -> str:
    return note.read_text(encoding="ascii") if note.exists() else ""


def _write(note: Path, text: str) -> None:
    note.write_text(text, encoding="ascii")


def _digest(bot_id: int, operator: str) -> str:
    told = [bot_id, registered.COMMANDS, registered.GROUP_COMMANDS, registered.SHORT_DESCRIPTION]
    whole = json.dumps([*told, registered.description(operator)])
    return hashlib.sha256(whole.encode()).hexdigest()
