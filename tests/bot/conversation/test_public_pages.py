"""The way from a card to its page on the public site, when there is one."""

import pytest

from bot.conversation.commands import Identity
from bot.conversation.kept import Kept
from bot.conversation.recent import Recent
from bot.conversation.talk import Conversation
from bot.replies import Turn
from knowledge.service import Knowledge
from tests.bot.conftest import NOW, PARIS

CHAT = 7
PAGE = "https://suivi.example.org/nantes/engagements/p11.html"


def links(turn: Turn) -> list[str]:
    return [button.url for reply in turn.replies for button in reply.buttons if button.url]


@pytest.fixture(params=["https://suivi.example.org/nantes", "https://suivi.example.org/nantes/"])
def linked(request: pytest.FixtureRequest, knowledge: Knowledge, kept: Kept, recent: Recent) -> Conversation:
    return Conversation(knowledge, Identity(site=request.param), PARIS, kept, recent)


@pytest.mark.parametrize("message", ["où en est le plan pleine terre ?", "/start p11", "p11"])
def test_each_card_leads_to_its_page(linked: Conversation, message: str) -> None:
    turn = linked.say(CHAT, message, NOW)
    assert links(turn) == [PAGE]
    (button,) = (button for button in turn.replies[-1].buttons if button.url)
    assert button.label == "Voir la page" and button.data is None


def test_a_card_behind_a_button_does_too(linked: Conversation) -> None:
    assert links(linked.press(CHAT, "c:p11", NOW)) == [PAGE]
    assert links(linked.press(CHAT, "l:kp:1", NOW)) == []


def test_without_a_site_no_card_has_a_link(conversation: Conversation) -> None:
    assert links(conversation.say(CHAT, "/start p11", NOW)) == []
