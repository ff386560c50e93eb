from datetime import timedelta

from bot.conversation.memory import KEPT, ChatState, Memory
from tests.bot.conftest import NOW


def asked(question: str) -> ChatState:
    return ChatState(question=question)


def test_a_chat_is_remembered_for_thirty_minutes_and_no_longer() -> None:
    memory = Memory()
    memory.keep(1, asked("a"), NOW)
    assert memory.recall(1, NOW + KEPT).question == "a"
    assert memory.recall(1, NOW + KEPT + timedelta(seconds=1)).question is None


def test_the_longest_silent_is_forgotten_first() -> None:
    memory = Memory(most=2)
    for chat in (1, 2, 1, 3):
        memory.keep(chat, asked(str(chat)), NOW)
    assert [memory.recall(chat, NOW).question for chat in (1, 2, 3)] == ["1", None, "3"]


def test_what_is_over_leaves_the_memory() -> None:
    memory = Memory()
    memory.keep(1, asked("a"), NOW)
    memory.keep(2, asked("b"), NOW + timedelta(minutes=20))
    memory.forget(NOW + timedelta(minutes=31))
    assert memory.recall(1, NOW).question is None
    assert memory.recall(2, NOW + timedelta(minutes=31)).question == "b"
