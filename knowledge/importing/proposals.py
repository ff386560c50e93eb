"""What a file would do to the base as it stands, and what became of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.importing.checking import check
from knowledge.importing.comparing import Difference, What, compare
from knowledge.importing.faults import Fault, Faults
from knowledge.importing.gate import Reason, Step, judge
from knowledge.importing.records import State
from knowledge.importing.sheets import Sheet
from knowledge.models import Commitment, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a file would do, nothing of it written.

    Attributes:
        sheet: None when it has faults.
        faults: Every one; the file is refused whole.
        differences: In the order of the file.
        reasons: Why a second person is needed; empty when none is.
    """

    file_name: str
    sha256: str
    sheet: Sheet | None
    faults: tuple[Fault, ...]
    differences: tuple[Difference, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a file.

    Attributes:
        state: ``applied``, or ``pending`` when it waits for a second person.
        differences: What was written, or would be.
        reasons: Why it waits.
    """

    number: int
    state: State
    differences: tuple[Difference, ...]
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What lines would change, and why a second person is needed for it."""

    differences: tuple[Difference, ...]
    reasons: tuple[Reason, ...]


def examine(sheet: Sheet, commitments: Mapping[str, Commitment], today: date, faults: Faults) -> Examined:
    """Check lines and compare them with the base; nothing differs where there are faults.

    Args:
        commitments: As they stand, by id.
        today: The local day.
        faults: Where what is wrong is noted.
    """
    wishes = check(sheet, commitments, today, faults)
    differences = () if faults else compare(wishes, commitments)
    return Examined(differences=differences, reasons=_reasons(differences, commitments))


def _reasons(differences: Iterable[Difference], commitments: Mapping[str, Commitment]) -> tuple[Reason, ...]:
    known = sum(1 for commitment in commitments.values() if commitment.status is not None)
    steps = (
        Step(commitment=this.commitment, old=commitments[this.commitment].status, new=_status(this))
        for this in differences
        if this.what is What.STATUS
    )
    return judge(steps, known)


def _status(this: Difference) -> Status | None:
    return this.new if isinstance(this.new, Status) else None
