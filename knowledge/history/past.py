"""What the public may know of how one commitment came to be where it is."""

from dataclasses import dataclass

import sqlite_utils

from knowledge import rows
from knowledge.changes import Change, history
from knowledge.models import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What the report says, and everything recorded since, oldest first; what was undone is in it too."""

    report_status: Status | None
    report_evidence: str | None
    changes: tuple[Change, ...]


def read_past(db: sqlite_utils.Database, commitment: str) -> Past:
    """The past of one commitment.

    Raises:
        UnknownCommitmentError: None has this id.
    """
    status, evidence = rows.report_basis(db, commitment)
    return Past(report_status=status, report_evidence=evidence, changes=history(db, commitment))
