"""Conversations on the real knowledge base."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.conversation.commands import Identity
from bot.conversation.kept import Kept
from bot.conversation.recent import Recent
from bot.conversation.talk import Conversation
from bot.keeping import keep
from knowledge.database import Database
from knowledge.service import Knowledge
from scheduler.identities import open_identities
from scheduler.migrations import steps
from scheduler.subscribers import Subscribers
from tests.conftest import KEPT_INDEX as KEPT_INDEX
from tests.conftest import NOW as NOW
from tests.conftest import bring_key

QUIET = "20:00-08:00,sunday"
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def base(database: Path, knowledge: Knowledge, tmp_path: Path) -> Iterator[Database]:
    """A base of one test's own, filled."""
    copy = tmp_path / "bot.db"
    with closing(sqlite3.connect(database)) as live, closing(sqlite3.connect(copy)) as target:
        live.backup(target)
    (tmp_path / "index").symlink_to(KEPT_INDEX)
    bring_key(database, copy)
    opened = Database(copy)
    opened.migrate(steps)
    with opened.write() as db:
        # Other tests run the program on the one that is copied.
        for table in ("outbox", "subscriptions", "heard", "subscribers", "marks", "changes"):
            db.execute(f"DELETE FROM {table}")
    yield opened
    opened.close()


@pytest.fixture
def kept(base: Database) -> Kept:
    identities = open_identities(base)
    return keep(base, Subscribers(base, identities, QUIET), identities)


@pytest.fixture
def recent(base: Database) -> Recent:
    recent = Recent(base)
    recent.read(NOW)
    return recent


@pytest.fixture
def conversation(knowledge: Knowledge, kept: Kept, recent: Recent) -> Conversation:
    return Conversation(knowledge, Identity(operator="Association X", contact="x@example.org"), PARIS, kept, recent)
