"""What a member of staff was asked to type or to send, before anything else is made of it."""

import asyncio

from telegram import Document, Message
from telegram.constants import ChatType, FileSizeLimit

from bot.context import BotContext
from bot.conversation.staff.rights import Attachment, Said
from bot.replies import Caller, Turn


async def awaited(message: Message, context: BotContext) -> Turn | None:
    """The turn for a message that was asked for; None when it is an ordinary one."""
    deps = context.deps
    if message.chat.type != ChatType.PRIVATE or not deps.conversation.may_await(message.chat_id):
        return None
    said = Said(
        text=message.text or message.caption or "",
        html=message.text_html or message.caption_html or "",
        attachment=await _attachment(message),
    )
    caller = Caller(chat=message.chat_id)
    return await asyncio.get_running_loop().run_in_executor(
        deps.writer, deps.conversation.awaited, said, caller, deps.now()
    )


async def _attachment(message: Message) -> Attachment | None:
    if message.photo:
        largest = message.photo[-1]
        return Attachment(kind="photo", file_id=largest.file_id, name="", size=largest.file_size or 0)
    if message.document:
        return await _document(message.document)
    return None


async def _document(document: Document) -> Attachment:
    """With its content, unless it is larger than Telegram hands over."""
    size = document.file_size or 0
    content = None
    if size <= FileSizeLimit.FILESIZE_DOWNLOAD:
        file = await document.get_file()
        content = bytes(await file.download_as_bytearray())
    name = document.file_name or ""
    return Attachment(kind="document", file_id=document.file_id, name=name, size=size, content=content)
