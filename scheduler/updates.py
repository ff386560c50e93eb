"""What staff change by hand: recorded once, taken back for a day, looked at again; and who hears of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlite_utils

from knowledge import entering, updating
from knowledge.authors import Author
from knowledge.catalogue import Catalogue
from knowledge.changes import Change, Field
from knowledge.database import Database
from knowledge.entering import Entry, StatusEntry, VoteEntry
from knowledge.errors import UnknownCommitmentError
from knowledge.models import Commitment
from knowledge.store import list_commitments, load_catalogue
from scheduler import drafts
from scheduler.drafts import Draft
from scheduler.hearing import Hearers, News, hearers
from scheduler.members import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What came of an entry.

    Attributes:
        change: Its number; None when all of it was so already.
        before: The commitment as it stood.
    """

    change: int | None
    before: Commitment
    entry: Entry
    hearers: Hearers


class Updates:
    """Every method is one transaction, and reads the base as it is now, not as it was last loaded."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def catalogue(self) -> Catalogue:
        """Everything, as it stands."""
        return load_catalogue(self._database)

    def check(self, entry: Entry, now: datetime) -> Hearers:
        """How many people would hear of an entry.

        Raises:
            KnowledgeError: It breaks a rule of ``entering.check``.
        """
        entering.check(entry, now.date())
        db = self._database.read()
        return _hear(db, _get(db, entry.commitment), entry, now)

    def enter(self, entry: Entry, by: Author, now: datetime) -> Recorded:
        """Record an entry at once.

        Raises:
            KnowledgeError: It breaks a rule of ``entering.check``.
        """
        with self._database.write() as db:
            return _enter(db, entry, by, now)

    def confirm(
        self, member: Member, number: int, version: int, read: Callable[[Draft], Entry], now: datetime
    ) -> Recorded:
        """Record a draft, once.

        Args:
            read: The entry that a draft amounts to.

        Raises:
            StaleDraftError: It was changed or recorded since it was shown.
            KnowledgeError: It breaks a rule of ``entering.check``; the draft stays.
        """
        with self._database.write() as db:
            return _enter(db, read(drafts.take(db, member.id, number, version)), member.author, now)

    def enter_first(self, entry: StatusEntry, by: Author, now: datetime) -> Recorded | None:
        """Record the first status of a commitment; None when it has one already.

        Raises:
            KnowledgeError: It breaks a rule of ``entering.check``.
        """
        with self._database.write() as db:
            if _get(db, entry.commitment).status is not None:
                return None
            return _enter(db, entry, by, now)

    def undo(self, number: int, by: Author, now: datetime) -> tuple[Change, Commitment]:
        """Take a change back; it, and the commitment as it stands then.

        Raises:
            UnknownChangeError, AlreadyUndoneError, TooLateToUndoError, NotUndoableError: See ``entering.undo``.
        """
        with self._database.write() as db:
            change = entering.undo(db, number, now, by=by)
            return change, _get(db, change.commitment)

    def confirm_unchanged(self, commitment: str, by: Author, now: datetime) -> bool:
        """Note that somebody looked and nothing has changed; False when it was looked at today already.

        Raises:
            UnknownCommitmentError: No commitment has this id.
        """
        with self._database.write() as db:
            if _get(db, commitment).checked_at == now.date().isoformat():
                return False
            updating.confirm_unchanged(db, commitment, now, by=by)
            return True

    def hearers(self, news: Iterable[News], now: datetime) -> Hearers:
        """How many people would hear of all this."""
        return hearers(self._database.read(), news, now)


def _enter(db: sqlite_utils.Database, entry: Entry, by: Author, now: datetime) -> Recorded:
    before = _get(db, entry.commitment)
    heard = _hear(db, before, entry, now)
    change = entering.enter(db, before, entry, now, by=by)
    return Recorded(change=change, before=before, entry=entry, hearers=heard)


def _hear(db: sqlite_utils.Database, before: Commitment, entry: Entry, now: datetime) -> Hearers:
    match entry:
        case StatusEntry(status=status):
            news = News(commitment=before.id, field=Field.STATUS, old=before.status, new=status)
        case VoteEntry(vote=vote):
            news = News(commitment=before.id, field=Field.DELIBERATION, old=None, new=vote)
    return hearers(db, (news,), now)


def _get(db: sqlite_utils.Database, commitment: str) -> Commitment:
    found = next((each for each in list_commitments(db) if each.id == commitment), None)
    if found is None:
        raise UnknownCommitmentError(commitment)
    return found
