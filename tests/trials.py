"""A conversation on the real base that keeps nothing, as the terminal chat is."""

from datetime import tzinfo

from bot.conversation.commands import Identity
from bot.conversation.recent import Recent
from bot.conversation.talk import Conversation
from bot.keeping import try_out
from knowledge.database import Database
from knowledge.service import Knowledge
from tests.conftest import NOW

QUIET = "20:00-08:00,sunday"


def trial(knowledge: Knowledge, timezone: tzinfo) -> Conversation:
    """Who answers from this base."""
    copy, kept = try_out(Database(knowledge.path), QUIET)
    recent = Recent(copy)
    recent.read(NOW)
    return Conversation(knowledge, Identity(), timezone, kept, recent)
