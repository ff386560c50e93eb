"""Chats: who is in them, what was said, and whether the bot may speak there."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.localapi.entities import Json
from bot.localapi.errors import ApiError, BadRequestError, ForbiddenError
from bot.localapi.messages import Message
from bot.localapi.users import User


class MemberStatus(StrEnum):
    """What someone is in a chat."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"


_LEADING = {MemberStatus.CREATOR, MemberStatus.ADMINISTRATOR}
_PRESENT = _LEADING | {MemberStatus.MEMBER}
_ADMINISTRATOR_MAY = (
    *("can_be_edited", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
    *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users"),
    *("can_post_stories", "can_edit_stories", "can_delete_stories"),
)


@dataclass(frozen=True, slots=True)
class Member:
    """Someone in a chat."""

    user: User
    status: MemberStatus

    def wire(self) -> Json:
        """Return the member with every key that its status requires."""
        record: Json = {"user": self.user.wire(), "status": self.status.value}
        if self.status in _LEADING:
            record["is_anonymous"] = False
        if self.status is MemberStatus.ADMINISTRATOR:
            record |= dict.fromkeys(_ADMINISTRATOR_MAY, True)
        if self.status is MemberStatus.KICKED:
            record["until_date"] = 0
        return record


@dataclass(slots=True, kw_only=True, eq=False)
class Chat:
    """A private chat or a group.

    Attributes:
        type: ``private``, ``group`` or ``supergroup``.
        bot: What the bot is there: ``left`` before a person's first word, ``kicked`` once blocked.
        members: People by id; the bot is not among them.
        messages: All that was said, by number; numbers begin at 1 in each chat.
        actions: What the bot said it was doing (``typing``), in order.
        moved_to: The supergroup this group has become.
    """

    id: int
    type: str
    bot: MemberStatus
    title: str | None = None
    person: User | None = None
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)
    moved_to: int | None = None

    @property
    def is_private(self) -> bool:
        """Whether it is a person's own chat with the bot."""
        return self.type == "private"

    def refusal(self) -> ApiError | None:
        """Return why the bot may not speak here, if it may not."""
        if self.moved_to is not None:
            moved = {"migrate_to_chat_id": self.moved_to}
            return BadRequestError("group chat was upgraded to a supergroup chat", moved)
        if self.bot in _PRESENT:
            return None
        if self.is_private:
            blocked = self.bot is MemberStatus.KICKED
            return ForbiddenError("bot was blocked by the user") if blocked else unknown_chat()
        if self.bot is MemberStatus.KICKED:
            return ForbiddenError(f"bot was kicked from the {self.type} chat")
        return ForbiddenError(f"bot is not a member of the {self.type} chat")

    def member(self, user: User) -> Member:
        """Return what someone is here; a stranger has left."""
        return self.members.get(user.id, Member(user, MemberStatus.LEFT))

    def administrators(self) -> tuple[Member, ...]:
        """Return those who lead the group, people only."""
        return tuple(member for member in self.members.values() if member.status in _LEADING)

    def find_message(self, message_id: int) -> Message | None:
        """Return a message that is still there."""
        message = self.messages.get(message_id)
        return None if message is None or message.is_deleted else message

    def wire(self) -> Json:
        """Return the chat as messages show it."""
        record: Json = {"id": self.id, "type": self.type}
        if self.person is not None:
            shown = self.person.wire()
            record |= {key: shown[key] for key in ("first_name", "last_name", "username") if key in shown}
        if self.title is not None:
            record["title"] = self.title
        return record

    def full_wire(self) -> Json:
        """Return the chat as getChat shows it."""
        gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
        return self.wire() | {
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys((*gifts, "gifts_from_channels"), False),
        }


def unknown_chat() -> BadRequestError:
    """Return the refusal for a chat that is not there."""
    return BadRequestError("chat not found")
