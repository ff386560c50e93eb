"""Invitations to the team: a link that works once, for 24 hours."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from knowledge.authors import Author, Role, Via
from knowledge.database import Database
from knowledge.history import append
from scheduler import members
from scheduler.errors import AlreadyMemberError, InviteError
from scheduler.members import Member, digest
from scheduler.outbox import text_of
from scheduler.ports import Identities

LASTS = timedelta(hours=24)
_CODE_BYTES = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """What a new member gets: their number and role, and a code when they join at the console."""

    member: int
    role: Role


class Invites:
    """The table ``invites``; only hashes of the codes are kept."""

    def __init__(self, database: Database, identities: Identities) -> None:
        self._database = database
        self._identities = identities

    def make(self, role: Role, label: str, by: Member, now: datetime) -> str:
        """A new code, for whoever opens it first."""
        code = secrets.token_urlsafe(_CODE_BYTES)
        with self._database.write() as db:
            db.execute(
                "INSERT INTO invites(code, role, label, made_by, made_at) VALUES (?, ?, ?, ?, ?)",
                [digest(code), role, label, by.id, text_of(now)],
            )
            append(db, "member.invited", {"role": role}, by.author, now)
        return code

    def accept(self, code: str, chat_id: int | None, now: datetime) -> Invited:
        """Join the team; without a chat, at the console.

        Raises:
            InviteError: Unknown, used, or older than 24 hours; or who made it may no longer invite.
            AlreadyMemberError: This chat is of the team already; the code stays good.
        """
        sealed = self._identities.seal(chat_id) if chat_id is not None else None
        via = Via.CONSOLE if chat_id is None else Via.TELEGRAM
        with self._database.write() as db:
            row = db.execute(
                "SELECT role, label, made_by FROM invites WHERE code = ? AND used_at IS NULL AND made_at > ?",
                [digest(code), text_of(now - LASTS)],
            ).fetchone()
            if row is None or members.role_now(db, row[2]) is not Role.ADMIN:
                raise InviteError
            if sealed is not None:
                known = db.execute("SELECT id FROM members WHERE chat_index = ?", [sealed.index]).fetchone()
                if known:
                    raise AlreadyMemberError(known[0])
            db.execute("UPDATE invites SET used_at = ? WHERE code = ?", [text_of(now), digest(code)])
            role = Role(row[0])
            number = members.add(
                db,
                role,
                row[1],
                now,
                cipher=sealed.cipher if sealed else None,
                index=sealed.index if sealed else None,
                by=Author(member=row[2], role=Role.ADMIN, via=via),
            )
        return Invited(member=number, role=role)
