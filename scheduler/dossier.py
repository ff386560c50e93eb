"""Everything held about one person: given to them as JSON values, or erased for good."""

import logging
from datetime import datetime
from typing import Any

from knowledge.database import Database
from knowledge.errors import DatabaseError
from scheduler.errors import UnknownSubscriberError
from scheduler.subscribers import EndedReason, forget

logger = logging.getLogger(__name__)


def dossier(database: Database, subscriber: int) -> dict[str, Any]:
    """Every row that has this number; what is sealed is described, not shown.

    Raises:
        UnknownSubscriberError: Nobody has it.
    """
    db = database.read()
    found = next(db.query(_SUBSCRIBER, [subscriber]), None)
    if found is None:
        raise UnknownSubscriberError(subscriber)
    return {
        "subscriber": found | {"chat_id": "encrypted, with a keyed index to find it; the chat is this one"},
        "subscriptions": list(db.query(_SUBSCRIPTIONS, [subscriber])),
        "already_told": list(db.query("SELECT commitment, upto FROM heard WHERE subscriber = ?", [subscriber])),
        "deliveries": list(db.query(_DELIVERIES, [subscriber])),
    }


def erase(database: Database, subscriber: int, now: datetime) -> None:
    """Forget a person: no table has them afterwards, nor the pages of the file, nor the write-ahead log."""
    # Of this connection: what is deleted is overwritten with zeros.
    database.read().execute("PRAGMA secure_delete = ON")
    with database.write() as db:
        forget(db, subscriber, EndedReason.ERASED, now)
    scrub(database)


def scrub(database: Database) -> None:
    """Move everything from the write-ahead log into the file, and empty the log: it still holds pages as they were."""
    try:
        busy, _, _ = database.read().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except DatabaseError as error:
        logger.warning("the write-ahead log was not emptied: %s", type(error).__name__)
        return
    if busy:
        logger.warning("the write-ahead log was not emptied: somebody reads; it will be at the next occasion")


_SUBSCRIBER = (
    "SELECT id, kind, hour, quiet, paused_until, created_at, ended_at, ended_reason FROM subscribers WHERE id = ?"
)
_SUBSCRIPTIONS = (
    "SELECT id, target_kind, target, frequency, condition, state_monthly, created_at, consent_version"
    " FROM subscriptions WHERE subscriber = ? ORDER BY id"
)
_DELIVERIES = (
    "SELECT kind, state, part, facts, body, attempts, message_id, error, created_at, updated_at"
    " FROM outbox WHERE subscriber = ? ORDER BY id"
)
