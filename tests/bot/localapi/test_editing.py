"""Changes to messages that stand."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, Message
from telegram.error import BadRequest, Forbidden

from bot.localapi import Person
from bot.localapi.pictures import SMALLEST_PNG

MENU = InlineKeyboardMarkup.from_button(InlineKeyboardButton("Suite", callback_data="2"))


async def test_an_edit_replaces_the_text_and_remembers_the_old_one(bot: Bot, claire: Person) -> None:
    sent = await bot.send_message(claire.id, "un", reply_markup=MENU)
    edited = await sent.edit_text("<b>deux</b>", parse_mode="HTML")
    assert isinstance(edited, Message)
    assert edited.edit_date is not None
    assert (claire.last.text, claire.last.marked("bold"), claire.last.labels) == ("deux", ("deux",), ())
    assert [content.text for content in claire.last.earlier] == ["un"]


@pytest.mark.parametrize("text", ["un", " un ", "<b>un</b>"])
async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, claire: Person, text: str) -> None:
    first = "<strong>un</strong>" if text.startswith("<") else "un"
    sent = await bot.send_message(claire.id, first, parse_mode="HTML", reply_markup=MENU)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text(text, parse_mode="HTML", reply_markup=MENU)
    await sent.edit_text(text, parse_mode="HTML")
    assert claire.last.labels == ()


async def test_buttons_alone_can_change(bot: Bot, claire: Person) -> None:
    sent = await bot.send_message(claire.id, "un", reply_markup=MENU)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_reply_markup(MENU)
    await sent.edit_reply_markup(None)
    assert (claire.last.text, claire.last.labels) == ("un", ())


async def test_only_the_bots_own_standing_messages_can_be_edited(bot: Bot, claire: Person) -> None:
    question = await claire.types("bonjour")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("a", claire.id, question.message_id)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("a", claire.id, 99)
    sent = await bot.send_message(claire.id, "un")
    await claire.blocks()
    with pytest.raises(Forbidden):
        await sent.edit_text("deux")


async def test_the_limits_hold_for_edits_too(bot: Bot, claire: Person) -> None:
    sent = await bot.send_message(claire.id, "un")
    for text, why in (("a" * 4097, "too long"), ("", "empty"), ("<u>", "Can't parse entities")):
        with pytest.raises(BadRequest, match=why):
            await sent.edit_text(text, parse_mode="HTML")


async def test_a_photo_has_a_caption_and_a_text_has_none(bot: Bot, claire: Person) -> None:
    text = await bot.send_message(claire.id, "un")
    photo = await bot.send_photo(claire.id, SMALLEST_PNG, caption="avant")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await text.edit_caption("a")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await photo.edit_text("a")
    with pytest.raises(BadRequest, match="Media_caption_too_long"):
        await photo.edit_caption("a" * 1025)
    await photo.edit_caption("<i>après</i>", parse_mode="HTML", reply_markup=MENU)
    assert (claire.last.text, claire.last.marked("italic"), claire.last.labels) == (
        "après",
        ("après",),
        ("Suite",),
    )


async def test_a_picture_can_be_replaced_by_an_upload_or_a_known_one(bot: Bot, claire: Person) -> None:
    photo = await bot.send_photo(claire.id, SMALLEST_PNG, caption="un")
    first = photo.photo[-1].file_id
    await photo.edit_media(InputMediaPhoto(SMALLEST_PNG, caption="deux"))
    second = claire.last.media
    await photo.edit_media(InputMediaPhoto(first, caption="trois"))
    third = claire.last.media
    assert second is not None and second.file is not None and second.file.file_id != first
    assert third is not None and third.file is not None and third.file.file_id == first
    assert [content.text for content in claire.last.earlier] == ["un", "deux"]
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await photo.edit_media(InputMediaPhoto("inconnu"))
