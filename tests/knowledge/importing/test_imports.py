"""From a file to the base: at once, or with a second person; each step once, by who may."""

from datetime import timedelta

import pytest

from knowledge.authors import OPERATOR
from knowledge.changes import list_changes
from knowledge.database import Database
from knowledge.errors import (
    ApproverNeededError,
    ImportDecidedError,
    ImportFaultsError,
    SamePersonError,
    UnknownImportError,
)
from knowledge.history.entries import list_entries
from knowledge.importing.imports import EXPIRES
from knowledge.importing.proposals import Outcome
from knowledge.importing.records import State
from knowledge.models import Origin, Status
from knowledge.store import load_catalogue
from knowledge.updating import set_status
from tests.conftest import NOW
from tests.knowledge.importing.files import (
    APPROVER,
    EDITOR,
    OTHER_APPROVER,
    PAGE,
    a_file,
    imports,
    proposed,
    without_dates,
)

# p02 is under way by the report.
BACKWARDS = ("id,status", "p02,a_ouvrir")
FIRST = ("id,status", "p07,en_cours")


def sent(base: Database, *file: str) -> Outcome:
    """What became of a file that an editor sent and said yes to."""
    service = imports(base)
    number = service.keep(proposed(base, *file), EDITOR, NOW)
    return service.apply(number, EDITOR, NOW)


def status_of(base: Database, commitment: str) -> Status | None:
    return load_catalogue(base).get(commitment).status


def kinds(base: Database) -> list[str]:
    return [entry.kind for entry in list_entries(base.read()) if entry.kind.startswith("import.")]


def test_a_file_is_shown_then_applied(base: Database) -> None:
    proposal = proposed(base, *FIRST)
    assert [d.commitment for d in proposal.differences] == ["p07"] and not proposal.reasons
    number = imports(base).keep(proposal, EDITOR, NOW)
    assert status_of(base, "p07") is None
    outcome = imports(base).apply(number, EDITOR, NOW)
    assert (outcome.state, outcome.differences) == (State.APPLIED, proposal.differences)
    found = load_catalogue(base).get("p07")
    assert (found.status, found.status_source) == (Status.EN_COURS, Origin.STAFF)
    assert kinds(base) == ["import.applied"]


def test_a_file_with_a_fault_is_not_kept(base: Database) -> None:
    with pytest.raises(ImportFaultsError):
        imports(base).keep(proposed(base, "id,status", "p07,fini"), EDITOR, NOW)


def test_a_file_that_asks_for_a_second_person_waits_for_one(base: Database) -> None:
    outcome = sent(base, *BACKWARDS)
    assert outcome.state is State.PENDING and outcome.reasons
    assert status_of(base, "p02") is Status.EN_COURS
    (waiting,) = imports(base).list_pending(NOW)
    assert (waiting.id, waiting.made_by, waiting.file_name) == (outcome.number, EDITOR, "f.csv")
    assert imports(base).confirm(outcome.number, APPROVER, NOW).state is State.APPLIED
    assert status_of(base, "p02") is Status.A_OUVRIR and not imports(base).list_pending(NOW)
    (change,) = list_changes(base.read())
    assert change.by == APPROVER
    assert kinds(base) == ["import.pending", "import.applied"]


def test_who_sent_it_is_no_second_person(base: Database) -> None:
    service = imports(base)
    number = service.keep(proposed(base, *BACKWARDS), APPROVER, NOW)
    service.apply(number, APPROVER, NOW)
    with pytest.raises(SamePersonError):
        service.confirm(number, APPROVER, NOW)
    with pytest.raises(ApproverNeededError):
        service.confirm(number, EDITOR, NOW)
    with pytest.raises(ApproverNeededError):
        service.confirm(number, OPERATOR, NOW)
    assert service.confirm(number, OTHER_APPROVER, NOW).state is State.APPLIED


