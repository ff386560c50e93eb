"""The chats of the team, as the outbox sees them: a row among the subscribers, made when staff are first written to.

Such a row follows nothing, and is only for notices until its owner begins to use the bot as anybody does.
"""

from collections.abc import Iterable
from datetime import datetime

import sqlite_utils

from knowledge.authors import Role
from scheduler.outbox import text_of
from scheduler.subscribers import EndedReason, forget


def addressees(db: sqlite_utils.Database, needed: Role, now: datetime) -> tuple[int, ...]:
    """Subscriber numbers of the members who may do this, inside the caller's transaction: notices can be enqueued."""
    roles = [role for role in Role if role.may(needed)]
    which = f"m.role IN ({', '.join('?' * len(roles))})"
    _know(db, which, roles, now)
    return tuple(row[0] for row in db.execute(f"{_OPEN} AND {which} ORDER BY s.id", roles))


def chat_of(db: sqlite_utils.Database, member: int | None, now: datetime, *, speaks: bool = False) -> int | None:
    """The subscriber number behind a member's own chat; None when they have none, or closed it to the bot.

    Args:
        speaks: They have just written there, so it is open, whatever was known of it.
    """
    _know(db, "m.id = ?", [member], now)
    if speaks:
        db.execute(
            "UPDATE subscribers SET ended_at = NULL, ended_reason = NULL"
            " WHERE chat_index = (SELECT chat_index FROM members WHERE id = ? AND removed_at IS NULL)",
            [member],
        )
    row = db.execute(f"{_OPEN} AND m.id = ?", [member]).fetchone()
    return int(row[0]) if row else None


def leave(db: sqlite_utils.Database, member: int, now: datetime) -> None:
    """Write to a member no more, inside the transaction that takes them off the team, before it does.

    What they are told as anybody is, and follow, stays theirs.
    """
    row = db.execute(
        "SELECT s.id, s.notices_only FROM subscribers s JOIN members m ON m.chat_index = s.chat_index WHERE m.id = ?",
        [member],
    ).fetchone()
    if row is None:
        return
    if row[1]:
        forget(db, row[0], EndedReason.ERASED, now)
    else:
        db.execute(_TAKE_BACK, [text_of(now), row[0]])


def _know(db: sqlite_utils.Database, which: str, values: Iterable[object], now: datetime) -> None:
    db.execute(
        "INSERT INTO subscribers(chat_cipher, chat_index, kind, hour, quiet, created_at, idle_since, notices_only)"  # noqa: S608 - named here
        " SELECT m.chat_cipher, m.chat_index, 'private', '09:00', 'none', ?, ?, 1 FROM members m"
        f" WHERE m.removed_at IS NULL AND m.chat_index IS NOT NULL AND {which} ON CONFLICT(chat_index) DO NOTHING",
        [text_of(now), text_of(now), *values],
    )


_OPEN = """
SELECT s.id FROM members m JOIN subscribers s ON s.chat_index = m.chat_index
WHERE m.removed_at IS NULL AND s.ended_at IS NULL
"""
# The answer to a question of their own is no business of the team's.
_TAKE_BACK = """
UPDATE outbox SET state = 'cancelled', error = 'left the team', updated_at = ?
WHERE subscriber = ? AND state = 'pending' AND kind = 'notice' AND ref NOT LIKE 'enquiry:%'
"""
