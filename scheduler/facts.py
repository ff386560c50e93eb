"""What a message has to say, before any words."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from knowledge.changes import Field, Value
from knowledge.models import Origin


class Frequency(StrEnum):
    """How soon a person wants to hear; per subscription."""

    IMMEDIATE = "immediate"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class TargetKind(StrEnum):
    """What may be followed."""

    COMMITMENT = "commitment"
    ORIENTATION = "orientation"
    PRIORITY = "priority"
    ALL = "all"
    WORDS = "words"


class Condition(StrEnum):
    """Which changes a person wants to hear of."""

    ANY = "any"
    DONE = "done"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Something to follow; ``name`` is an id, the words as typed, or empty for ``priority`` and ``all``."""

    kind: TargetKind
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a line is told: the subscription that reaches it (its number, for the stop button)."""

    subscription: int
    target: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class NetChange:
    """What changed between two tellings, however many steps it took.

    Attributes:
        old: None when it was not there (or, of a status, not known).
        new: None when it is no longer there.
        event_date: When it happened, ISO cut to what is known; None when only the recording is dated.
        url: The page it rests on.
        correction: It withdraws something that the person was told.
    """

    field: Field
    old: Value
    new: Value
    event_date: str | None
    url: str | None
    recorded_at: datetime
    source: Origin
    correction: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Everything new about one commitment, and why it is told."""

    commitment: str
    changes: tuple[NetChange, ...]
    reasons: tuple[Reason, ...]

    @property
    def latest(self) -> datetime:
        """When its newest change was recorded."""
        return max(change.recorded_at for change in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFacts:
    """What has just changed, newest first; at least one line."""

    subscriber: int
    lines: tuple[Line, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every subscription behind it, once."""
        return _once(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestFacts:
    """One digest: ordered by orientation, newest first within each; never empty.

    Attributes:
        local_date: The day it is the digest of, its key; it may leave a day later when that day is quiet.
        window: From (inclusive) and to (exclusive), UTC; from is None for the first one.
        states: Commitments whose present state was asked for, changed or not, in document order (monthly).
        last_checked: ISO date, when nothing that it covers was checked for a year; else None.
        delivery: The number under which ``told`` finds the same facts again; None when it is kept under none.
    """

    subscriber: int
    frequency: Frequency
    local_date: date
    window: tuple[datetime | None, datetime]
    lines: tuple[Line, ...]
    states: tuple[str, ...] = ()
    state_reasons: tuple[Reason, ...] = ()
    last_checked: str | None = None
    delivery: int | None = None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every subscription behind it, once."""
        return tuple(dict.fromkeys((*_once(self.lines), *self.state_reasons)))


class AudienceKind(StrEnum):
    """Whom an announcement is for; ``recipients`` are those whom an earlier one reached."""

    ALL = "all"
    ORIENTATION = "orientation"
    COMMITMENT = "commitment"
    STAFF = "staff"
    RECIPIENTS = "recipients"


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Whom an announcement is for; ``name`` is the id of the orientation or commitment."""

    kind: AudienceKind
    name: str = ""


class Form(StrEnum):
    """How an announcement comes: as it is, in the place of an earlier text, or after one that may have been lost."""

    NEW = "new"
    EDITED = "edited"
    INSTEAD = "instead"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementFacts:
    """What staff announce, as they typed it: HTML that the messenger reads.

    Attributes:
        corrected_on: The local day on which it took the place of an earlier text, if it did.
    """

    html: str
    audience: Audience
    form: Form = Form.NEW
    corrected_on: date | None = None


def _once(lines: tuple[Line, ...]) -> tuple[Reason, ...]:
    return tuple(dict.fromkeys(reason for line in lines for reason in line.reasons))
