"""Conversations on the real knowledge base."""

from zoneinfo import ZoneInfo

import pytest

from bot.conversation.commands import Identity
from bot.conversation.talk import Conversation
from knowledge.service import Knowledge
from tests.conftest import KEPT_INDEX as KEPT_INDEX
from tests.conftest import NOW as NOW

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def conversation(knowledge: Knowledge) -> Conversation:
    return Conversation(knowledge, Identity(operator="Association X", contact="x@example.org"), PARIS)
