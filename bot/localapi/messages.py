"""Messages as they stand, and what they were before."""

from dataclasses import dataclass, field

from bot.localapi.entities import Entity, Json
from bot.localapi.errors import NoSuchButtonError
from bot.localapi.files import Media
from bot.localapi.keyboards import Button, Keyboard, keyboard_wire
from bot.localapi.users import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a message says: a text, or the caption of what it carries, and the buttons under it."""

    text: str = ""
    entities: tuple[Entity, ...] = ()
    media: Media | None = None
    keyboard: Keyboard = ()

    def wire(self) -> Json:
        """Return the keys of the content as the Bot API writes them."""
        record: Json = {}
        words = "text"
        if self.media is not None:
            record[self.media.kind] = self.media.wire
            words = "caption"
        if self.text:
            record[words] = self.text
        if self.entities:
            record["entities" if words == "text" else "caption_entities"] = [e.wire() for e in self.entities]
        if self.keyboard:
            record["reply_markup"] = keyboard_wire(self.keyboard)
        return record


@dataclass(slots=True, kw_only=True, eq=False)
class Message:
    """A message in a chat.

    Attributes:
        chat: Its chat as the Bot API writes it, ``id`` and ``type`` at least.
        date: Seconds since 1970, as sent; ``edit_date`` as last edited.
        content: What it says now.
        earlier: What it said before each edit, oldest first.
        service: Keys of a service message, such as ``new_chat_members``.
        reply_keyboard: A keyboard in place of the letters, a forced reply or a removal, as sent.
        is_deleted: Gone for everyone.
    """

    chat: Json
    message_id: int
    sender: User
    date: int
    content: Content
    reply_to: "Message | None" = None
    edit_date: int | None = None
    earlier: list[Content] = field(default_factory=list)
    service: Json = field(default_factory=dict)
    reply_keyboard: Json | None = None
    is_deleted: bool = False

    @property
    def chat_id(self) -> int:
        """The chat it is in."""
        return int(self.chat["id"])

    @property
    def text(self) -> str:
        """Its text or caption, without markup."""
        return self.content.text

    @property
    def entities(self) -> tuple[Entity, ...]:
        """What is marked in its text or caption."""
        return self.content.entities

    @property
    def media(self) -> Media | None:
        """The photo, document, … it carries."""
        return self.content.media

    @property
    def keyboard(self) -> Keyboard:
        """Its inline buttons, row by row."""
        return self.content.keyboard

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of its inline buttons, in reading order."""
        return tuple(button.text for row in self.keyboard for button in row)

    def button(self, label: str) -> Button:
        """Return the button whose label contains these words; a label that is exactly these comes first.

        Raises:
            NoSuchButtonError: None has them, or several.
        """
        buttons = [button for row in self.keyboard for button in row]
        found = [b for b in buttons if b.text == label] or [b for b in buttons if label in b.text]
        if len(found) != 1:
            raise NoSuchButtonError(f"{len(found)} buttons say {label!r}; there are {list(self.labels)}")
        return found[0]

    def marked(self, kind: str) -> tuple[str, ...]:
        """Return the stretches of its text marked so, such as ``bold`` or ``bot_command``."""
        coded = self.text.encode("utf-16-le", "surrogatepass")
        return tuple(
            coded[2 * entity.offset : 2 * entity.end].decode("utf-16-le", "surrogatepass")
            for entity in self.entities
            if entity.type == kind
        )

    def rewrite(self, content: Content, now: int) -> None:
        """Replace what it says and remember what it said."""
        self.earlier.append(self.content)
        self.content = content
        self.edit_date = now

    def wire(self, *, with_reply: bool = True) -> Json:
        """Return the message as the Bot API writes it; the one it replies to is shown without its own."""
        record: Json = {
            "message_id": self.message_id,
            "from": self.sender.wire(),
            "chat": self.chat,
            "date": self.date,
        }
        if self.edit_date is not None:
            record["edit_date"] = self.edit_date
        if with_reply and self.reply_to is not None:
            record["reply_to_message"] = self.reply_to.wire(with_reply=False)
        return record | self.content.wire() | self.service
