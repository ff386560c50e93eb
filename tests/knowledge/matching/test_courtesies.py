"""Greetings, thanks, good-byes and calls for help, and what is none of them."""

import pytest

from knowledge.matching.meaning import Menu, Outcome
from tests.knowledge.matching.conftest import Say


@pytest.mark.parametrize(
    ("message", "menu"),
    [
        ("bonjour", Menu.HELLO),
        ("Salut à tous !", Menu.HELLO),
        ("slt", Menu.HELLO),
        ("hello there", Menu.HELLO),
        ("merci beaucoup", Menu.THANKS),
        ("bonjour et merci", Menu.THANKS),
        ("MERCI !!!", Menu.THANKS),
        ("thx", Menu.THANKS),
        ("au revoir", Menu.GOODBYE),
        ("bonne soirée à vous", Menu.GOODBYE),
        ("merci, au revoir", Menu.THANKS),
        ("aide", Menu.HELP),
        ("comment ça marche ?", Menu.HELP),
        ("menu", Menu.HELP),
    ],
)
def test_a_courtesy_and_nothing_else(say: Say, message: str, menu: Menu) -> None:
    meaning = say(message)
    assert (meaning.outcome, meaning.menu) == (Outcome.MENU, menu)


@pytest.mark.parametrize(
    "message",
    [
        "bonjour, où en est le plan pleine terre ?",
        "merci de me dire si la ressourcerie est ouverte",
        "aide aux commerces",
        "une aide pour les jeunes",
        "",
        "le plan vélo",
    ],
)
def test_a_question_with_a_greeting_is_a_question(say: Say, message: str) -> None:
    assert say(message).outcome is not Outcome.MENU
