"""Put what the conversation says on Telegram's screen."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, ReplyParameters
from telegram.constants import ChatType
from telegram.error import BadRequest

from bot.context import BotContext
from bot.handlers.picturing import Frame, send_picture
from bot.replies import Button, Reply, Turn


async def reply_to(message: Message, turn: Turn, context: BotContext) -> None:
    """Answer a message; the first answer is remembered, in case the question is edited."""
    for place, reply in enumerate(turn.replies):
        sent = await send(message, reply, context)
        if place == 0 and sent is not None:
            deps = context.deps
            deps.answers.remember(message.chat_id, message.message_id, sent.message_id, deps.now())
    record(turn, context)


async def send(message: Message, reply: Reply, context: BotContext) -> Message | None:
    """One message, in the same chat and thread; in a group it quotes what it answers.

    None when nobody knows whether a picture has arrived.
    """
    quoting = ReplyParameters(message.message_id, allow_sending_without_reply=True)
    in_private = message.chat.type == ChatType.PRIVATE
    if reply.picture is not None:
        frame = Frame(caption=reply.text, reply_markup=markup(reply), reply_parameters=None if in_private else quoting)
        return await send_picture(message, reply.picture, frame, context)
    if reply.file is not None:
        return await message.reply_document(
            reply.file.text.encode(),
            filename=reply.file.name,
            caption=reply.text,
            reply_markup=markup(reply),
            reply_parameters=None if in_private else quoting,
        )
    return await message.reply_text(
        reply.text, reply_markup=markup(reply), reply_parameters=None if in_private else quoting
    )


async def replace(message: Message, answer: int, turn: Turn, context: BotContext) -> None:
    """Put the turn in the place of an earlier answer of ours; what does not fit in it is sent after."""
    first, *others = turn.replies
    if first.picture is not None:
        # A text cannot become a picture, nor a picture a text.
        for reply in turn.replies:
            await send(message, reply, context)
        record(turn, context)
        return
    try:
        await context.bot.edit_message_text(
            first.text, chat_id=message.chat_id, message_id=answer, reply_markup=markup(first)
        )
    except BadRequest as error:
        if not is_unchanged(error):
            await send(message, first, context)
    for reply in others:
        await send(message, reply, context)
    record(turn, context)


def is_unchanged(error: BadRequest) -> bool:
    """Telegram refuses an edit that changes nothing; there is nothing to do then."""
    return "not modified" in error.message.lower()


def markup(reply: Reply) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram wants them, the rank before those that are choices."""
    ranks = {id(button): rank for rank, button in enumerate(reply.buttons, start=1)}
    rows = [[_button(button, ranks[id(button)]) for button in row] for row in reply.rows]
    return InlineKeyboardMarkup(rows) if rows else None


def record(turn: Turn, context: BotContext) -> None:
    """Count what was asked and what was missed; nothing is written now, so nobody waits."""
    tally = context.deps.knowledge.tally
    if turn.asked is not None:
        tally.count_question(turn.asked.outcome, turn.asked.day)
        if turn.asked.reason is not None:
            tally.count_miss(turn.asked.reason, None, turn.asked.day)
    if turn.miss is not None:
        tally.count_miss(turn.miss.kind, turn.miss.commitment_id, turn.miss.day)


def _button(button: Button, rank: int) -> InlineKeyboardButton:
    label = f"{rank}. {button.label}" if button.numbered else button.label
    if button.url:
        return InlineKeyboardButton(label, url=button.url)
    return InlineKeyboardButton(label, callback_data=button.data)
