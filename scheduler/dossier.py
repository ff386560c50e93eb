"""Everything held about one person, as JSON values, to be given to them."""

from typing import Any

from knowledge.database import Database
from scheduler.errors import UnknownSubscriberError

_SUBSCRIBER = (
    "SELECT id, kind, hour, quiet, paused_until, created_at, ended_at, ended_reason, idle_since,"
    " notices_only"
    " FROM subscribers WHERE id = ?"
)
_SUBSCRIPTIONS = (
    "SELECT id, target_kind, target, frequency, condition, state_monthly, created_at, consent_version"
    " FROM subscriptions WHERE subscriber = ? ORDER BY id"
)
_MEMBER = (
    "SELECT id AS member, role, label, joined_at, code IS NOT NULL AS has_console_code FROM members"
    " WHERE chat_index = ? AND removed_at IS NULL"
)
_ENQUIRIES = "SELECT question, asked_at, consent_version FROM enquiries WHERE subscriber = ? ORDER BY id"
_DELIVERIES = (
    "SELECT o.kind, o.state, o.part, o.facts, coalesce(b.body, o.body) AS body, o.attempts, o.message_id, o.error,"
    " o.created_at, o.updated_at"
    " FROM outbox o LEFT JOIN shared_bodies b ON b.name = o.body WHERE o.subscriber = ? ORDER BY o.id"
)


def membership(database: Database, index: bytes) -> dict[str, Any] | None:
    """What is held about somebody because they are of the team; None when they are not.

    Args:
        index: Of their chat, as ``Identities`` makes it.
    """
    return next(database.read().query(_MEMBER, [index]), None)


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
        "questions_to_staff": list(db.query(_ENQUIRIES, [subscriber])),
        "deliveries": list(db.query(_DELIVERIES, [subscriber])),
    }
