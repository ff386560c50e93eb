"""What a picture shows, worded and counted: all that a drawing is given, and what its description is made of."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Pattern(StrEnum):
    """How a share of a bar is filled, so that it can be told without colour."""

    DONE = "done"
    UNDER_WAY = "under_way"
    TO_OPEN = "to_open"
    UNKNOWN = "unknown"


class Sign(StrEnum):
    """What stands before an event."""

    VOTE = "vote"
    STEP = "step"
    STATUS = "status"
    DUE = "due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What every picture says: what it is, as of when, and from where."""

    title: str
    dated: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a bar; ``words`` go with the count where there is room."""

    pattern: Pattern
    count: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar, its parts in order; ``said`` is all of it in words."""

    label: str
    shares: tuple[Share, ...]
    said: str

    @property
    def total(self) -> int:
        """Of all its parts."""
        return sum(share.count for share in self.shares)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Bars of one scale under a head."""

    head: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarsSheet:
    """Stacked bars in sections; ``legend`` gives each pattern its words, ``note`` what has to be known to read it."""

    heading: Heading
    sections: tuple[Section, ...]
    legend: tuple[tuple[Pattern, str], ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """How many events of each sign a month had; 0 is for those of which only the year is known."""

    number: int
    votes: int
    steps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A row of the timeline: the months in which something happened, and the total in words."""

    name: str
    months: tuple[Month, ...]
    total: str

    @property
    def votes(self) -> int:
        """Of all its months."""
        return sum(month.votes for month in self.months)

    @property
    def steps(self) -> int:
        """Of all its months."""
        return sum(month.steps for month in self.months)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineSheet:
    """Years down, months across; ``month_names`` are thirteen, the first for an unknown month."""

    heading: Heading
    years: tuple[Year, ...]
    month_names: tuple[str, ...]
    legend: tuple[tuple[Sign, str], ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One change: of a status both ends, of anything else its words."""

    sign: Sign
    said: str
    old: Pattern | None = None
    new: Pattern | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A commitment and what changed of it."""

    place: str
    title: str
    moves: tuple[Move, ...]
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovesSheet:
    """What moved in a period; ``more`` says what there was no room for."""

    heading: Heading
    rows: tuple[Moved, ...]
    more: str


Sheet: TypeAlias = BarsSheet | TimelineSheet | MovesSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture to be shown: its sheet, and in words everything that is drawn of it."""

    sheet: Sheet
    description: str
