"""What a file would change of the base: the old value beside the new one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from knowledge.exchange.columns import CLEAR, Clear, Column
from knowledge.importing.wishes import Wish
from knowledge.models import Commitment, Deliberation, DueDate, Origin, Status


class What(StrEnum):
    """What of a commitment differs; ``source`` is the date and the page of the status that it has already."""

    STATUS = "status"
    SOURCE = "source"
    DELIBERATION = "deliberation"
    DUE = "due"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Since when a status holds, ISO cut to what is known, and the page it rests on."""

    date: str | None
    url: str | None


Value = Status | Source | Deliberation | tuple[DueDate, ...] | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that differs.

    Attributes:
        number: The line of the file, or the rank of the commitment in a JSON.
        old: None when there is none.
        new: None when it goes.
        date: When it happened, where the file says so.
        url: The page it rests on.
        cleared: What staff recorded goes, and the report's holds again.
    """

    commitment: str
    what: What
    number: int
    old: Value
    new: Value
    date: str | None = None
    url: str | None = None
    cleared: bool = False


def compare(wishes: Iterable[Wish], commitments: Mapping[str, Commitment]) -> tuple[Difference, ...]:
    """What differs, in the order of the file."""
    return tuple(difference for wish in wishes for difference in _of_one(wish, commitments[wish.commitment]))


def _of_one(wish: Wish, now: Commitment) -> Iterator[Difference]:
    yield from _status(wish, now)
    yield from _votes(wish, now)
    yield from _due(wish, now)
    if wish.note is not None and (note := _or_none(wish.note)) != now.note:
        yield _difference(wish, What.NOTE, Column.NOTE, now.note, note)


def _status(wish: Wish, now: Commitment) -> Iterator[Difference]:
    match wish.status:
        case None:
            status = now.status
        case Clear():
            status = now.report_status if now.status_source is not Origin.REPORT else now.status
        case _:
            status = wish.status
    if status is not now.status:
        date, url = _or_none(wish.status_date), _or_none(wish.source_url)
        change = _difference(wish, What.STATUS, Column.STATUS, now.status, status, date, url)
        yield replace(change, cleared=wish.status is CLEAR)
        return
    old = Source(date=now.status_date, url=now.status_url)
    new = Source(
        date=old.date if wish.status_date is None else _or_none(wish.status_date),
        url=old.url if wish.source_url is None else _or_none(wish.source_url),
    )
    if old != new:
        column = Column.SOURCE_URL if old.url != new.url else Column.STATUS_DATE
        yield _difference(wish, What.SOURCE, column, old, new, new.date, new.url)


def _votes(wish: Wish, now: Commitment) -> Iterator[Difference]:
    known = {(vote.date, vote.label) for vote in now.deliberations}
    if wish.clear_votes:
        for vote in now.deliberations:
            if vote.source is not Origin.REPORT and (vote.date, vote.label) not in wish.votes:
                yield _difference(wish, What.DELIBERATION, Column.DELIBERATION_DATE, vote, None, vote.date, vote.url)
    for key, (number, vote) in wish.votes.items():
        if key not in known:
            yield Difference(
                commitment=now.id,
                what=What.DELIBERATION,
                number=number,
                old=None,
                new=vote,
                date=vote.date,
                url=vote.url,
            )


def _due(wish: Wish, now: Commitment) -> Iterator[Difference]:
    match wish.due:
        case None:
            due = now.due
        case Clear():
            due = now.replaced_due if now.due_moved else now.due
        case _:
            due = tuple(wish.due)
    if due != now.due:
        yield _difference(wish, What.DUE, Column.DUE_LABEL, now.due, due, None, wish.due_url)


def _difference(
    wish: Wish,
    what: What,
    column: Column,
    old: Value,
    new: Value,
    date: str | None = None,
    url: str | None = None,
) -> Difference:
    number = wish.numbers[column]
    return Difference(commitment=wish.commitment, what=what, number=number, old=old, new=new, date=date, url=url)


def _or_none(asked: str | Clear | None) -> str | None:
    return None if asked is CLEAR or isinstance(asked, Clear) else asked
