"""Tell Telegram the commands and the descriptions, only when they have changed."""

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from telegram import BotCommandScopeAllGroupChats, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.texts import registered
from knowledge.authors import Role
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


class StaffMenus:
    """The staff's commands in the menus of their own chats, brought up to date whenever the team changes."""

    def __init__(self, bot: ExtBot[Begin]) -> None:
        self._bot = bot
        self._told: dict[int, Role] = {}

    async def show(self, team: Mapping[int, Role]) -> None:
        """Tell Telegram what has changed since the last time; a menu is a help only, so a failure waits for a start."""
        for chat, role in team.items():
            if self._told.get(chat) is not role:
                await self._set(chat, (*registered.COMMANDS, *registered.staff_commands(role)))
        for chat in self._told.keys() - team.keys():
            await self._set(chat, registered.COMMANDS)
        self._told = dict(team)

    async def _set(self, chat: int, commands: Sequence[tuple[str, str]]) -> None:
        try:
            await self._bot.set_my_commands(commands, scope=BotCommandScopeChat(chat))
        except InvalidToken:
            raise
        except TelegramError as error:
            logger.info("a menu of staff was not set: %s", type(error).__name__)


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
