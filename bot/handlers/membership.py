"""The bot is blocked, let in again, sent away, or its group gets another id."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from telegram import ChatMember, Update
from telegram.ext import BaseHandler, ChatMemberHandler, MessageHandler, filters

from bot.context import BotContext
from scheduler.subscribers import Subscribers

_GONE = (ChatMember.BANNED, ChatMember.LEFT)


def handlers() -> tuple[BaseHandler[Update, BotContext, None], ...]:
    """What happens to the bot in a chat."""
    return (
        ChatMemberHandler(changed, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.UpdateType.MESSAGE & filters.StatusUpdate.MIGRATE, migrated),
    )


async def changed(update: Update, context: BotContext) -> None:
    """Stop writing to whoever blocked the bot; write again to whoever lets it in."""
    change = update.my_chat_member
    if change is None:
        return
    gone = change.new_chat_member.status in _GONE
    chat = change.chat.id
    await _record(context, lambda store, now: _close(store, chat, now) if gone else _open(store, chat))


async def migrated(update: Update, context: BotContext) -> None:
    """Follow a group to its new id."""
    message = update.effective_message
    if message is None or message.migrate_to_chat_id is None:
        # The new group says the same with the old id; one of the two is enough.
        return
    old, new = message.chat_id, message.migrate_to_chat_id
    await _record(context, lambda store, now: _move(store, old, new, now))


async def _record(context: BotContext, act: Callable[[Subscribers, datetime], None]) -> None:
    """In the thread that writes."""
    deps = context.deps
    await asyncio.get_running_loop().run_in_executor(deps.writer, act, deps.kept.subscribers, deps.now())


def _close(store: Subscribers, chat: int, now: datetime) -> None:
    subscriber = store.find(chat)
    if subscriber is not None:
        store.close(subscriber.id, now)


def _open(store: Subscribers, chat: int) -> None:
    store.come_back(chat)


def _move(store: Subscribers, old: int, new: int, now: datetime) -> None:
    subscriber = store.find(old)
    if subscriber is not None:
        store.move(subscriber.id, new, now)
