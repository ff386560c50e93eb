"""Whole conversations with a real Application: what people do, and waiting for the bot."""

import asyncio

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ChatAction
from telegram.error import BadRequest
from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.localapi import LocalBotApi, Person
from bot.localapi.errors import NoSuchButtonError
from tests.bot.localapi.conftest import Serve

Context = ContextTypes.DEFAULT_TYPE


async def card(update: Update, context: Context) -> None:
    """Show what came after the command, and two buttons."""
    assert update.message is not None
    buttons = [
        InlineKeyboardButton("Suivre", callback_data="s"),
        InlineKeyboardButton("Suivre plus", callback_data="p"),
    ]
    page = InlineKeyboardButton("La page", url="https://nantes.fr")
    await update.message.reply_text(f"carte {context.args}", reply_markup=InlineKeyboardMarkup([buttons, [page]]))


async def follow(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer(f"noté {query.data}", show_alert=query.data == "p")
    await query.edit_message_text("suivi")


async def slow(update: Update, context: Context) -> None:
    """Work for a while before a word, as a search does."""
    assert update.effective_chat is not None
    await update.effective_chat.send_action(ChatAction.TYPING)
    await asyncio.to_thread(sum, range(200_000))
    await update.effective_chat.send_message("trouvé")


COMMANDS = CommandHandler(["start", "carte"], card)
PRESSES = CallbackQueryHandler(follow)
WORDS = MessageHandler(filters.ALL, slow)


async def test_a_command_is_answered(api: LocalBotApi, claire: Person, serve: Serve) -> None:
    async with serve(COMMANDS):
        answer = await claire.asks("/carte p17")
        assert (answer.text, answer.labels) == ("carte ['p17']", ("Suivre", "Suivre plus", "La page"))
        await claire.opens("suivre-p07")
        assert (await claire.reads()).text == "carte ['suivre-p07']"


@pytest.mark.parametrize("payload", ["é", "a b", "a" * 65])
async def test_a_deep_link_carries_64_plain_characters(claire: Person, payload: str) -> None:
    with pytest.raises(ValueError, match="deep link"):
        await claire.opens(payload)


async def test_settling_waits_for_slow_work(api: LocalBotApi, claire: Person, serve: Serve) -> None:
    async with serve(WORDS):
        await claire.types("bonjour")
        await api.settled()
        assert (claire.last.text, claire.actions) == ("trouvé", ("typing",))


async def test_settling_without_watching_goes_by_silence(api: LocalBotApi, serve: Serve) -> None:
    async with LocalBotApi() as quiet:
        await quiet.settled()
        await quiet.person().types("personne n'écoute")
        with pytest.raises(TimeoutError, match="1 updates not confirmed"):
            await quiet.settled(within=0.1)


async def test_a_silent_bot_is_known_to_be_silent(api: LocalBotApi, claire: Person, serve: Serve) -> None:
    group = api.group(members=[claire])
    async with serve(MessageHandler(filters.ChatType.PRIVATE, slow)):
        await claire.types("entre nous", where=group)
        await api.settled()
        assert group.answers == ()
        with pytest.raises(LookupError):
            _ = group.last
        with pytest.raises(TimeoutError):
            await group.reads(within=0.01)


async def test_a_press_is_toasted_and_the_message_edited(api: LocalBotApi, claire: Person, serve: Serve) -> None:
    async with serve(COMMANDS, PRESSES):
        message = await claire.asks("/carte")
        press = await claire.presses(message, "plus")
        await api.settled()
        assert press.toast is not None
        assert (press.toast.text, press.toast.is_alert) == ("noté p", True)
        assert (message.text, message.labels, len(message.earlier)) == ("suivi", (), 1)
        again = await claire.asks("/carte")
        await claire.presses(again, "Suivre")
        await claire.until(lambda: again.earlier or None)
        assert [toast.text for toast in claire.toasts] == ["noté p", "noté s"]


async def test_a_button_is_pressed_only_if_it_is_the_one(claire: Person, api: LocalBotApi, serve: Serve) -> None:
    async with serve(COMMANDS):
        message = await claire.asks("/carte")
    for label in ("Arrêter", "uivre", "La page"):
        with pytest.raises(NoSuchButtonError):
            await claire.presses(message, label)


async def test_a_forged_press_reaches_the_bot(api: LocalBotApi, claire: Person, serve: Serve) -> None:
    async with serve(COMMANDS, PRESSES):
        message = await claire.asks("/carte")
        press = await claire.forges(message, "n'importe quoi")
        await api.settled()
        assert press.toast is not None and press.toast.text == "noté n'importe quoi"


async def test_a_press_is_answered_once(api: LocalBotApi, claire: Person, serve: Serve) -> None:
    refusals = []

    async def twice(update: Update, context: Context) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer()
        try:
            await update.callback_query.answer("encore")
        except BadRequest as refusal:
            refusals.append(refusal.message)

    async with serve(COMMANDS, CallbackQueryHandler(twice)) as application:
        await claire.presses(await claire.asks("/carte"), "Suivre plus")
        await api.settled()
        with pytest.raises(BadRequest, match="Query is too old"):
            await application.bot.answer_callback_query("1")
    assert refusals == ["Query is too old and response timeout expired or query id is invalid"]
    assert [toast.text for toast in claire.toasts] == [""]


async def test_an_edited_question_comes_as_an_edit(api: LocalBotApi, claire: Person, serve: Serve) -> None:
    edits = []

    async def note(update: Update, context: Context) -> None:
        if update.edited_message is not None:
            edits.append((update.edited_message.text, update.edited_message.edit_date is not None))

    async with serve(TypeHandler(Update, note)):
        question = await claire.types("plan plaine terre")
        await claire.edits(question, "plan pleine terre")
        await api.settled()
    assert edits == [("plan pleine terre", True)]


async def test_photos_voice_stickers_places_and_files_come_as_such(
    api: LocalBotApi, claire: Person, serve: Serve
) -> None:
    seen = []

    async def note(update: Update, context: Context) -> None:
        assert update.message is not None
        seen.append(update.message)

    async with serve(MessageHandler(filters.ALL, note)):
        await claire.sends_photo(caption="/aide 🌳")
        await claire.sends_voice(seconds=4)
        await claire.sends_sticker("🎉")
        await claire.sends_location()
        await claire.sends_document()
        await api.settled()
    photo, voice, sticker, place, file = seen
    assert (photo.caption, photo.photo[0].width) == ("/aide 🌳", 1)
    assert list(photo.parse_caption_entities()) and photo.text is None
    assert voice.to_dict()["voice"]["duration"] == 4
    assert sticker.sticker is not None and sticker.sticker.emoji == "🎉"
    assert place.location is not None and round(place.location.latitude) == 47
    assert file.document is not None and file.document.file_name == "document.pdf"


async def test_blocking_and_unblocking_are_told(api: LocalBotApi, claire: Person, serve: Serve) -> None:
    told = []

    async def note(update: Update, context: Context) -> None:
        assert update.my_chat_member is not None
        told.append(update.my_chat_member.new_chat_member.status)

    async with serve(ChatMemberHandler(note, ChatMemberHandler.MY_CHAT_MEMBER)):
        await claire.blocks()
        with pytest.raises(ValueError, match="blocked"):
            await claire.types("a")
        await claire.unblocks()
        await api.settled()
    assert told == ["kicked", "member"]
