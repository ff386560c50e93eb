"""Questions that people sent to staff by name of their chat: kept until they are answered, thirty days at most.

The answer leaves through the outbox. What ties it to the person is deleted in the transaction that enqueues it: there
is no moment at which it could be answered twice, or be answered and still be kept.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlite_utils

from knowledge.authors import Author
from knowledge.database import Database
from knowledge.history import append
from scheduler.counters import count
from scheduler.errors import TooManyEnquiriesError, UnknownEnquiryError
from scheduler.outbox import Kind, enqueue, text_of
from scheduler.ports import Part

KEPT_FOR = timedelta(days=30)
MOST_OPEN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Enquiry:
    """A question that waits for an answer; who asked it is not shown.

    Attributes:
        draft: The answer as a member has written it, HTML, not sent yet.
    """

    id: int
    question: str
    asked_at: datetime
    draft: str | None


class Enquiries:
    """The table ``enquiries``; every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def send(self, subscriber: int, question: str, now: datetime, *, consent_version: str) -> int:
        """Keep a question for staff; its number. The same question sent twice is one.

        Raises:
            TooManyEnquiriesError: The person has ``MOST_OPEN`` that wait.
        """
        with self._database.write() as db:
            its = dict(db.execute("SELECT question, id FROM enquiries WHERE subscriber = ?", [subscriber]).fetchall())
            if question in its:
                return int(its[question])
            if len(its) >= MOST_OPEN:
                raise TooManyEnquiriesError(MOST_OPEN)
            count(db, "enquiries_sent", 1, now)
            sql = "INSERT INTO enquiries(subscriber, question, asked_at, consent_version) VALUES (?, ?, ?, ?)"
            return int(db.execute(sql, [subscriber, question, text_of(now), consent_version]).lastrowid or 0)

    def withdraw(self, subscriber: int, number: int) -> bool:
        """Delete a question at the wish of who sent it; False when it is not theirs, or gone."""
        with self._database.write() as db:
            sql = "DELETE FROM enquiries WHERE id = ? AND subscriber = ?"
            return bool(db.execute(sql, [number, subscriber]).rowcount)

    def list_open(self) -> tuple[Enquiry, ...]:
        """What waits, the oldest first; not while the chat is closed to the bot, where no answer would arrive."""
        return tuple(_enquiry(row) for row in self._database.read().query(f"{_REACHABLE} ORDER BY e.id"))

    def get(self, number: int) -> Enquiry:
        """One that waits.

        Raises:
            UnknownEnquiryError: It was answered, withdrawn, is over, or its chat is closed to the bot.
        """
        for row in self._database.read().query(f"{_REACHABLE} AND e.id = ?", [number]):
            return _enquiry(row)
        raise UnknownEnquiryError(number)

    def write_draft(self, number: int, draft: str) -> None:
        """Keep an answer to be looked over.

        Raises:
            UnknownEnquiryError: As for ``get``.
        """
        with self._database.write() as db:
            if not db.execute("UPDATE enquiries SET draft = ? WHERE id = ?", [draft, number]).rowcount:
                raise UnknownEnquiryError(number)

    def answer(self, number: int, part: Part, by: Author, now: datetime) -> None:
        """Enqueue the answer and delete what ties the question to the person, in one.

        Raises:
            UnknownEnquiryError: As for ``get``; a second answer finds nothing.
        """
        with self._database.write() as db:
            self._close(db, number, part, now)
            count(db, "enquiries_answered", 1, now)
            append(db, "question.answered", {"enquiry": number}, by, now)

    def _close(self, db: sqlite_utils.Database, number: int, part: Part, now: datetime) -> None:
        row = next(db.query(f"{_REACHABLE} AND e.id = ?", [number]), None)
        if row is None:
            raise UnknownEnquiryError(number)
        ref = f"enquiry:{number}"
        enqueue(db, key=ref, subscriber=row["subscriber"], kind=Kind.NOTICE, ref=ref, part=part, now=now)
        db.execute("DELETE FROM enquiries WHERE id = ?", [number])


def purge(db: sqlite_utils.Database, now: datetime) -> int:
    """Erase what nobody has answered in time, and answers that have left; returns how many were unanswered."""
    limit = text_of(now - KEPT_FOR)
    over = int(db.execute("DELETE FROM enquiries WHERE asked_at < ?", [limit]).rowcount)
    count(db, "enquiries_unanswered", over, now)
    sums = f"SELECT state, count(*) FROM outbox WHERE {_SETTLED} GROUP BY state"  # noqa: S608 - below
    for state, number in list(db.execute(sums)):
        count(db, f"deliveries_{Kind.NOTICE}_{state}", number, now)
    db.execute(f"DELETE FROM outbox WHERE {_SETTLED}")  # noqa: S608 - below
    return over


def _enquiry(row: dict[str, Any]) -> Enquiry:
    return Enquiry(
        id=row["id"],
        question=row["question"],
        asked_at=datetime.fromisoformat(row["asked_at"]),
        draft=row["draft"],
    )


_REACHABLE = "SELECT e.* FROM enquiries e JOIN subscribers s ON s.id = e.subscriber WHERE s.ended_at IS NULL"
_SETTLED = "ref LIKE 'enquiry:%' AND state NOT IN ('pending', 'sending')"
