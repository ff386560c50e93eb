"""Going everywhere by buttons alone."""

from collections import deque

from bot.conversation.talk import Conversation
from bot.keyboards import LONGEST_DATA
from bot.replies import Button, Caller, Turn
from knowledge.catalogue import Catalogue
from scheduler.errors import UnknownSubscriptionError
from tests.bot.conftest import NOW
from tests.bot.texts.reading import assert_is_a_message

_MOST_BUTTONS = 100


def check(turn: Turn) -> None:
    assert turn.replies
    for reply in turn.replies:
        assert_is_a_message(reply.text)
        assert len(reply.buttons) <= _MOST_BUTTONS
        for button in reply.buttons:
            assert 0 < len(button.label) <= 80
            assert (button.data is None) != (button.url is None)
            assert button.data is None or len(button.data.encode()) <= LONGEST_DATA


def pressed_from(conversation: Conversation, start: Turn, most: int) -> dict[str, int]:
    """Every button within so many presses, and how many presses away."""
    away: dict[str, int] = {}
    waiting: deque[tuple[Button, int]] = deque((button, 1) for button in start.replies[-1].buttons)
    while waiting:
        button, presses = waiting.popleft()
        if button.data is None or button.data in away:
            continue
        away[button.data] = presses
        try:
            turn = conversation.carry_out(conversation.press(1, button.data, NOW), Caller(chat=1), NOW)
        except UnknownSubscriptionError:
            # Another button has stopped it meanwhile.
            continue
        check(turn)
        if presses < most:
            waiting.extend((each, presses + 1) for each in turn.replies[-1].buttons)
    return away


def test_any_card_is_at_most_three_presses_away(conversation: Conversation, catalogue: Catalogue) -> None:
    start = conversation.say(1, "/start", NOW)
    check(start)
    away = pressed_from(conversation, start, most=3)
    assert {f"c:{each.id}" for each in catalogue.commitments} <= away.keys()


def test_two_filters_combine_in_three_presses(conversation: Conversation) -> None:
    away = pressed_from(conversation, conversation.say(1, "/statuts", NOW), most=2)
    assert {f"l:{orientation}.se:1" for orientation in ("o1", "o2", "o3", "o4", "o5")} <= away.keys()
