"""Records with valid defaults."""

from typing import Any

from knowledge.models import Commitment, Deliberation, DueDate, Kind, Milestone, Origin, Status

AS_OF = "2022-06-27"


def a_commitment(**changes: Any) -> Commitment:
    values: dict[str, Any] = {
        "id": "a2-01",
        "kind": Kind.ACTION,
        "number": None,
        "orientation": "o2",
        "title": "Planter des arbres",
        "details": None,
        "summary": None,
        "info": "2023",
        "status": None,
        "status_source": None,
        "status_evidence": None,
        "deliberations": (),
        "milestones": (),
        "due": (),
        "caveat": None,
        "pages": (6, 7),
        "as_of": AS_OF,
        "checked_at": AS_OF,
        "note": None,
        "updated_at": "2026-01-01",
    }
    return Commitment(**(values | changes))


def known(status: Status, evidence: str) -> dict[str, Any]:
    return {"status": status, "status_source": Origin.REPORT, "status_evidence": evidence}


def due(label: str, starts: str | None, ends: str | None) -> DueDate:
    return DueDate(label=label, starts=starts, ends=ends)


def a_vote(date: str, label: str, url: str | None = None) -> Deliberation:
    return Deliberation(date=date, label=label, url=url)


def a_step(date: str, kind: str = "milestone") -> Milestone:
    return Milestone(date=date, kind=kind, summary="Une étape", source_url="https://example.org/a?b=1&c=2")
