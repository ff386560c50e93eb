"""What staff enter by hand: held to the rules of a change file, written through ``updating``, taken back for a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlite_utils

from knowledge import noting, undoing, updating
from knowledge.authors import Author
from knowledge.changes import Change, get_change, history
from knowledge.errors import (
    AddressError,
    AlreadyUndoneError,
    FutureDateError,
    ProofMissingError,
    TooLateToUndoError,
    TooLongError,
    UnknownChangeError,
)
from knowledge.exchange.columns import Column
from knowledge.exchange.dates import has_begun
from knowledge.importing.cells import LONGEST, is_address
from knowledge.models import Commitment, Deliberation, Origin, Status

UNDOABLE = timedelta(hours=24)
MOST_WORDS = LONGEST[Column.DELIBERATION_LABEL]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusEntry:
    """A status, and what shows it.

    Attributes:
        date: Since when, ISO cut to what is known.
        url: A page.
        document: A document in words, « procès-verbal du conseil du 27 juin 2025 ».
    """

    commitment: str
    status: Status
    date: str | None = None
    url: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteEntry:
    """A vote of the council."""

    commitment: str
    vote: Deliberation


Entry = StatusEntry | VoteEntry


def check(entry: Entry, today: date) -> None:
    """Hold an entry to the rules.

    Raises:
        ProofMissingError: ``realise`` without a page nor a document.
        FutureDateError: It is dated after today.
        AddressError: The address is none.
        TooLongError: More words than a card can show.
    """
    match entry:
        case StatusEntry(date=day, url=url, document=words):
            if entry.status is Status.REALISE and not (url or words):
                raise ProofMissingError(entry.commitment)
        case VoteEntry(vote=vote):
            day, url, words = vote.date, vote.url, vote.label
    if day is not None:
        check_date(day, today)
    if url is not None:
        check_address(url)
    if words is not None:
        check_words(words)


def check_date(day: str, today: date) -> None:
    """Raises FutureDateError when it is wholly after today."""
    if not has_begun(day, today):
        raise FutureDateError(day)


def check_address(url: str) -> None:
    """Raises AddressError or TooLongError."""
    if not is_address(url):
        raise AddressError(url)
    _check_length(url, LONGEST[Column.SOURCE_URL])


def check_words(words: str) -> None:
    """Raises TooLongError."""
    _check_length(words, MOST_WORDS)


def enter(db: sqlite_utils.Database, now_is: Commitment, entry: Entry, now: datetime, *, by: Author) -> int | None:
    """Write an entry that keeps the rules, inside the caller's transaction.

    Args:
        now_is: The commitment as it stands in this transaction.
        now: Local.

    Returns:
        The change's number; None when all of it was so already.
    """
    if says_nothing_new(now_is, entry):
        return None
    check(entry, now.date())
    match entry:
        case StatusEntry() if entry.status is now_is.status:
            return _say_better(db, now_is, entry, now, by)
        case StatusEntry(status=status, date=day, url=url, document=words):
            return updating.set_status(
                db, now_is.id, status, now, source=Origin.STAFF, by=by, evidence=words, event_date=day, url=url
            )
        case VoteEntry(vote=vote):
            return updating.add_deliberation(db, now_is.id, vote, now, source=Origin.STAFF, by=by)


def says_nothing_new(now_is: Commitment, entry: Entry) -> bool:
    """Whether all of an entry stands there already; a status named alone leaves its date and source as they are."""
    match entry:
        case StatusEntry(status=status, date=day, url=url, document=words):
            if status is not now_is.status:
                return False
            named = (day, url, words)
            known = (now_is.status_date, now_is.status_url, now_is.status_evidence)
            return named == known or not any(named)
        case VoteEntry(vote=vote):
            return any((each.date, each.label) == (vote.date, vote.label) for each in now_is.deliberations)


def undo(db: sqlite_utils.Database, number: int, now: datetime, *, by: Author, within: timedelta = UNDOABLE) -> Change:
    """Take a change of staff's back, inside the caller's transaction; the change that is taken back.

    Raises:
        UnknownChangeError: No change of staff's has this number.
        AlreadyUndoneError: It was taken back.
        TooLateToUndoError: The time for it is over.
        NotUndoableError: Something came after it.
    """
    change = get_change(db, number)
    if change is None or change.source is not Origin.STAFF or change.undoes is not None:
        raise UnknownChangeError(number)
    if any(each.undoes == number for each in history(db, change.commitment)):
        raise AlreadyUndoneError(number)
    if now - change.recorded_at > within:
        raise TooLateToUndoError(number, int(within.total_seconds() // 3600))
    undoing.undo(db, number, now, source=Origin.STAFF, by=by)
    return change


def _say_better(db: sqlite_utils.Database, now_is: Commitment, entry: StatusEntry, now: datetime, by: Author) -> int:
    """The status stays, its date or what shows it changes; what the entry does not name stays too."""
    day, url, words = entry.date or now_is.status_date, entry.url, entry.document
    if now_is.status_source is Origin.REPORT and words is None:
        url = url or now_is.status_url
        return noting.set_status_source(db, now_is.id, now, source=Origin.STAFF, by=by, event_date=day, url=url)
    if url is None and words is None:
        url, words = now_is.status_url, now_is.status_evidence
    return noting.set_status_basis(
        db, now_is.id, now, source=Origin.STAFF, by=by, evidence=words, event_date=day, url=url
    )


def _check_length(text: str, most: int) -> None:
    if len(text) > most:
        raise TooLongError(len(text), most)
