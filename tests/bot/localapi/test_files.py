"""Uploads, sending again by id, and downloads."""

import struct

import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot.localapi import LocalBotApi, Person
from bot.localapi.pictures import SMALLEST_PNG


def png(width: int, height: int) -> bytes:
    return SMALLEST_PNG[:16] + struct.pack(">II", width, height) + SMALLEST_PNG[24:]


def jpeg(width: int, height: int) -> bytes:
    comment = b"\xff\xfe\x00\x04ab"
    return b"\xff\xd8" + comment + b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03" * 12


async def test_a_document_comes_back_byte_for_byte(bot: Bot, claire: Person) -> None:
    content = bytes(range(256)) * 40
    sent = await bot.send_document(claire.id, content, filename="mes données.json", caption="<b>Vous</b>")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("mes données.json", len(content))
    file = await sent.document.get_file()
    assert bytes(await file.download_as_bytearray()) == content


@pytest.mark.parametrize("picture", [png(640, 360), jpeg(640, 360)])
async def test_a_photo_knows_its_size(bot: Bot, claire: Person, picture: bytes) -> None:
    sent = await bot.send_photo(claire.id, picture, caption="<b>Bilan</b>", parse_mode="HTML")
    assert (sent.photo[-1].width, sent.photo[-1].height) == (640, 360)
    assert (sent.caption, sent.caption_html) == ("Bilan", "<b>Bilan</b>")


async def test_a_photo_can_be_sent_again_by_its_id(bot: Bot, claire: Person) -> None:
    sent = await bot.send_photo(claire.id, SMALLEST_PNG)
    again = await bot.send_photo(claire.id, sent.photo[-1].file_id)
    assert again.photo == sent.photo
    with pytest.raises(BadRequest, match="Can't use file of type photo as document"):
        await bot.send_document(claire.id, sent.photo[-1].file_id)


@pytest.mark.parametrize(
    ("photo", "why"),
    [
        (b"not a picture", "Image_process_failed"),
        (SMALLEST_PNG[:20], "Image_process_failed"),
        (b"\xff\xd8\xff", "Image_process_failed"),
        (png(9000, 2000), "Photo_invalid_dimensions"),
        (png(2100, 100), "Photo_invalid_dimensions"),
        ("https://nantes.fr/logo.png", "Wrong file identifier"),
    ],
)
async def test_what_is_no_picture_is_refused(bot: Bot, claire: Person, photo: bytes | str, why: str) -> None:
    with pytest.raises(BadRequest, match=why):
        await bot.send_photo(claire.id, photo)


async def test_a_caption_is_measured_in_utf16_units(bot: Bot, claire: Person) -> None:
    await bot.send_photo(claire.id, SMALLEST_PNG, caption="🌳" * 512)
    with pytest.raises(BadRequest, match="Media_caption_too_long"):
        await bot.send_photo(claire.id, SMALLEST_PNG, caption="🌳" * 513)


async def test_an_unknown_file_or_address_is_400_and_never_404(api: LocalBotApi, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Wrong file_id"):
        await bot.get_file("inconnu")
    with pytest.raises(BadRequest):
        await bot.request.retrieve(f"{api.base_file_url}{api.token}/photos/file_9.png")
    with pytest.raises(BadRequest):
        await bot.request.retrieve(f"{api.root_url}/nowhere")


async def test_what_people_send_can_be_downloaded(bot: Bot, claire: Person) -> None:
    sent = await claire.sends_document(b"id;status", name="lot.csv", mime_type="text/csv")
    (update,) = await bot.get_updates()
    assert update.message is not None and update.message.document is not None
    assert update.message.message_id == sent.message_id
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"id;status"