def test_what_the_command_line_sent_any_approver_confirms(base: Database) -> None:
    service = imports(base)
    first = service.submit(proposed(base, *BACKWARDS), OPERATOR, NOW)
    again = service.submit(proposed(base, *BACKWARDS), OPERATOR, NOW)
    assert first.number == again.number and len(service.list_pending(NOW)) == 1
    assert service.confirm(first.number, APPROVER, NOW).state is State.APPLIED
    assert load_catalogue(base).get("p02").status_source is Origin.IMPORT


def test_nothing_is_decided_twice(base: Database) -> None:
    service = imports(base)
    number = sent(base, *BACKWARDS).number
    with pytest.raises(ImportDecidedError):
        service.apply(number, EDITOR, NOW)
    service.confirm(number, APPROVER, NOW)
    for act in (service.confirm, service.refuse, service.apply):
        with pytest.raises(ImportDecidedError) as refused:
            act(number, OTHER_APPROVER, NOW)
        assert refused.value.state == "applied"
    with pytest.raises(UnknownImportError):
        service.confirm(999, APPROVER, NOW)


def test_a_refused_file_writes_nothing(base: Database) -> None:
    before, service = without_dates(base), imports(base)
    number = sent(base, *BACKWARDS).number
    service.refuse(number, APPROVER, NOW, reason="Le conseil n'a pas voté")
    with pytest.raises(ImportDecidedError):
        service.confirm(number, APPROVER, NOW)
    assert without_dates(base) == before and kinds(base) == ["import.pending", "import.refused"]
    kept = service.get(number)
    assert (kept.state, kept.decided_by, kept.reason) == (State.REFUSED, APPROVER, "Le conseil n'a pas voté")


def test_a_file_that_nobody_decides_expires(base: Database) -> None:
    service, late = imports(base), NOW + EXPIRES + timedelta(minutes=1)
    kept, waiting = service.keep(proposed(base, *FIRST), EDITOR, NOW), sent(base, *BACKWARDS).number
    assert not service.list_pending(late)
    with pytest.raises(ImportDecidedError) as refused:
        service.confirm(waiting, APPROVER, late)
    assert refused.value.state == "expired"
    with pytest.raises(ImportDecidedError):
        service.apply(kept, EDITOR, late)
    assert service.submit(proposed(base, *BACKWARDS), OPERATOR, late).number != waiting


def test_a_confirmed_file_is_compared_with_the_base_as_it_is_then(base: Database) -> None:
    outcome = sent(base, "id,status,note", "p02,a_ouvrir,", "p07,en_cours,Ouvert")
    assert len(outcome.differences) == 3
    with base.write() as db:
        set_status(db, "p07", Status.EN_COURS, NOW, source=Origin.STAFF)
    assert len(imports(base).review(outcome.number, NOW).differences) == 2
    confirmed = imports(base).confirm(outcome.number, APPROVER, NOW)
    assert [(d.commitment, d.what) for d in confirmed.differences] == [("p02", "status"), ("p07", "note")]


def test_a_waiting_file_that_breaks_a_rule_by_now_is_not_applied(base: Database) -> None:
    with base.write() as db:
        set_status(db, "p07", Status.REALISE, NOW, source=Origin.STAFF, url=PAGE)
    number = sent(base, "id,status,note", "p02,a_ouvrir,", "p07,realise,Ouvert").number
    with base.write() as db:
        set_status(db, "p07", Status.EN_COURS, NOW, source=Origin.STAFF)
    with pytest.raises(ImportFaultsError) as refused:
        imports(base).confirm(number, APPROVER, NOW)
    assert [fault.code for fault in refused.value.faults] == ["source_missing"]
    assert imports(base).get(number).state is State.PENDING and status_of(base, "p02") is Status.EN_COURS


def test_a_file_shown_earlier_is_judged_when_it_is_applied(base: Database) -> None:
    service = imports(base)
    number = service.keep(service.propose(a_file("id,status", "p07,en_cours"), "f.csv", NOW), EDITOR, NOW)
    with base.write() as db:
        set_status(db, "p07", Status.REALISE, NOW, source=Origin.STAFF, url=PAGE)
    outcome = service.apply(number, EDITOR, NOW)
    assert (outcome.state, [reason.why for reason in outcome.reasons]) == (State.PENDING, ["backwards"])
