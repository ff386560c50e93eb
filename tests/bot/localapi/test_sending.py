"""What the bot may send, and what it is refused."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden

from bot.localapi import LocalBotApi, Person


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label)] for label in labels])


async def test_a_message_stands_in_the_chat_with_its_text_marks_and_buttons(bot: Bot, claire: Person) -> None:
    sent = await bot.send_message(
        claire.id, "Bonjour <b>Claire</b> 🌳", parse_mode="HTML", reply_markup=keyboard("Suivre")
    )
    assert (claire.last.text, claire.last.marked("bold"), claire.last.labels) == (
        "Bonjour Claire 🌳",
        ("Claire",),
        ("Suivre",),
    )
    assert sent.text_html == "Bonjour <b>Claire</b> 🌳"
    assert sent.reply_markup == keyboard("Suivre")
    assert sent.chat.first_name == "Claire"


async def test_blanks_around_a_text_are_cut_and_marks_move_along(bot: Bot, claire: Person) -> None:
    await bot.send_message(claire.id, "\n  <b> Bilan</b>  ", parse_mode="HTML")
    assert (claire.last.text, claire.last.marked("bold")) == ("Bilan", ("Bilan",))


async def test_entities_can_be_sent_in_place_of_markup(bot: Bot, claire: Person) -> None:
    sent = await bot.send_message(claire.id, "<b>👍 oui</b>", parse_mode="HTML")
    await bot.send_message(claire.id, sent.text or "", entities=sent.entities)
    assert claire.last.marked("bold") == ("👍 oui",)


@pytest.mark.parametrize(("letter", "most"), [("é", 4096), ("🌳", 2048)])
async def test_a_text_is_measured_in_utf16_units(bot: Bot, claire: Person, letter: str, most: int) -> None:
    await bot.send_message(claire.id, letter * most)
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(claire.id, letter * (most + 1))


async def test_markup_does_not_count_in_the_length(bot: Bot, claire: Person) -> None:
    await bot.send_message(claire.id, f"<b>{'a' * 4096}</b>", parse_mode="HTML")
    assert len(claire.last.text) == 4096


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Message text is empty"),
        ("   ", "Text must be non-empty"),
        ("<b></b>", "Text must be non-empty"),
        ("<p>a</p>", "Can't parse entities: unsupported start tag"),
        ("<b>a", "Can't parse entities: can't find end tag"),
    ],
)
async def test_a_text_that_cannot_be_read_is_refused(bot: Bot, claire: Person, text: str, why: str) -> None:
    with pytest.raises(BadRequest, match=why):
        await bot.send_message(claire.id, text, parse_mode="HTML")
    assert claire.answers == ()


async def test_markdown_is_refused(bot: Bot, claire: Person) -> None:
    with pytest.raises(BadRequest, match="Unsupported parse_mode"):
        await bot.send_message(claire.id, "*a*", parse_mode="MarkdownV2")


@pytest.mark.parametrize("data", ["", "a" * 65, "é" * 33])
async def test_callback_data_has_1_to_64_bytes(bot: Bot, claire: Person, data: str) -> None:
    markup = InlineKeyboardMarkup.from_button(InlineKeyboardButton("a", callback_data=data))
    with pytest.raises(BadRequest, match="Button_data_invalid"):
        await bot.send_message(claire.id, "a", reply_markup=markup)


@pytest.mark.parametrize(
    ("button", "why"),
    [
        ({"text": "a"}, "Text buttons are unallowed"),
        ({"text": " ", "url": "https://nantes.fr"}, "Button_text_invalid"),
        ({"text": "a", "url": "http://localhost/"}, "Wrong http url"),
        ({"url": "https://nantes.fr"}, 'Field "text"'),
    ],
)
async def test_a_wrong_button_is_refused(bot: Bot, claire: Person, button: dict[str, str], why: str) -> None:
    markup = {"inline_keyboard": [[button]]}
    with pytest.raises(BadRequest, match=f"(?i){why}"):
        await bot.send_message(claire.id, "a", api_kwargs={"reply_markup": markup})


async def test_a_keyboard_of_more_than_100_buttons_is_refused(bot: Bot, claire: Person) -> None:
    with pytest.raises(BadRequest, match="Reply markup is too long"):
        await bot.send_message(claire.id, "a", reply_markup=keyboard(*map(str, range(101))))


async def test_a_chat_that_never_wrote_is_not_found(api: LocalBotApi, bot: Bot) -> None:
    for chat_id in (api.person().id, 1, "@personne"):
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(chat_id, "a")


async def test_a_person_who_blocked_the_bot_gets_nothing_until_they_unblock_it(bot: Bot, claire: Person) -> None:
    await claire.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(claire.id, "a")
    with pytest.raises(Forbidden):
        await bot.send_chat_action(claire.id, ChatAction.TYPING)
    await claire.unblocks()
    await bot.send_message(claire.id, "de retour")
    assert claire.last.text == "de retour"


async def test_a_reply_shows_what_it_answers(bot: Bot, claire: Person) -> None:
    question = await claire.types("Et à Rezé ?")
    answer = await bot.send_message(claire.id, "Oui", reply_parameters=ReplyParameters(question.message_id))
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "Et à Rezé ?"
    assert claire.last.reply_to is question


async def test_a_reply_to_nothing_is_refused_unless_allowed(bot: Bot, claire: Person) -> None:
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(claire.id, "a", reply_parameters=ReplyParameters(99))
    missing = ReplyParameters(99, allow_sending_without_reply=True)
    assert (await bot.send_message(claire.id, "a", reply_parameters=missing)).reply_to_message is None


async def test_a_copy_says_the_same_without_its_buttons(api: LocalBotApi, bot: Bot, claire: Person) -> None:
    sent = await bot.send_message(claire.id, "<i>a</i>", parse_mode="HTML", reply_markup=keyboard("b"))
    paul = api.person("Paul")
    await paul.opens()
    copied = await bot.copy_message(paul.id, claire.id, sent.message_id)
    assert copied.message_id == paul.last.message_id
    assert (paul.last.text, paul.last.marked("italic"), paul.last.labels) == ("a", ("a",), ())
    with pytest.raises(BadRequest, match="Message to copy not found"):
        await bot.copy_message(paul.id, claire.id, 99)


async def test_a_deleted_message_is_gone(bot: Bot, claire: Person) -> None:
    sent = await bot.send_message(claire.id, "a")
    assert await bot.delete_message(claire.id, sent.message_id)
    assert claire.answers == ()
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(claire.id, sent.message_id)


async def test_chat_actions_are_seen_and_unknown_ones_refused(bot: Bot, claire: Person) -> None:
    await bot.send_chat_action(claire.id, ChatAction.TYPING)
    assert claire.actions == ("typing",)
    with pytest.raises(BadRequest, match="Wrong parameter action"):
        await bot.send_chat_action(claire.id, "dancing")
