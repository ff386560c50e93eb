"""Groups: their people, and the coming and going of the bot."""

from bot.localapi.chats import Chat, Member, MemberStatus
from bot.localapi.conversations import Conversation
from bot.localapi.membership import change_of_bot
from bot.localapi.messages import Content
from bot.localapi.people import Person
from bot.localapi.world import World


class Group(Conversation):
    """A group in which the bot reads all that is said, so that it must itself know when to speak."""

    def __init__(self, world: World, chat: Chat) -> None:
        super().__init__(world, world.add_chat(chat))

    @property
    def id(self) -> int:
        """The id of the chat, negative."""
        return self.chat.id

    def makes(self, person: Person, status: MemberStatus) -> None:
        """Let someone in, promote them, or let them go."""
        self.chat.members[person.id] = Member(person.user, status)

    async def adds_bot(self, by: Person) -> None:
        """Let the bot in; the group sees it arrive."""
        change_of_bot(self._world, self.chat, by.user, MemberStatus.MEMBER)
        arrival = {"new_chat_members": [self._world.bot.wire()]}
        message = self._world.post(self.chat, by.user, Content(), service=arrival)
        self._world.updates.add("message", message.wire())

    async def expels_bot(self, by: Person) -> None:
        """Send the bot away."""
        change_of_bot(self._world, self.chat, by.user, MemberStatus.KICKED)

    def becomes_supergroup(self, new_id: int) -> "Group":
        """Change ids, as a group does that grows; whoever speaks to the old one is told of the new."""
        old = self.chat
        new = Chat(id=new_id, type="supergroup", bot=old.bot, title=old.title, members=dict(old.members))
        old.moved_to = new_id
        return Group(self._world, new)
