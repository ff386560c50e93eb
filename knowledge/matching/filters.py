"""Filters that combine: which commitments fit an orientation, a status, a year, a vote, a place, a theme…"""

import re
from dataclasses import dataclass, fields, replace

from knowledge.catalogue import Catalogue
from knowledge.matching.wording import fold, stem, words
from knowledge.models import Commitment, DueDate, Kind, Status, Tag, TagKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """All that is asked at once; what is None or empty does not filter.

    Attributes:
        status: One of the three, known today.
        unknown_status: Only those whose status nothing says.
        not_kind: Every kind but this one.
        due: An ISO year or month that a due date of the report touches, or a season as printed (« ete 2022 »).
        voted: A vote in that year or month, ISO (``2021``, ``2022-06``); empty for any vote.
        tags: Themes, places, organisations, people; each must be met.
        text: Words that the report's own wording must all hold, in one form or another; as it prints them.
    """

    orientation: str | None = None
    status: Status | None = None
    unknown_status: bool = False
    kind: Kind | None = None
    not_kind: Kind | None = None
    due: str | None = None
    undated: bool = False
    voted: str | None = None
    tags: tuple[Tag, ...] = ()
    text: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != NO_FILTER

    @property
    def only_orientation(self) -> str | None:
        """The orientation, when it is all that is asked."""
        return self.orientation if self == Filter(orientation=self.orientation) else None

    def over(self, earlier: "Filter") -> "Filter":
        """This filter laid over an earlier one: what it says replaces, what it leaves open is kept."""
        kinds = {tag.kind for tag in self.tags}
        kept = tuple(tag for tag in earlier.tags if tag.kind not in kinds)
        values = {
            field.name: getattr(self, field.name) or getattr(earlier, field.name)
            for field in fields(Filter)
            if field.name not in ("tags", "voted")
        }
        if self.kind or self.not_kind:
            values |= {"kind": self.kind, "not_kind": self.not_kind}
        if self.status or self.unknown_status:
            values |= {"status": self.status, "unknown_status": self.unknown_status}
        if self.due or self.undated:
            values |= {"due": self.due, "undated": self.undated}
        voted = self.voted if self.voted is not None else earlier.voted
        return Filter(**values | {"tags": kept + self.tags, "voted": voted})


NO_FILTER = Filter()

# Filed by hand, where the others are found in the report.
FILED = (TagKind.THEME, TagKind.TOPIC)
_MOSTLY = 0.5
_PARAPHRASE = 2


def fits(commitment: Commitment, wanted: Filter, stems: frozenset[str]) -> bool:
    """Whether a commitment meets every part of a filter; ``stems`` are those of its wording."""
    return (
        (wanted.orientation is None or commitment.orientation == wanted.orientation)
        and (wanted.status is None or commitment.status is wanted.status)
        and not (wanted.unknown_status and commitment.status is not None)
        and (wanted.kind is None or commitment.kind is wanted.kind)
        and (wanted.not_kind is None or commitment.kind is not wanted.not_kind)
        and (wanted.due is None or any(_touches(due, wanted.due) for due in commitment.due))
        and not (wanted.undated and commitment.due)
        and (wanted.voted is None or voted_in(commitment, wanted.voted))
        and all(commitment.id in tag.commitments for tag in wanted.tags)
        and stems.issuperset(stem(fold(word)) for word in wanted.text)
    )


def _touches(due: DueDate, period: str) -> bool:
    """Whether a due date touches a period; a month is touched only by what names months."""
    if not period[0].isdigit():
        return fold(due.label) == period
    if due.starts is None:
        return False
    # A year alone, or a season, does not say which month.
    if len(period) == 7 and len(due.starts) != 7 and not (len(due.starts) == 10 and due.starts == due.ends):
        return False
    return due.starts[: len(period)] <= period <= (due.ends or due.starts)[: len(period)]


def voted_in(commitment: Commitment, period: str) -> bool:
    """Whether there was a vote in this year or month (ISO); any vote when the period is empty.

    Votes are those of the report and of staff, and the dated deliberations that came since.
    """
    dates = [vote.date for vote in commitment.deliberations]
    dates += [step.date for step in commitment.milestones if step.kind == "deliberation"]
    return any(date.startswith(period) for date in dates)


class Shelf:
    """The commitments of one catalogue, ready to be filtered."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._commitments = catalogue.commitments
        self._stems = {c.id: frozenset(stem(word) for word in words(c.wording)) for c in catalogue.commitments}
        self._forms: dict[str, str] = {}
        for commitment in catalogue.commitments:
            for word in re.findall(r"[^\W_]+", commitment.wording.lower()):
                self._forms.setdefault(stem(fold(word)), word)

    @property
    def words(self) -> frozenset[str]:
        """Every word that the report prints about some commitment, folded."""
        return frozenset(fold(form) for form in self._forms.values())

    def find(self, wanted: Filter) -> tuple[str, ...]:
        """Every commitment that fits, in document order."""
        return tuple(c.id for c in self._commitments if fits(c, wanted, self._stems[c.id]))

    def prints_about(self, commitment_id: str, word: str) -> bool:
        """Whether the texts about one commitment hold this word, in one form or another."""
        return stem(word) in self._stems[commitment_id]

    def printed(self, word: str) -> str | None:
        """The word as the report prints it about some commitment, in one form or another; None when it does not."""
        return self._forms.get(stem(fold(word)))


def apt(wanted: Filter, left: int, shelf: Shelf) -> Filter:
    """The filter without what only paraphrases the rest of it.

    « la santé et la protection, orientation 1 »: themes that are mostly in the orientation describe it. Where words
    or themes beside a firm filter leave nothing, they were not meant as filters; the answer names those used.

    Args:
        left: How many topic words of the message no filter has used.
    """
    if wanted.orientation is not None and (left >= _PARAPHRASE or any(", " in tag.name for tag in wanted.tags)):
        its = frozenset(shelf.find(Filter(orientation=wanted.orientation)))
        wanted = replace(wanted, tags=tuple(tag for tag in wanted.tags if not _describes(tag, its)))
    if pinned(wanted) and not shelf.find(wanted):
        wanted = replace(wanted, text=())
        if not shelf.find(wanted):
            wanted = replace(wanted, tags=tuple(tag for tag in wanted.tags if tag.kind not in FILED))
    return wanted


def _describes(tag: Tag, orientation: frozenset[str]) -> bool:
    several = ", " in tag.name
    return (
        tag.kind in FILED
        and several
        and len(orientation.intersection(tag.commitments)) >= _MOSTLY * len(tag.commitments)
    )


def in_print(wanted: Filter, left: tuple[str, ...], shelf: Shelf) -> tuple[Filter, bool]:
    """Words that no filter has used are looked for in the report.

    Returns:
        The filter with those that the report prints, and whether some are nowhere in it.
    """
    printed = [shelf.printed(word) for word in left]
    searched = dict.fromkeys((*wanted.text, *(word for word in printed if word is not None)))
    return replace(wanted, text=tuple(searched)), None in printed


def sets_apart(wanted: Filter) -> bool:
    """Whether a filter can only speak of the commitments themselves: an orientation, a dated vote, or two others."""
    return wanted.orientation is not None or bool(wanted.voted) or pinned(wanted) > 1


def pinned(wanted: Filter) -> int:
    """How many parts of a filter can only speak of commitments."""
    parts = (
        wanted.orientation,
        wanted.status or wanted.unknown_status,
        wanted.kind or wanted.not_kind,
        wanted.voted is not None,
        wanted.due,
    )
    return sum(map(bool, parts))
