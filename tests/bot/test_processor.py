import asyncio
from datetime import UTC, datetime

from telegram import Chat, Message, Update

from bot.processor import PerChatProcessor


def an_update(number: int, chat: int) -> Update:
    message = Message(number, datetime(2026, 11, 22, tzinfo=UTC), Chat(chat, Chat.PRIVATE), text="a")
    return Update(number, message=message)


async def test_one_chat_keeps_its_order_while_others_go_on() -> None:
    processor = PerChatProcessor(8)
    gate, done = asyncio.Event(), []

    async def slow() -> None:
        await gate.wait()
        done.append("slow")

    async def quick(name: str) -> None:
        done.append(name)

    first = asyncio.create_task(processor.process_update(an_update(1, chat=1), slow()))
    await asyncio.sleep(0)
    second = asyncio.create_task(processor.process_update(an_update(2, chat=1), quick("same chat")))
    await processor.process_update(an_update(3, chat=2), quick("other chat"))
    gate.set()
    await asyncio.gather(first, second)
    assert done == ["other chat", "slow", "same chat"]


async def test_no_lock_is_kept_once_a_chat_is_silent() -> None:
    processor = PerChatProcessor(8)

    async def nothing() -> None:
        return

    for chat in range(50):
        await processor.process_update(an_update(chat, chat), nothing())
    assert processor.chats_waiting == 0
