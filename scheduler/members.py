"""Staff: a number, a role, a chat behind an encrypted id, and a label that their admins chose. No name is asked."""

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import sqlite_utils

from knowledge.authors import Author, Role, Via
from knowledge.database import Database
from knowledge.history import append
from scheduler import staff_chats
from scheduler.counters import find_mark, mark
from scheduler.errors import TooFewAdminsError, UnknownMemberError
from scheduler.outbox import text_of
from scheduler.ports import Identities

_SEEDED = "staff_setting"
_CODE_BYTES = 12
_FEWEST_ADMINS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody of the team, as a command of theirs finds them.

    Attributes:
        via: Where they are acting now.
        label: What their admins call them, « Service mobilités »; may be empty.
    """

    id: int
    role: Role
    label: str
    joined_at: datetime
    via: Via = Via.TELEGRAM

    @property
    def author(self) -> Author:
        """As the record knows them."""
        return Author(member=self.id, role=self.role, via=self.via)


class Members:
    """The table ``members``; rights are read from it at every command, never kept."""

    def __init__(self, database: Database, identities: Identities) -> None:
        self._database = database
        self._identities = identities

    def of_chat(self, chat_id: int) -> Member | None:
        """The member who speaks in a private chat."""
        index = self._identities.index(chat_id)
        return self._find("chat_index = ?", index, Via.TELEGRAM)

    def at_console(self, number: int, code: str) -> Member | None:
        """The member of this number, if the code is theirs."""
        row = self._database.read().execute("SELECT code FROM members WHERE id = ?", [number]).fetchone()
        if row is None or row[0] is None or not hmac.compare_digest(row[0], digest(code)):
            return None
        return self._find("id = ?", number, Via.CONSOLE)

    def get(self, number: int) -> Member:
        """An active member.

        Raises:
            UnknownMemberError: There is none of this number.
        """
        found = self._find("id = ?", number, Via.TELEGRAM)
        if found is None:
            raise UnknownMemberError(number)
        return found

    def list_active(self) -> tuple[Member, ...]:
        """The team, in the order in which it was joined."""
        rows = self._database.read().query("SELECT * FROM members WHERE removed_at IS NULL ORDER BY id")
        return tuple(_member(row, Via.TELEGRAM) for row in rows)

    def chats(self) -> tuple[tuple[int, Role], ...]:
        """The chats of the team, with their roles."""
        rows = self._database.read().execute(
            "SELECT chat_cipher, role FROM members WHERE removed_at IS NULL AND chat_cipher IS NOT NULL ORDER BY id"
        )
        return tuple((self._identities.open(cipher), Role(role)) for cipher, role in rows)

    def seed(self, listed: Iterable[tuple[int, Role]], now: datetime) -> int:
        """Add the first members, from the settings; only when the list is not the one of the last start.

        So somebody whom the team has removed since does not come back at the next start.
        """
        entries = [(self._identities.seal(user), role) for user, role in listed]
        text = b"".join(sorted(sealed.index + role.encode() for sealed, role in entries))
        added = 0
        with self._database.write() as db:
            if find_mark(db, _SEEDED) == (seen := sha256(text).hexdigest()):
                return 0
            for sealed, role in entries:
                if not db.execute("SELECT 1 FROM members WHERE chat_index = ?", [sealed.index]).fetchone():
                    add(db, role, "", now, cipher=sealed.cipher, index=sealed.index, by=None)
                    added += 1
            mark(db, _SEEDED, seen)
        return added

    def set_role(self, number: int, role: Role, by: Author, now: datetime) -> None:
        """Give another role.

        Raises:
            UnknownMemberError: There is no such member.
            TooFewAdminsError: Nobody, or only one person, would be left to lead the team.
        """
        with self._database.write() as db:
            old = _role_of(db, number)
            if old is Role.ADMIN and role is not Role.ADMIN:
                _keep_admins(db)
            db.execute("UPDATE members SET role = ? WHERE id = ?", [role, number])
            append(db, "member.role", {"member": number, "old": old, "new": role}, by, now)

    def remove(self, number: int, by: Author, now: datetime) -> None:
        """Take somebody off the team: the number stays in the record, what leads to the person is erased.

        Raises:
            UnknownMemberError, TooFewAdminsError: As for ``set_role``.
        """
        with self._database.write() as db:
            if _role_of(db, number) is Role.ADMIN:
                _keep_admins(db)
            take_off(db, number, by, now)

    def new_code(self, number: int, by: Author, now: datetime) -> str:
        """A new personal code for the console; only its hash is kept, and an older one is void."""
        code = secrets.token_hex(_CODE_BYTES)
        with self._database.write() as db:
            _role_of(db, number)
            db.execute("UPDATE members SET code = ? WHERE id = ?", [digest(code), number])
            append(db, "member.code", {"member": number}, by, now)
        return code

    def _find(self, condition: str, value: object, via: Via) -> Member | None:
        rows = self._database.read().query(
            f"SELECT * FROM members WHERE {condition} AND removed_at IS NULL",  # noqa: S608 - conditions of this module
            [value],
        )
        return next((_member(row, via) for row in rows), None)


def add(
    db: sqlite_utils.Database,
    role: Role,
    label: str,
    now: datetime,
    *,
    cipher: bytes | None,
    index: bytes | None,
    by: Author | None,
) -> int:
    """Add a member inside the caller's transaction; without a chat they work at the console. Returns the number."""
    cursor = db.execute(
        "INSERT INTO members(chat_cipher, chat_index, role, label, joined_at) VALUES (?, ?, ?, ?, ?)",
        [cipher, index, role, label, text_of(now)],
    )
    number = int(cursor.lastrowid or 0)
    append(db, "member.joined", {"member": number, "role": role}, by, now)
    return number


def take_off(db: sqlite_utils.Database, number: int, by: Author, now: datetime) -> None:
    """Erase what leads to a member, inside the caller's transaction; the number stays in the record."""
    staff_chats.leave(db, number, now)
    db.execute(
        "UPDATE members SET removed_at = ?, chat_cipher = NULL, chat_index = NULL, code = NULL, label = ''"
        " WHERE id = ?",
        [text_of(now), number],
    )
    db.execute("DELETE FROM pending_inputs WHERE member = ?", [number])
    append(db, "member.removed", {"member": number}, by, now)


def role_now(db: sqlite_utils.Database, number: int) -> Role | None:
    """The role of a member at this moment, inside a transaction; None when they are no longer of the team."""
    row = db.execute("SELECT role FROM members WHERE id = ? AND removed_at IS NULL", [number]).fetchone()
    return Role(row[0]) if row else None


def digest(code: str) -> bytes:
    """A code as kept: it is long and random, so a plain hash of it tells nothing."""
    return sha256(code.strip().encode()).digest()


def _role_of(db: sqlite_utils.Database, number: int) -> Role:
    role = role_now(db, number)
    if role is None:
        raise UnknownMemberError(number)
    return role


def _keep_admins(db: sqlite_utils.Database) -> None:
    """One admin fewer: the last one stays, and so does the second."""
    admins = db.execute("SELECT count(*) FROM members WHERE role = 'admin' AND removed_at IS NULL").fetchone()[0]
    if admins <= _FEWEST_ADMINS:
        raise TooFewAdminsError(admins)


def _member(row: dict[str, Any], via: Via) -> Member:
    return Member(
        id=row["id"],
        role=Role(row["role"]),
        label=row["label"],
        joined_at=datetime.fromisoformat(row["joined_at"]),
        via=via,
    )
