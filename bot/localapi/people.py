"""What a person does in Telegram. Each deed is told to the bot as Telegram would."""

import re

from bot.localapi.calls import Upload
from bot.localapi.chats import Chat, Member, MemberStatus
from bot.localapi.conversations import Conversation
from bot.localapi.entities import Json, with_self_marked
from bot.localapi.errors import NoSuchButtonError
from bot.localapi.files import Media
from bot.localapi.membership import change_of_bot
from bot.localapi.messages import Content, Message
from bot.localapi.pictures import SMALLEST_PNG
from bot.localapi.queries import InlineQuery, Press, Toast
from bot.localapi.users import User
from bot.localapi.world import World

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Person(Conversation):
    """Someone with Telegram on their phone, and their private chat with the bot.

    The chat does not exist for the bot before their first word.
    """

    def __init__(self, world: World, user: User) -> None:
        members = {user.id: Member(user, MemberStatus.MEMBER)}
        chat = Chat(id=user.id, type="private", bot=MemberStatus.LEFT, person=user, members=members)
        super().__init__(world, world.add_chat(chat))
        self.user = user

    @property
    def id(self) -> int:
        """Their id, which is also that of their private chat."""
        return self.user.id

    @property
    def toasts(self) -> tuple[Toast, ...]:
        """What the bot answered to their presses, in order."""
        presses = (press for press in self._world.presses.values() if press.user == self.user)
        return tuple(press.toast for press in presses if press.toast is not None)

    async def types(self, text: str, *, where: Conversation | None = None, reply_to: Message | None = None) -> Message:
        """Send a text, in a group when one is given; commands and mentions in it are marked."""
        return self._says(Content(text=text, entities=with_self_marked(text)), where, reply_to)

    async def asks(self, text: str, within: float = 5.0) -> Message:
        """Send a text in private and return the bot's first message after it.

        Raises:
            TimeoutError: It said nothing within these seconds.
        """
        await self.types(text)
        self.skip()
        return await self.reads(within)

    async def opens(self, payload: str = "") -> Message:
        """Follow a link ``https://t.me/<bot>?start=<payload>`` and press START.

        Raises:
            ValueError: Telegram would not carry such a payload.
        """
        if payload and not _PAYLOAD.fullmatch(payload):
            raise ValueError(f"not a payload of a deep link: {payload!r}")
        return await self.types(f"/start {payload}".strip())

    async def edits(self, message: Message, text: str) -> None:
        """Change a text they sent."""
        message.rewrite(Content(text=text, entities=with_self_marked(text)), self._world.now())
        self._world.updates.add("edited_message", message.wire())

    async def presses(self, message: Message, label: str) -> Press:
        """Press the button whose label contains these words.

        Raises:
            NoSuchButtonError: No single button says so, or it leads out of the chat.
        """
        button = message.button(label)
        if button.callback_data is None:
            raise NoSuchButtonError(f"{button.text!r} is not a button that tells the bot")
        return await self.forges(message, button.callback_data)

    async def forges(self, message: Message, data: str) -> Press:
        """Press a button with this data, shown or not, as odd programs can."""
        press = Press(id=self._world.new_query_id(), user=self.user, message=message, data=data)
        self._world.presses[press.id] = press
        self._world.updates.add("callback_query", press.wire())
        return press

    async def types_inline(self, query: str, offset: str = "") -> InlineQuery:
        """Type after the bot's name in some chat."""
        asked = InlineQuery(id=self._world.new_query_id(), user=self.user, query=query, offset=offset)
        self._world.inline_queries[asked.id] = asked
        self._world.updates.add("inline_query", asked.wire())
        return asked

    async def sends_photo(
        self, content: bytes = SMALLEST_PNG, *, caption: str = "", where: Conversation | None = None
    ) -> Message:
        """Send a picture."""
        upload = Upload(filename="photo.png", mime_type="image/png", content=content)
        return self._carries(self._world.files.keep("photo", upload), caption, where)

    async def sends_document(
        self,
        content: bytes = b"%PDF-1.4",
        *,
        name: str = "document.pdf",
        mime_type: str = "application/pdf",
        caption: str = "",
        where: Conversation | None = None,
    ) -> Message:
        """Send a file."""
        upload = Upload(filename=name, mime_type=mime_type, content=content)
        return self._carries(self._world.files.keep("document", upload), caption, where)

    async def sends_voice(self, *, seconds: int = 3, where: Conversation | None = None) -> Message:
        """Send a voice message."""
        upload = Upload(filename="voice.oga", mime_type="audio/ogg", content=b"OggS")
        return self._carries(self._world.files.keep("voice", upload, duration=seconds), "", where)

    async def sends_sticker(self, emoji: str = "👍", *, where: Conversation | None = None) -> Message:
        """Send a sticker."""
        upload = Upload(filename="sticker.webp", mime_type="image/webp", content=b"RIFF")
        details: Json = {"type": "regular", "is_animated": False, "is_video": False, "emoji": emoji}
        media = self._world.files.keep("sticker", upload, width=512, height=512, **details)
        return self._carries(media, "", where)

    async def sends_location(
        self, latitude: float = 47.2184, longitude: float = -1.5536, *, where: Conversation | None = None
    ) -> Message:
        """Send a place, in degrees."""
        place = {"latitude": latitude, "longitude": longitude}
        return self._carries(Media(kind="location", wire=place), "", where)

    async def blocks(self) -> None:
        """Block the bot: it may say nothing more."""
        change_of_bot(self._world, self.chat, self.user, MemberStatus.KICKED)

    async def unblocks(self) -> None:
        """Let the bot speak again."""
        change_of_bot(self._world, self.chat, self.user, MemberStatus.MEMBER)

    def _carries(self, media: Media, caption: str, where: Conversation | None) -> Message:
        content = Content(text=caption, entities=with_self_marked(caption), media=media)
        return self._says(content, where, None)

    def _says(self, content: Content, where: Conversation | None, reply_to: Message | None) -> Message:
        """Post in a chat, and tell the bot if it is in it."""
        chat = self.chat if where is None else where.chat
        if chat.is_private:
            if chat.bot is MemberStatus.KICKED:
                raise ValueError("Telegram lets nobody write to a bot they blocked")
            chat.bot = MemberStatus.MEMBER
        message = self._world.post(chat, self.user, content, reply_to=reply_to)
        if chat.refusal() is None:
            self._world.updates.add("message", message.wire())
        return message
