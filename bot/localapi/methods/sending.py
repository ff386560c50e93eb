"""New messages from the bot: texts, photos, documents, copies; and taking messages away."""

from functools import partial

from bot.localapi.calls import Call
from bot.localapi.chats import Chat
from bot.localapi.entities import Json
from bot.localapi.errors import BadRequestError
from bot.localapi.keyboards import inline_keyboard
from bot.localapi.messages import Content, Message
from bot.localapi.methods import Methods
from bot.localapi.texts import message_caption, message_text
from bot.localapi.world import World


class Sending:
    """The methods that put a message in a chat, and the one that takes it away."""

    def __init__(self, world: World) -> None:
        self._world = world

    def methods(self) -> Methods:
        """Return the table of this family."""
        return {
            "sendMessage": self._send_message,
            "sendPhoto": partial(self._send_file, "photo"),
            "sendDocument": partial(self._send_file, "document"),
            "copyMessage": self._copy_message,
            "deleteMessage": self._delete_message,
        }

    def _send_message(self, call: Call) -> Json:
        text, entities = message_text(call)
        content = Content(text=text, entities=entities, keyboard=inline_keyboard(call))
        return self._post(call, content).wire()

    def _send_file(self, kind: str, call: Call) -> Json:
        caption, entities = message_caption(call)
        keyboard = inline_keyboard(call)
        self._world.open_chat(call.text("chat_id"))
        media = self._world.files.of_call(call, kind, call.text(kind), kind)
        content = Content(text=caption, entities=entities, keyboard=keyboard, media=media)
        return self._post(call, content).wire()

    def _copy_message(self, call: Call) -> Json:
        source = self._world.known_chat(call.text("from_chat_id"))
        original = source.find_message(call.integer("message_id"))
        if original is None or original.service:
            raise BadRequestError("message to copy not found")
        text, entities = original.text, original.entities
        if original.media is not None and "caption" in call.params:
            text, entities = message_caption(call)
        content = Content(text=text, entities=entities, media=original.media, keyboard=inline_keyboard(call))
        return {"message_id": self._post(call, content).message_id}

    def _delete_message(self, call: Call) -> bool:
        chat = self._world.open_chat(call.text("chat_id"))
        message = chat.find_message(call.integer("message_id"))
        if message is None:
            raise BadRequestError("message to delete not found")
        if message.sender != self._world.bot and not chat.is_private:
            raise BadRequestError("message can't be deleted")
        message.is_deleted = True
        self._world.bell.ring()
        return True

    def _post(self, call: Call, content: Content) -> Message:
        """Put the bot's message in the chat the call names."""
        chat = self._world.open_chat(call.text("chat_id"))
        markup = call.nested("reply_markup")
        other = markup if markup and "inline_keyboard" not in markup else None
        reply_to = _replied_to(call, chat)
        return self._world.post(chat, self._world.bot, content, reply_to=reply_to, reply_keyboard=other)


def _replied_to(call: Call, chat: Chat) -> Message | None:
    """Return the message this one answers, if it names one.

    Raises:
        BadRequestError: It is not there, and the bot did not say that it may be missing.
    """
    wanted = call.nested("reply_parameters")
    if not wanted:
        return None
    message = chat.find_message(int(wanted.get("message_id", 0)))
    if message is None and not wanted.get("allow_sending_without_reply"):
        raise BadRequestError("message to be replied not found")
    return message
