"""What waits for the bot's one answer: presses of buttons, and inline queries."""

from dataclasses import dataclass

from bot.localapi.entities import Entity, Json
from bot.localapi.errors import BadRequestError
from bot.localapi.keyboards import Keyboard
from bot.localapi.messages import Message
from bot.localapi.users import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Toast:
    """What a person sees after a press: nothing, a line that passes, or a box to close."""

    text: str
    is_alert: bool
    url: str


@dataclass(slots=True, kw_only=True, eq=False)
class Press:
    """A press of a button; ``toast`` is None until the bot answers."""

    id: str
    user: User
    message: Message
    data: str
    toast: Toast | None = None

    def wire(self) -> Json:
        """Return the callback query, with its message as it is now."""
        return {
            "id": self.id,
            "from": self.user.wire(),
            "chat_instance": str(-self.message.chat_id),
            "message": self.message.wire(),
            "data": self.data,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineResult:
    """One offer of an inline answer, and the message it would post."""

    id: str
    title: str
    description: str
    text: str
    entities: tuple[Entity, ...]
    keyboard: Keyboard


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineAnswer:
    """The bot's answer to an inline query."""

    results: tuple[InlineResult, ...]
    next_offset: str
    cache_time: int
    is_personal: bool
    button: Json | None


@dataclass(slots=True, kw_only=True, eq=False)
class InlineQuery:
    """What a person types after the bot's name in any chat; ``answer`` is None until the bot answers."""

    id: str
    user: User
    query: str
    offset: str
    answer: InlineAnswer | None = None

    def wire(self) -> Json:
        """Return the inline query as the Bot API writes it."""
        return {
            "id": self.id,
            "from": self.user.wire(),
            "query": self.query,
            "offset": self.offset,
            "chat_type": "sender",
        }


def too_old() -> BadRequestError:
    """Return the refusal for an answer to what was answered before, or never asked."""
    return BadRequestError("query is too old and response timeout expired or query ID is invalid")
