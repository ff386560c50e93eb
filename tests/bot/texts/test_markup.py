import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts.markup import LIMIT, escape, link, pack, plain, shortened, typeset, units


def test_the_twin_without_markup_says_the_same() -> None:
    html = f"<b>{escape('Eau & sols <1>')}</b> {link('Voir la page', 'https://a.fr/?b=1&c=2')}"
    assert plain(html) == "Eau & sols <1> Voir la page (https://a.fr/?b=1&c=2)"


def test_french_spaces_do_not_break_lines() -> None:
    assert typeset("« oui » : non ?") == "«\u00a0oui\u00a0»\u00a0: non\u00a0?"


@pytest.mark.parametrize(("text", "length"), [("é", 1), ("😀", 2), ("abc", 3)])
def test_length_is_counted_in_utf16_units(text: str, length: int) -> None:
    assert units(text) == length


def test_blocks_go_into_as_few_messages_as_fit() -> None:
    assert pack(["a" * 3000, "b" * 1000, "", "c" * 1000]) == ("a" * 3000 + "\n\n" + "b" * 1000, "c" * 1000)


@given(st.lists(st.text(max_size=6000), max_size=4))
def test_no_message_is_ever_too_long_and_no_word_is_lost(texts: list[str]) -> None:
    messages = pack(escape(text) for text in texts)
    assert all(units(message) <= LIMIT for message in messages)
    kept = "".join(plain(message) for message in messages)
    squeezed = "".join("".join(texts).replace("\u00a0", "").split())
    assert "".join(kept.replace("\u00a0", "").split()) == squeezed


def test_a_label_is_cut_between_words() -> None:
    assert shortened("Planter des arbres en ville", 20) == "Planter des arbres…"
    assert shortened("Planter", 20) == "Planter"


def test_a_block_longer_than_a_message_is_cut_between_words() -> None:
    messages = pack(["<b>" + "mot &amp; " * 3000 + "</b>"])
    assert len(messages) > 1 and all(units(message) <= LIMIT for message in messages)
    assert not any(message.startswith("ot") or "<b>" in message for message in messages)
