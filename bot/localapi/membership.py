"""Letting the bot in and out of a chat, told to it as ``my_chat_member``."""

from bot.localapi.chats import Chat, Member, MemberStatus
from bot.localapi.users import User
from bot.localapi.world import World


def change_of_bot(world: World, chat: Chat, by: User, status: MemberStatus) -> None:
    """Make the bot this in the chat, and tell it who did so."""
    before = Member(world.bot, chat.bot)
    chat.bot = status
    change = {
        "chat": chat.wire(),
        "from": by.wire(),
        "date": world.now(),
        "old_chat_member": before.wire(),
        "new_chat_member": Member(world.bot, status).wire(),
    }
    world.updates.add("my_chat_member", change)
