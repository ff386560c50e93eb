"""Every rule of a change file, and every fault named by line and column."""

import pytest

from knowledge.database import Database
from knowledge.importing.faults import Code
from knowledge.models import Status
from tests.knowledge.importing.files import PAGE, found, proposed


@pytest.mark.parametrize(
    ("header", "line", "code", "column"),
    [
        ("id,status", ",en_cours", Code.NO_ID, "id"),
        ("id,status", "-,en_cours", Code.NO_ID, "id"),
        ("id,status", "p99,en_cours", Code.UNKNOWN_ID, "id"),
        ("id,status", "P07,en_cours", Code.UNKNOWN_ID, "id"),
        ("id,status", "p07,presque", Code.NOT_A_STATUS, "status"),
        ("id,status", "p07,realise", Code.SOURCE_MISSING, "source_url"),
        ("id,status,source_url", "p07,realise,-", Code.SOURCE_MISSING, "source_url"),
        ("id,status,source_url", "p07,realise,metropole.example", Code.NOT_AN_ADDRESS, "source_url"),
        ("id,status,source_url", "p07,realise,ftp://metropole.example", Code.NOT_AN_ADDRESS, "source_url"),
        ("id,source_url", "p07,https://metropole.example/a b", Code.NOT_AN_ADDRESS, "source_url"),
        ("id,source_url", "p07,https://[", Code.NOT_AN_ADDRESS, "source_url"),
        ("id,status,status_date", "p07,en_cours,2026-11-24", Code.IN_THE_FUTURE, "status_date"),
        ("id,status,status_date", "p07,en_cours,2027", Code.IN_THE_FUTURE, "status_date"),
        ("id,status,status_date", "p07,en_cours,2026-02-30", Code.NOT_A_DATE, "status_date"),
        ("id,status,status_date", "p07,en_cours,2026-2", Code.NOT_A_DATE, "status_date"),
        ("id,status,status_date", "p07,en_cours,02/10/2026", Code.NOT_A_DATE, "status_date"),
        ("id,status,status_date", "p07,en_cours,20261002", Code.NOT_A_DATE, "status_date"),
        ("id,status,status_date", "p07,en_cours,0206", Code.NOT_A_DATE, "status_date"),
        ("id,status,status_date", "p07,en_cours,٢٠٢٦", Code.NOT_A_DATE, "status_date"),
        ("id,deliberation_date", "p07,2027-01-15", Code.IN_THE_FUTURE, "deliberation_date"),
        ("id,deliberation_date", "p07,octobre", Code.NOT_A_DATE, "deliberation_date"),
        ("id,deliberation_label", "p07,octobre 2026", Code.DATE_MISSING, "deliberation_date"),
        ("id,deliberation_date,deliberation_url", "p07,2026,www", Code.NOT_AN_ADDRESS, "deliberation_url"),
        ("id,deliberation_date,deliberation_label", "p07,-,octobre", Code.HALF_CLEARED, "deliberation_date"),
        ("id,due_from,due_to", "p07,2027,-", Code.HALF_CLEARED, "due_to"),
        ("id,due_from,due_to", "p07,2027-06,2027-05", Code.ENDS_BEFORE_START, "due_to"),
        ("id,due_from", "p07,bientôt", Code.NOT_A_DATE, "due_from"),
        ("id,due_label", f"p07,{'x' * 201}", Code.TOO_LONG, "due_label"),
        ("id,note", f"p07,{'x' * 1001}", Code.TOO_LONG, "note"),
    ],
)
def test_a_fault_is_named_by_line_and_column(base: Database, header: str, line: str, code: Code, column: str) -> None:
    assert found(proposed(base, header, line)) == [(code, 2, column)]


def test_all_faults_are_named_and_the_file_refused_whole(base: Database) -> None:
    proposal = proposed(
        base,
        "id,status,status_date,due_from,due_to,note",
        "p07,en_cours,2026-10,,,bien",
        "p99,fini,2026-13,,,",
        "p08,realise,,2027,2026,",
    )
    assert found(proposal) == [
        (Code.NOT_A_STATUS, 3, "status"),
        (Code.NOT_A_DATE, 3, "status_date"),
        (Code.UNKNOWN_ID, 3, "id"),
        (Code.ENDS_BEFORE_START, 4, "due_to"),
        (Code.SOURCE_MISSING, 4, "source_url"),
    ]
    assert not proposal.differences and proposal.sheet is None


@pytest.mark.parametrize(
    ("column", "one", "other"),
    [
        ("status", "en_cours", "a_ouvrir"),
        ("status", "en_cours", "-"),
        ("note", "un", "deux"),
        ("source_url", PAGE, f"{PAGE}/2"),
        ("due_to", "2027", "-"),
        ("due_to", "-", "2027"),
    ],
)
def test_two_lines_that_contradict_each_other_are_both_named(base: Database, column: str, one: str, other: str) -> None:
    proposal = proposed(base, f"id,{column}", f"p07,{one}", "p08,", f"p07,{other}")
    assert found(proposal) == [(Code.CONFLICT, 4, column)]
    assert proposal.faults[0].other == 2


def test_two_pages_for_one_vote_are_a_contradiction(base: Database) -> None:
    proposal = proposed(base, "id,deliberation_date,deliberation_url", f"p07,2026,{PAGE}", f"p07,2026,{PAGE}/2")
    assert found(proposal) == [(Code.CONFLICT, 3, "deliberation_url")]


def test_what_several_lines_say_alike_is_said_once(base: Database) -> None:
    line = f"p07,realise,{PAGE},2026-10,2027"
    proposal = proposed(base, "id,status,source_url,deliberation_date,due_to", line, line)
    assert [difference.what for difference in proposal.differences] == ["status", "deliberation", "due"]


@pytest.mark.parametrize("written", ["realise", "Réalisé", "REALISE", " realise "])
def test_accents_and_case_of_a_status_do_not_matter(base: Database, written: str) -> None:
    (difference,) = proposed(base, "id,status,source_url", f"p07,{written},{PAGE}").differences
    assert difference.new is Status.REALISE


def test_what_the_base_says_is_done_needs_no_page_again(base: Database) -> None:
    done = "SELECT id FROM commitments WHERE status = 'realise'"
    (commitment,) = base.read().execute(done).fetchone()
    proposal = proposed(base, "id,status", f"{commitment},realise")
    assert not proposal.faults and not proposal.differences


def test_the_day_is_the_local_one(base: Database) -> None:
    # NOW is the 22nd at 10 in UTC: in Paris it is the 22nd too, and the period that holds it has begun.
    for day in ("2026-11-22", "2026-11", "2026"):
        assert not proposed(base, "id,status,status_date", f"p07,en_cours,{day}").faults
    assert found(proposed(base, "id,status,status_date", "p07,en_cours,2026-11-23")) == [
        (Code.IN_THE_FUTURE, 2, "status_date")
    ]
