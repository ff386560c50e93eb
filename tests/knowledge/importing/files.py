"""Change files as tests write them, and the people who send them."""

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from knowledge.authors import Author, Role, Via
from knowledge.database import Database
from knowledge.importing.faults import Code
from knowledge.importing.imports import Imports
from knowledge.importing.proposals import Proposal
from knowledge.models import Commitment
from knowledge.store import load_catalogue
from tests.conftest import NOW

EDITOR = Author(member=3, role=Role.EDITOR, via=Via.TELEGRAM)
APPROVER = Author(member=4, role=Role.APPROVER, via=Via.TELEGRAM)
OTHER_APPROVER = Author(member=5, role=Role.APPROVER, via=Via.CONSOLE)

PAGE = "https://metropole.example/seance"


def imports(base: Database) -> Imports:
    return Imports(base, ZoneInfo("Europe/Paris"))


def a_file(header: str, *lines: str) -> bytes:
    return "\n".join((header, *lines)).encode()


def proposed(base: Database, header: str, *lines: str) -> Proposal:
    return imports(base).propose(a_file(header, *lines), "f.csv", NOW)


def found(proposal: Proposal) -> list[tuple[Code, int | None, str | None]]:
    """Each fault as its code, its line and its column."""
    return [(fault.code, fault.number, fault.column) for fault in proposal.faults]


def without_dates(base: Database) -> Mapping[str, Commitment]:
    """Everything the base holds, but when it was last written to."""
    return {c.id: replace(c, updated_at="", checked_at="") for c in load_catalogue(base).commitments}
