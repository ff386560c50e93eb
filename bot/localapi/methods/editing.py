"""Changes to the bot's own messages. An edit that changes nothing is refused, as on Telegram."""

from dataclasses import replace
from typing import Any

from bot.localapi.calls import Call
from bot.localapi.entities import Json
from bot.localapi.errors import BadRequestError
from bot.localapi.keyboards import inline_keyboard
from bot.localapi.messages import Content, Message
from bot.localapi.methods import Methods
from bot.localapi.texts import checked_caption, message_caption, message_text
from bot.localapi.world import World

_UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


class Editing:
    """The methods that change a message; each replaces the keyboard, and takes it away when it names none."""

    def __init__(self, world: World) -> None:
        self._world = world

    def methods(self) -> Methods:
        """Return the table of this family."""
        return {
            "editMessageText": self._edit_text,
            "editMessageCaption": self._edit_caption,
            "editMessageReplyMarkup": self._edit_keyboard,
            "editMessageMedia": self._edit_media,
        }

    def _edit_text(self, call: Call) -> Json:
        text, entities = message_text(call)
        message = self._own_message(call)
        if message.media is not None:
            raise BadRequestError("there is no text in the message to edit")
        return self._rewrite(call, message, Content(text=text, entities=entities))

    def _edit_caption(self, call: Call) -> Json:
        caption, entities = message_caption(call)
        message = self._own_message(call)
        if message.media is None:
            raise BadRequestError("there is no caption in the message to edit")
        return self._rewrite(call, message, Content(text=caption, entities=entities, media=message.media))

    def _edit_keyboard(self, call: Call) -> Json:
        message = self._own_message(call)
        return self._rewrite(call, message, message.content)

    def _edit_media(self, call: Call) -> Json:
        wanted: Any = call.nested("media")
        if not isinstance(wanted, dict) or wanted.get("type") not in {"photo", "document"}:
            raise BadRequestError("can't parse InputMedia: unsupported type specified")
        message = self._own_message(call)
        caption, entities = checked_caption(
            wanted.get("caption", ""), wanted.get("parse_mode", ""), wanted.get("caption_entities")
        )
        media = self._world.files.of_call(call, wanted["type"], wanted.get("media", ""), "media")
        return self._rewrite(call, message, Content(text=caption, entities=entities, media=media))

    def _own_message(self, call: Call) -> Message:
        """Return the message to edit.

        Raises:
            BadRequestError: It is not there, or not the bot's.
            ForbiddenError: The bot may no longer speak there.
        """
        chat = self._world.open_chat(call.text("chat_id"))
        message = chat.find_message(call.integer("message_id"))
        if message is None:
            raise BadRequestError("message to edit not found")
        if message.sender != self._world.bot:
            raise BadRequestError("message can't be edited")
        return message

    def _rewrite(self, call: Call, message: Message, content: Content) -> Json:
        new = replace(content, keyboard=inline_keyboard(call))
        if new == message.content:
            raise BadRequestError(_UNCHANGED)
        message.rewrite(new, self._world.now())
        self._world.bell.ring()
        return message.wire()
