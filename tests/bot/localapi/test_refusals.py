"""Calls that are wrong in themselves: each is refused, none breaks the server."""

import asyncio
from typing import Any

import pytest
from telegram import Bot, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaVideo, MessageEntity
from telegram.error import BadRequest

from bot.localapi import LocalBotApi, Person
from bot.localapi.calls import Call, Upload
from bot.localapi.dispatch import Dispatcher
from bot.localapi.errors import BadRequestError
from bot.localapi.files import LARGEST_DOWNLOAD, Files
from bot.localapi.pictures import SMALLEST_PNG
from bot.localapi.waiting import Bell


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"chat_id": ""}, "Chat_id is empty"),
        ({"text": None, "entities": "{"}, "can't parse entities"),
        ({"entities": "{}"}, "can't parse entities"),
        ({"entities": [{"type": "bold", "offset": 0}]}, "can't parse MessageEntity"),
        ({"entities": [{"type": "bold", "offset": 2, "length": 1}]}, "entity begins after the end"),
        ({"entities": [{"type": "bold", "offset": 0, "length": 2}]}, "ends after the end of the text"),
        ({"reply_markup": "[1]"}, "object expected as reply markup"),
        ({"reply_markup": {"inline_keyboard": [["a"]]}}, "can't parse inline keyboard button"),
    ],
)
async def test_a_message_with_a_wrong_value_is_refused(
    bot: Bot, claire: Person, values: dict[str, Any], why: str
) -> None:
    with pytest.raises(BadRequest, match=f"(?i){why}"):
        await bot.send_message(claire.id, "a", api_kwargs=values)
    assert claire.answers == ()


async def test_a_number_that_is_none_is_refused(bot: Bot, claire: Person) -> None:
    with pytest.raises(BadRequest, match="Invalid message_id specified"):
        await bot.delete_message(claire.id, "x")  # type: ignore[arg-type]


async def test_a_photo_is_needed_to_send_one(bot: Bot, claire: Person) -> None:
    with pytest.raises(BadRequest, match="There is no photo in the request"):
        await bot.send_photo(claire.id, "")


async def test_only_photos_and_documents_replace_a_picture(bot: Bot, claire: Person) -> None:
    photo = await bot.send_photo(claire.id, SMALLEST_PNG)
    with pytest.raises(BadRequest, match="Can't parse inputmedia"):
        await photo.edit_media(InputMediaVideo("a"))


async def test_a_toast_has_at_most_200_characters(bot: Bot, claire: Person) -> None:
    sent = await bot.send_message(claire.id, "a")
    press = await claire.forges(claire.last, "b")
    assert sent.message_id == claire.last.message_id
    with pytest.raises(BadRequest, match="Message_too_long"):
        await bot.answer_callback_query(press.id, "x" * 201)
    assert await bot.answer_callback_query(press.id, "x" * 200)


async def test_inline_results_are_a_list(bot: Bot, claire: Person) -> None:
    asked = await claire.types_inline("a")
    with pytest.raises(BadRequest, match="Can't parse inline query results"):
        await bot.answer_inline_query(asked.id, [], api_kwargs={"results": {"a": 1}})


async def test_an_empty_address_takes_the_webhook_away(bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:1/hook")
    await bot.set_webhook("")
    assert (await bot.get_webhook_info()).url == ""


async def test_a_copied_picture_may_get_another_caption(bot: Bot, claire: Person) -> None:
    photo = await bot.send_photo(claire.id, SMALLEST_PNG, caption="avant")
    await bot.copy_message(claire.id, claire.id, photo.message_id, caption="après")
    assert (claire.last.text, claire.last.media) == ("après", claire.answers[0].media)


async def test_only_inline_keyboards_are_echoed(bot: Bot, claire: Person) -> None:
    sent = await bot.send_message(claire.id, "Votre question ?", reply_markup=ForceReply())
    assert sent.reply_markup is None
    assert claire.last.reply_keyboard == {"force_reply": True}


async def test_marks_and_addresses_come_back_as_they_were_sent(bot: Bot, claire: Person) -> None:
    button = InlineKeyboardButton("La page", url="https://nantes.fr")
    source = (
        '<a href="https://nantes.fr">a</a> <a href="tg://user?id=42">b</a><pre><code class="language-py">c</code></pre>'
    )
    markup = InlineKeyboardMarkup.from_button(button)
    sent = await bot.send_message(claire.id, source, parse_mode="HTML", reply_markup=markup)
    link, mention, code = sent.entities
    assert (link.url, mention.type, code.language) == ("https://nantes.fr", MessageEntity.TEXT_MENTION, "py")
    assert mention.user is not None and mention.user.id == 42
    assert claire.last.button("page").url == "https://nantes.fr"


def test_a_file_past_20_megabytes_is_not_given_to_bots() -> None:
    files = Files()
    upload = Upload(filename="a.bin", mime_type="application/octet-stream", content=bytes(LARGEST_DOWNLOAD + 1))
    kept = files.keep("document", upload).file
    assert kept is not None
    with pytest.raises(BadRequestError, match="file is too big"):
        files.by_id(kept.file_id)


async def test_a_fault_of_the_server_is_a_500_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    def broken(call: Call) -> None:
        raise RuntimeError(call.method)

    dispatcher = Dispatcher("1:hidden", [{"getMe": broken}], Bell())
    status, body = await dispatcher.answer("1:hidden", Call(method="getMe"))
    assert (status, body["ok"], body["description"]) == (500, False, "Internal Server Error")
    assert "getMe failed" in caplog.text and "hidden" not in caplog.text


async def test_settling_follows_a_bot_it_does_not_watch(api: LocalBotApi, bot: Bot, claire: Person) -> None:
    await claire.types("un")
    settled = asyncio.create_task(api.settled())
    (update,) = await bot.get_updates()
    await bot.send_message(claire.id, "deux")
    assert not settled.done()
    await bot.get_updates(offset=update.update_id + 1, timeout=0)
    await bot.send_message(claire.id, "trois")
    await settled
    assert claire.last.text == "trois"
