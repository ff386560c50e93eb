"""Inline queries: what a person types after the bot's name in any chat."""

import pytest
from telegram import (
    Bot,
    InlineQueryResultArticle,
    InlineQueryResultPhoto,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.error import BadRequest
from telegram.ext import ContextTypes, InlineQueryHandler

from bot.localapi import LocalBotApi, Person
from tests.bot.localapi.conftest import Serve


def article(id: str = "p17", title: str = "Pleine terre", text: str = "<b>a</b>") -> InlineQueryResultArticle:
    content = InputTextMessageContent(text, parse_mode="HTML")
    return InlineQueryResultArticle(id, title, content, description="Orientation 2")


async def test_an_inline_query_is_answered(api: LocalBotApi, claire: Person, serve: Serve) -> None:
    async def offer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.inline_query is not None
        results = [article(text=f"<b>{update.inline_query.query}</b> /aide")]
        await update.inline_query.answer(results, cache_time=0, is_personal=True, next_offset="5")

    async with serve(InlineQueryHandler(offer)):
        asked = await claire.types_inline("pleine terre")
        await api.settled()
    assert asked.answer is not None
    (result,) = asked.answer.results
    assert (result.id, result.title, result.description) == ("p17", "Pleine terre", "Orientation 2")
    assert (result.text, [e.type for e in result.entities]) == (
        "pleine terre /aide",
        ["bold", "bot_command"],
    )
    assert (asked.answer.next_offset, asked.answer.cache_time, asked.answer.is_personal) == ("5", 0, True)


async def test_an_inline_query_is_answered_once(bot: Bot, claire: Person) -> None:
    asked = await claire.types_inline("a")
    await bot.answer_inline_query(asked.id, [])
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_inline_query(asked.id, [])


@pytest.mark.parametrize(
    ("results", "why"),
    [
        ([article(), article()], "Result_id_duplicate"),
        ([article(id="x" * 65)], "Result_id_invalid"),
        ([article(title="")], 'Field "title"'),
        ([article(text="<p>")], "Can't parse entities"),
        ([article(text="x" * 4097)], "Message is too long"),
        ([article(text="")], "Message text is empty"),
        ([InlineQueryResultPhoto("1", "https://a.fr/a.jpg", "https://a.fr/a.jpg")], "unsupported type"),
    ],
)
async def test_wrong_results_are_refused(
    bot: Bot, claire: Person, results: list[InlineQueryResultArticle], why: str
) -> None:
    asked = await claire.types_inline("a")
    with pytest.raises(BadRequest, match=f"(?i){why}"):
        await bot.answer_inline_query(asked.id, results)
    assert asked.answer is None


async def test_50_results_are_the_most_and_buttons_are_checked(bot: Bot, claire: Person) -> None:
    asked = await claire.types_inline("a")
    many = [article(id=str(number)).to_dict() for number in range(51)]
    wrong = article().to_dict() | {"reply_markup": {"inline_keyboard": [[{"text": "a"}]]}}
    for results, why in ((many, "Results_too_much"), ([wrong], "Text buttons are unallowed")):
        with pytest.raises(BadRequest, match=f"(?i){why}"):
            await bot.answer_inline_query(asked.id, [], api_kwargs={"results": results})


@pytest.mark.parametrize(("parameter", "fits"), [("suivre-p07", True), ("suivre p07", False), ("", False)])
async def test_the_button_over_the_results_carries_a_deep_link(
    bot: Bot, claire: Person, parameter: str, fits: bool
) -> None:
    asked = await claire.types_inline("a")
    button = InlineQueryResultsButton("Ouvrir", start_parameter=parameter)
    if fits:
        await bot.answer_inline_query(asked.id, [], button=button)
        assert asked.answer is not None and asked.answer.button is not None
    else:
        with pytest.raises(BadRequest, match="Start_param_invalid"):
            await bot.answer_inline_query(asked.id, [], button=button)
