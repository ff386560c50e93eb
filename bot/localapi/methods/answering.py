"""The bot's answers to a press of a button and to an inline query: one each, never two."""

import re
from typing import Any

from bot.localapi.calls import Call
from bot.localapi.entities import Json
from bot.localapi.errors import BadRequestError
from bot.localapi.keyboards import read_keyboard
from bot.localapi.methods import Methods
from bot.localapi.queries import InlineAnswer, InlineResult, Toast, too_old
from bot.localapi.texts import checked_text
from bot.localapi.world import World

LONGEST_TOAST = 200
MOST_RESULTS = 50
LONGEST_ID = 64  # bytes
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Answering:
    """The methods that answer what a person waits for."""

    def __init__(self, world: World) -> None:
        self._world = world

    def methods(self) -> Methods:
        """Return the table of this family."""
        return {"answerCallbackQuery": self._answer_press, "answerInlineQuery": self._answer_inline_query}

    def _answer_press(self, call: Call) -> bool:
        press = self._world.presses.get(call.text("callback_query_id"))
        if press is None or press.toast is not None:
            raise too_old()
        if len(call.text("text")) > LONGEST_TOAST:
            raise BadRequestError("MESSAGE_TOO_LONG")
        press.toast = Toast(text=call.text("text"), is_alert=call.flag("show_alert"), url=call.text("url"))
        self._world.bell.ring()
        return True

    def _answer_inline_query(self, call: Call) -> bool:
        query = self._world.inline_queries.get(call.text("inline_query_id"))
        if query is None or query.answer is not None:
            raise too_old()
        query.answer = InlineAnswer(
            results=_results(call.nested("results")),
            next_offset=call.text("next_offset"),
            cache_time=call.integer("cache_time", 300),
            is_personal=call.flag("is_personal"),
            button=_button(call.nested("button")),
        )
        self._world.bell.ring()
        return True


def _results(raw: Any) -> tuple[InlineResult, ...]:
    """Read the offers.

    Raises:
        BadRequestError: Too many, two with the same id, or one that Telegram would not take.
    """
    if not isinstance(raw, list):
        raise BadRequestError("can't parse inline query results JSON object")
    if len(raw) > MOST_RESULTS:
        raise BadRequestError("RESULTS_TOO_MUCH")
    results = tuple(_result(record) for record in raw)
    if len({result.id for result in results}) < len(results):
        raise BadRequestError("RESULT_ID_DUPLICATE")
    return results


def _result(record: Json) -> InlineResult:
    """Read one offer: an article with a text, the only kind this server knows."""
    if record.get("type") != "article":
        raise BadRequestError("can't parse inline query result: unsupported type specified")
    if not 1 <= len(str(record.get("id", "")).encode()) <= LONGEST_ID:
        raise BadRequestError("RESULT_ID_INVALID")
    if not record.get("title"):
        raise BadRequestError('can\'t parse inline query result: Field "title" must be of type String')
    posted = record.get("input_message_content") or {}
    text, entities = checked_text(posted.get("message_text", ""), posted.get("parse_mode", ""), posted.get("entities"))
    markup = record.get("reply_markup")
    return InlineResult(
        id=str(record["id"]),
        title=record["title"],
        description=record.get("description", ""),
        text=text,
        entities=entities,
        keyboard=read_keyboard(markup) if markup else (),
    )


def _button(raw: Any) -> Json | None:
    """Check the button over the results; what it opens the bot with has the letters of a deep link."""
    if raw is None:
        return None
    if "start_parameter" in raw and not _START_PARAMETER.fullmatch(str(raw["start_parameter"])):
        raise BadRequestError("START_PARAM_INVALID")
    return dict(raw)
