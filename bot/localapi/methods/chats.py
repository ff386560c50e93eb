"""What the bot may know of a chat: itself, its people, and what they see while it works."""

from bot.localapi.calls import Call
from bot.localapi.chats import Chat, Member
from bot.localapi.entities import Json
from bot.localapi.errors import BadRequestError
from bot.localapi.methods import Methods
from bot.localapi.world import World

_ACTIONS = {
    *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"),
    *("upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"),
}


class Chats:
    """The methods about chats and their members."""

    def __init__(self, world: World) -> None:
        self._world = world

    def methods(self) -> Methods:
        """Return the table of this family."""
        return {
            "getChat": self._get_chat,
            "getChatMember": self._get_member,
            "getChatAdministrators": self._get_administrators,
            "getChatMemberCount": self._get_member_count,
            "sendChatAction": self._send_action,
        }

    def _get_chat(self, call: Call) -> Json:
        return self._world.known_chat(call.text("chat_id")).full_wire()

    def _get_member(self, call: Call) -> Json:
        chat = self._reachable(call)
        user_id = call.integer("user_id")
        if user_id == self._world.bot.id:
            return self._bot_in(chat).wire()
        user = self._world.users.get(user_id)
        if user is None:
            raise BadRequestError("invalid user_id specified")
        return chat.member(user).wire()

    def _get_administrators(self, call: Call) -> list[Json]:
        chat = self._reachable(call)
        if chat.is_private:
            raise BadRequestError("there are no administrators in the private chat")
        return [member.wire() for member in chat.administrators()]

    def _get_member_count(self, call: Call) -> int:
        return len(self._reachable(call).members) + 1

    def _send_action(self, call: Call) -> bool:
        if call.text("action") not in _ACTIONS:
            raise BadRequestError("wrong parameter action in request")
        chat = self._world.open_chat(call.text("chat_id"))
        chat.actions.append(call.text("action"))
        self._world.bell.ring()
        return True

    def _reachable(self, call: Call) -> Chat:
        """Return a chat whose people the bot may ask about: a group only while it is in it."""
        chat = self._world.known_chat(call.text("chat_id"))
        return chat if chat.is_private else self._world.open_chat(call.text("chat_id"))

    def _bot_in(self, chat: Chat) -> Member:
        return Member(self._world.bot, chat.bot)
