"""Everything the server knows: the bot, people, chats, files, queries and pending updates."""

from collections.abc import Callable
from itertools import count

from bot.localapi.chats import Chat, MemberStatus, unknown_chat
from bot.localapi.entities import Json
from bot.localapi.errors import BadRequestError
from bot.localapi.files import Files
from bot.localapi.messages import Content, Message
from bot.localapi.queries import InlineQuery, Press
from bot.localapi.updates import Updates
from bot.localapi.users import User
from bot.localapi.waiting import Bell


class World:
    """The state that the methods of the bot and the deeds of people share."""

    def __init__(self, bot: User, clock: Callable[[], float]) -> None:
        self.bot = bot
        self.bell = Bell()
        self.files = Files()
        self.updates = Updates(self.bell)
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self._clock = clock
        self._query_ids = count(4_000_000_000_001)

    def now(self) -> int:
        """Return the time in whole seconds since 1970."""
        return int(self._clock())

    def new_query_id(self) -> str:
        """Return the id of a press or an inline query."""
        return str(next(self._query_ids))

    def add_chat(self, chat: Chat) -> Chat:
        """Add a chat, and with it whoever is in it."""
        self.chats[chat.id] = chat
        self.users |= {member.user.id: member.user for member in chat.members.values()}
        return chat

    def known_chat(self, reference: str) -> Chat:
        """Return the chat a bot names, which it met before, even if it may no longer speak there.

        Raises:
            BadRequestError: No reference, or no such chat.
        """
        if not reference:
            raise BadRequestError("chat_id is empty")
        chat = self.chats.get(int(reference)) if reference.removeprefix("-").isdecimal() else None
        if chat is None or (chat.is_private and chat.bot is MemberStatus.LEFT):
            raise unknown_chat()
        return chat

    def open_chat(self, reference: str) -> Chat:
        """Return the chat a bot names, if it may speak there.

        Raises:
            BadRequestError: No reference, or no such chat.
            ForbiddenError: The bot was blocked or sent away.
        """
        chat = self.known_chat(reference)
        refusal = chat.refusal()
        if refusal is not None:
            raise refusal
        return chat

    def post(
        self,
        chat: Chat,
        sender: User,
        content: Content,
        *,
        reply_to: Message | None = None,
        reply_keyboard: Json | None = None,
        service: Json | None = None,
    ) -> Message:
        """Add a message at the end of a chat."""
        message = Message(
            chat=chat.wire(),
            message_id=len(chat.messages) + 1,
            sender=sender,
            date=self.now(),
            content=content,
            reply_to=reply_to,
            reply_keyboard=reply_keyboard,
            service=service or {},
        )
        chat.messages[message.message_id] = message
        self.bell.ring()
        return message
