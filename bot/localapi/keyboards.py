"""Inline keyboards: read strictly, kept as they were sent."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.localapi.calls import Call
from bot.localapi.entities import Json
from bot.localapi.errors import BadRequestError
from bot.localapi.formatting import checked_url

MOST_BUTTONS = 100
LONGEST_DATA = 64  # bytes
_LOOKS = {"text", "style", "icon_custom_emoji_id"}  # the rest of a button is what it does


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button as the bot sent it."""

    raw: Json

    @property
    def text(self) -> str:
        """Its label."""
        return str(self.raw["text"])

    @property
    def callback_data(self) -> str | None:
        """What a press brings to the bot."""
        return self.raw.get("callback_data")

    @property
    def url(self) -> str | None:
        """Where it leads."""
        return self.raw.get("url")


Keyboard: TypeAlias = tuple[tuple[Button, ...], ...]


def inline_keyboard(call: Call) -> Keyboard:
    """Read the inline keyboard of a call; empty when it has none, or another kind.

    Raises:
        BadRequestError: A button is not one Telegram would take.
    """
    markup = call.nested("reply_markup")
    return read_keyboard(markup) if markup else ()


def read_keyboard(markup: Any) -> Keyboard:
    """Read a ``reply_markup``; empty rows go, as on Telegram.

    Raises:
        BadRequestError: It is not an object, or a button is not one Telegram would take.
    """
    if not isinstance(markup, dict):
        raise BadRequestError("object expected as reply markup")
    rows = tuple(tuple(_button(raw) for raw in row) for row in markup.get("inline_keyboard", ()))
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise BadRequestError("reply markup is too long")
    return tuple(row for row in rows if row)


def keyboard_wire(keyboard: Keyboard) -> Json:
    """Return a keyboard as the Bot API writes it."""
    return {"inline_keyboard": [[button.raw for button in row] for row in keyboard]}


def _button(raw: Any) -> Button:
    if not isinstance(raw, dict) or not isinstance(raw.get("text"), str):
        raise BadRequestError('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not raw["text"].strip():
        raise BadRequestError("BUTTON_TEXT_INVALID")
    actions = set(raw) - _LOOKS
    if len(actions) != 1:
        raise BadRequestError("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in raw:
        _check_data(raw["callback_data"])
    if "url" in raw and checked_url(str(raw["url"])) is None:
        raise BadRequestError(f"inline keyboard button URL '{raw['url']}' is invalid: Wrong HTTP URL")
    return Button(raw)


def _check_data(data: Any) -> None:
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= LONGEST_DATA:
        raise BadRequestError("BUTTON_DATA_INVALID")
