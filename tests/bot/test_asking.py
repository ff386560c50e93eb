import json
from collections.abc import Iterable
from typing import Any

import pytest

from bot import asking
from bot.conversation.talk import Conversation
from knowledge.catalogue import Catalogue
from tests.bot.conftest import NOW

KEYS = ["id", "outcome", "commitments", "suggestions", "number", "score", "reason", "text"]


def answered(conversation: Conversation, catalogue: Catalogue, lines: Iterable[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in asking.batch(lines, conversation, catalogue, lambda: NOW)]


def test_an_answer_has_every_key_in_order(conversation: Conversation, catalogue: Catalogue) -> None:
    (record,) = answered(
        conversation, catalogue, [b'{"id": "d1", "q": "O\\u00f9 en est le plan Pleine terre ?", "x": 1}']
    )
    assert list(record) == KEYS
    assert record["id"] == "d1" and record["outcome"] == "answer" and record["commitments"][0] == "p11"
    assert 1 <= len(record["commitments"]) <= 5 and 0 <= record["score"] <= 1
    assert "<" not in record["text"] and "Pleine terre" in record["text"]


@pytest.mark.parametrize(
    ("line", "identifier"),
    [
        (b"", None),
        (b"not json", None),
        (b"[1, 2]", None),
        (b'{"id": "a"}', "a"),
        (b'{"id": "b", "q": 3}', "b"),
        (b'{"id": "c", "turns": []}', "c"),
        (b'{"id": "d", "turns": "text"}', "d"),
        (b'{"id": "e", "turns": ["text", null]}', "e"),
        (b'{"id": "f", "q": "\xff"}', "f"),
        (b'{"id": 5, "q": ""}', 5),
        (b"[" * 100_000, None),
    ],
)
def test_a_broken_line_is_refused_and_the_others_go_on(
    conversation: Conversation, catalogue: Catalogue, line: bytes, identifier: object
) -> None:
    good = b'{"id": "ok", "q": "merci"}'
    first, second = answered(conversation, catalogue, [line, good])
    assert (first["id"], first["outcome"], first["reason"]) == (identifier, "refusal", "bad_input")
    assert (second["id"], second["outcome"]) == ("ok", "menu")


def test_turns_share_a_context_and_lines_do_not(conversation: Conversation, catalogue: Catalogue) -> None:
    turns = b'{"id": 1, "turns": ["/start p25", "et la d\\u00e9lib\\u00e9ration ?"]}'
    alone = b'{"id": 2, "q": "et la d\\u00e9lib\\u00e9ration ?"}'
    first, second = answered(conversation, catalogue, [turns, alone])
    assert first["commitments"][0] == "p25"
    assert second["commitments"][:1] != ["p25"]


def test_a_list_is_whole_in_the_text(conversation: Conversation, catalogue: Catalogue) -> None:
    (record,) = answered(conversation, catalogue, [b'{"q": "liste des chantiers prioritaires"}'])
    assert record["outcome"] == "list" and len(record["commitments"]) == 28
    assert "\n28. " in record["text"]


def test_halves_of_characters_are_marked() -> None:
    assert asking.clean("a\ud800\udcffb") == "a\ufffd\ufffdb"
