"""Approvals that end by themselves: too old, or of people who may not give them any more."""

from datetime import datetime, timedelta

import sqlite_utils

from knowledge.authors import Role
from knowledge.history import append
from scheduler.announcements.records import Announcement, list_in
from scheduler.announcements.states import Act, State, after
from scheduler.members import role_now
from scheduler.outbox import RESTORED, text_of

APPROVED_FOR = timedelta(hours=72)
_CLOCKS_DIFFER = timedelta(hours=1)
# Where somebody's word is relied upon.
LAPSING = (State.SUBMITTED, State.APPROVED, State.SCHEDULED)


def lapse(db: sqlite_utils.Database, now: datetime) -> tuple[int, ...]:
    """End what does not hold any more, inside the caller's transaction; returns the announcements concerned.

    Two people stand behind an announcement until it starts: when one of them leaves the team, or loses the role, it
    is a draft again.
    """
    ended = []
    for found in list_in(db, *LAPSING):
        if _is_unsupported(db, found):
            _end(db, found, Act.VOID, "role", now)
        elif found.approved_at is not None and not _is_fresh(found.approved_at, now):
            _end(db, found, Act.EXPIRE, "expired", now)
        else:
            continue
        ended.append(found.id)
    return tuple(ended)


def _is_fresh(approved_at: datetime, now: datetime) -> bool:
    """Of at most 72 hours ago; one given by a clock that ran ahead would be good for as long as that was wrong."""
    return approved_at - _CLOCKS_DIFFER <= now < approved_at + APPROVED_FOR


def void_restored(db: sqlite_utils.Database, now: datetime) -> None:
    """In a restored base, take back every approval, inside the caller's transaction: it may have left since."""
    for found in list_in(db, *LAPSING):
        _end(db, found, Act.VOID, RESTORED, now)


def _is_unsupported(db: sqlite_utils.Database, found: Announcement) -> bool:
    behind = [(found.submitted_by, Role.EDITOR)]
    if found.state is not State.SUBMITTED:
        behind.append((found.approved_by, Role.APPROVER))
    roles = ((role_now(db, member) if member is not None else None, needed) for member, needed in behind)
    return any(role is None or not role.may(needed) for role, needed in roles)


def _end(db: sqlite_utils.Database, found: Announcement, act: Act, reason: str, now: datetime) -> None:
    db.execute(
        "UPDATE announcements SET state = ?, version = version + 1, reason = ?, approved_by = NULL, approved_at = NULL,"
        " updated_at = ? WHERE id = ?",
        [after(found.id, found.state, act), reason, text_of(now), found.id],
    )
    append(db, f"announcement.{act}", {"announcement": found.id, "why": reason}, None, now)
