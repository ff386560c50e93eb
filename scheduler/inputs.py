"""What a member was asked to type or to send next; kept in the base, so that a restart forgets nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from knowledge.database import Database
from scheduler.outbox import text_of

WAITED_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """One thing asked for.

    Attributes:
        purpose: Who takes it, ``ann_text``.
        ref: About what, ``12``.
    """

    purpose: str
    ref: str


class Inputs:
    """The table ``pending_inputs``: at most one a member."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ask(self, member: int, *, purpose: str, ref: str, now: datetime) -> None:
        """The member's next message is this; what was asked before is not waited for any more."""
        with self._database.write() as db:
            db.execute(
                "INSERT INTO pending_inputs VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET purpose = excluded.purpose,"
                " ref = excluded.ref, asked_at = excluded.asked_at",
                [member, purpose, ref, text_of(now)],
            )

    def find(self, member: int, now: datetime) -> Pending | None:
        """What is waited for, within the hour."""
        row = (
            self._database.read()
            .execute(
                "SELECT purpose, ref FROM pending_inputs WHERE member = ? AND asked_at > ?",
                [member, text_of(now - WAITED_FOR)],
            )
            .fetchone()
        )
        return Pending(purpose=row[0], ref=row[1]) if row else None

    def drop(self, member: int) -> None:
        """Wait for nothing."""
        with self._database.write() as db:
            db.execute("DELETE FROM pending_inputs WHERE member = ?", [member])
