"""How the bot presents itself: its commands by scope and language, name, descriptions and menu button."""

import re
from functools import partial
from typing import Any, TypeAlias

from bot.localapi.calls import Call
from bot.localapi.entities import Json
from bot.localapi.errors import BadRequestError
from bot.localapi.methods import Methods
from bot.localapi.users import User
from bot.localapi.world import World

MOST_COMMANDS = 100
LONGEST_DESCRIPTION = 256
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
# What each scope must name beside its type.
_SCOPES: dict[str, tuple[str, ...]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
# The texts of the bot's page: the key of the call, and the longest value.
_PAGE = {
    "Name": ("name", 64),
    "Description": ("description", 512),
    "ShortDescription": ("short_description", 120),
}

_Audience: TypeAlias = tuple[str, ...]  # a scope's type, its ids, then the language


class Profile:
    """The methods about the bot itself."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._commands: dict[_Audience, list[Json]] = {}
        self._page: dict[tuple[str, str], str] = {}
        self._menu_buttons: dict[str, Json] = {}

    def methods(self) -> Methods:
        """Return the table of this family."""
        table: Methods = {
            "getMe": self._get_me,
            "setMyCommands": self._set_commands,
            "getMyCommands": self._get_commands,
            "deleteMyCommands": self._delete_commands,
            "setChatMenuButton": self._set_menu_button,
            "getChatMenuButton": self._get_menu_button,
        }
        for word in _PAGE:
            table[f"setMy{word}"] = partial(self._set_page, word)
            table[f"getMy{word}"] = partial(self._get_page, word)
        return table

    def menu(self, user: User) -> list[Json]:
        """Return the commands that a person sees in their private chat: those of the narrowest scope that has some."""
        scopes = (("chat", str(user.id)), ("all_private_chats",), ("default",))
        audiences = ((*scope, language) for scope in scopes for language in (user.language_code or "", ""))
        return next((self._commands[each] for each in audiences if each in self._commands), [])

    @property
    def description(self) -> str:
        """What an empty chat shows of the bot."""
        return self._page.get(("Description", ""), "")

    def _get_me(self, call: Call) -> Json:
        del call
        return self._world.bot.wire() | {
            "can_join_groups": True,
            "can_read_all_group_messages": True,
            "supports_inline_queries": True,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def _set_commands(self, call: Call) -> bool:
        commands = call.nested("commands") or []
        if len(commands) > MOST_COMMANDS:
            raise BadRequestError("BOT_COMMANDS_TOO_MUCH")
        self._commands[self._audience(call)] = [_command(raw) for raw in commands]
        return True

    def _get_commands(self, call: Call) -> list[Json]:
        return self._commands.get(self._audience(call), [])

    def _delete_commands(self, call: Call) -> bool:
        self._commands.pop(self._audience(call), None)
        return True

    def _audience(self, call: Call) -> _Audience:
        """Say for whom commands are: whose scope, in which language."""
        scope = call.nested("scope") or {"type": "default"}
        keys = _SCOPES.get(str(scope.get("type")))
        if keys is None:
            raise BadRequestError("can't parse BotCommandScope: unsupported type specified")
        if "chat_id" in keys:
            self._world.known_chat(str(scope.get("chat_id", "")))
        return (scope["type"], *(str(scope.get(key)) for key in keys), _language(call))

    def _set_page(self, word: str, call: Call) -> bool:
        key, longest = _PAGE[word]
        if len(call.text(key)) > longest:
            raise BadRequestError(f"BOT_{key.upper()}_TOO_LONG")
        self._page[word, _language(call)] = call.text(key)
        return True

    def _get_page(self, word: str, call: Call) -> Json:
        """Return the text in that language, else the one for all."""
        usual = self._page.get((word, ""), self._world.bot.first_name if word == "Name" else "")
        return {_PAGE[word][0]: self._page.get((word, _language(call))) or usual}

    def _set_menu_button(self, call: Call) -> bool:
        button: Any = call.nested("menu_button") or {"type": "default"}
        if button.get("type") not in {"default", "commands", "web_app"}:
            raise BadRequestError("can't parse menu button: unsupported type specified")
        self._menu_buttons[self._chat_of_menu(call)] = button
        return True

    def _get_menu_button(self, call: Call) -> Json:
        usual = self._menu_buttons.get("", {"type": "default"})
        return self._menu_buttons.get(self._chat_of_menu(call), usual)

    def _chat_of_menu(self, call: Call) -> str:
        reference = call.text("chat_id")
        return str(self._world.known_chat(reference).id) if reference else ""


def _command(raw: Json) -> Json:
    """Check a command; its slash, if written, goes."""
    name = str(raw.get("command", "")).removeprefix("/")
    description = str(raw.get("description", ""))
    if not _COMMAND.fullmatch(name):
        raise BadRequestError("BOT_COMMAND_INVALID")
    if not 1 <= len(description.strip()) <= LONGEST_DESCRIPTION:
        raise BadRequestError("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _language(call: Call) -> str:
    code = call.text("language_code")
    if not _LANGUAGE.fullmatch(code):
        raise BadRequestError("LANG_CODE_INVALID")
    return code
