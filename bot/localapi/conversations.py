"""A chat as those in it see it."""

from collections.abc import Callable
from typing import TypeVar

from bot.localapi.chats import Chat
from bot.localapi.messages import Message
from bot.localapi.world import World

Found = TypeVar("Found")


class Conversation:
    """What stands in a chat now, and waiting for what comes next."""

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self.chat = chat
        self._read = 0

    @property
    def messages(self) -> tuple[Message, ...]:
        """All that stands there, oldest first; deleted messages are gone."""
        return tuple(message for message in self.chat.messages.values() if not message.is_deleted)

    @property
    def answers(self) -> tuple[Message, ...]:
        """The bot's messages among them."""
        return tuple(message for message in self.messages if message.sender == self._world.bot)

    @property
    def last(self) -> Message:
        """The bot's latest message.

        Raises:
            LookupError: The bot said nothing.
        """
        answers = self.answers
        if not answers:
            raise LookupError(f"the bot said nothing in chat {self.chat.id}")
        return answers[-1]

    @property
    def actions(self) -> tuple[str, ...]:
        """What the bot said it was doing, such as ``typing``, in order."""
        return tuple(self.chat.actions)

    async def reads(self, within: float = 5.0) -> Message:
        """Return the bot's next message that was not read yet, as soon as it is there.

        Raises:
            TimeoutError: None came within these seconds.
        """
        message = await self.until(self._unread, within)
        self._read = message.message_id
        return message

    async def until(self, ready: Callable[[], Found | None], within: float = 5.0) -> Found:
        """Return what ``ready`` finds, as soon as it finds something: a toast, an edit, a deletion.

        Raises:
            TimeoutError: It found nothing within these seconds.
        """
        return await self._world.bell.until(ready, within)

    def skip(self) -> None:
        """Count all that stands there as read."""
        self._read = len(self.chat.messages)

    def _unread(self) -> Message | None:
        return next((message for message in self.answers if message.message_id > self._read), None)
