"""When a file needs a second person: many statuses at once, a step back, or many commitments said to be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from knowledge.models import Status

_SHARE = 10  # percent of the known statuses
_FEWEST = 5
_MOST_DONE = 5


class Why(StrEnum):
    """What asks for a second person."""

    MANY = "many"
    BACKWARDS = "backwards"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One of them, with its figures.

    Attributes:
        count: How many commitments.
        known: How many have a status that is known.
        commitments: Which ones, in the order of the file.
    """

    why: Why
    count: int
    known: int
    commitments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A status that changes; only those known before count."""

    commitment: str
    old: Status | None
    new: Status | None


def judge(steps: Iterable[Step], known: int) -> tuple[Reason, ...]:
    """Why a second person is needed; empty when none is.

    Args:
        steps: The statuses that change.
        known: How many commitments have a known status before.
    """
    counted = [step for step in steps if step.old is not None and step.new is not step.old]
    found = {
        Why.MANY: counted if len(counted) * 100 > known * _SHARE and len(counted) >= _FEWEST else [],
        Why.BACKWARDS: [step for step in counted if _goes_back(step)],
        Why.DONE: [step for step in counted if step.new is Status.REALISE],
    }
    if len(found[Why.DONE]) <= _MOST_DONE:
        del found[Why.DONE]
    return tuple(
        Reason(why=why, count=len(those), known=known, commitments=tuple(step.commitment for step in those))
        for why, those in found.items()
        if those
    )


def _goes_back(step: Step) -> bool:
    order = list(Status)
    return step.old is not None and step.new is not None and order.index(step.new) < order.index(step.old)
