"""Files that agents send, in French: every fault, every difference, everything that may become of them."""

import pytest

from bot.texts.staff import importing
from bot.texts.staff.journal import ACTS
from knowledge.commands.faults import line_of
from knowledge.importing.comparing import Difference, Source, Value, What
from knowledge.importing.faults import Code, Fault, Unit
from knowledge.importing.gate import Reason, Why
from knowledge.importing.records import State
from knowledge.models import Status
from tests.bot.texts.reading import assert_is_a_message
from tests.factories import a_vote, due


@pytest.mark.parametrize("code", Code)
def test_every_fault_has_its_sentence_in_both_languages(code: Code) -> None:
    fault = Fault(code=code, number=3, column="status", value="<b>fini", other=2, limit=20 * 2**20)
    said = importing.fault(fault)
    assert_is_a_message(said)
    assert said.startswith("Ligne 3, colonne status\u00a0: ") and "{" not in said
    assert line_of(fault).startswith("line 3, column status: ") and "{" not in line_of(fault)


def test_a_fault_says_where() -> None:
    assert importing.fault(Fault(code=Code.EMPTY)) == "Le fichier est vide."
    assert "20 Mo" in importing.fault(Fault(code=Code.TOO_BIG, limit=20 * 2**20))
    in_json = Fault(code=Code.NO_ID, unit=Unit.COMMITMENT, number=2, column="id")
    assert importing.fault(in_json).startswith("Engagement n° 2, colonne id")
    assert line_of(in_json) == "commitment 2, key id: no id"
    conflict = Fault(code=Code.CONFLICT, number=4, column="note", other=2)
    assert "la ligne 2" in importing.fault(conflict) and "line 2" in line_of(conflict)


def test_a_long_value_is_cut_and_a_strange_one_is_shown_as_such() -> None:
    fault = Fault(code=Code.NOT_A_STATUS, number=2, column="status", value=f"\x1b[31m{'x' * 500}")
    assert len(line_of(fault)) < 200 and "\x1b" not in line_of(fault)
    assert len(importing.fault(fault)) < 200


@pytest.mark.parametrize(
    ("what", "old", "new", "said"),
    [
        (What.STATUS, None, Status.EN_COURS, "statut non lisible → en cours, octobre 2026"),
        (What.STATUS, Status.REALISE, None, "réalisé → statut non lisible"),
        (What.SOURCE, Source(date=None, url=None), Source(date="2026", url="https://x.example"), "aucune → 2026"),
        (What.DELIBERATION, None, a_vote("2026-10-02", "Séance"), "aucune → 2 octobre 2026 (Séance)"),
        (What.DELIBERATION, a_vote("2026-10-02", "Séance"), None, "2 octobre 2026 (Séance) → aucune"),
        (What.DUE, (), (due("fin 2027", None, "2027"),), "aucune → «\u00a0fin 2027\u00a0»"),
        (What.NOTE, "<b>", None, "«\u00a0&lt;b&gt;\u00a0» → aucune"),
    ],
)
def test_a_difference_shows_the_old_and_the_new(what: What, old: Value, new: Value, said: str) -> None:
    difference = Difference(commitment="p07", what=what, number=2, old=old, new=new, date="2026-10")
    line = importing.difference(difference, "Pleine terre <!>")
    assert_is_a_message(line)
    assert line.startswith("– Pleine terre &lt;!&gt; (p07), ") and said in line


@pytest.mark.parametrize("why", Why)
def test_every_reason_for_a_second_person_is_told(why: Why) -> None:
    reason = Reason(why=why, count=6, known=21, commitments=tuple(f"p{n:02}" for n in range(1, 7)))
    said = importing.second_person(4, [reason])
    assert_is_a_message(said)
    assert "p01" in said or "6" in said


@pytest.mark.parametrize("state", State)
def test_every_state_is_told_and_stands_in_the_journal(state: State) -> None:
    assert_is_a_message(importing.decided(4, state))
    assert state is State.PROPOSED or f"import.{state}" in ACTS


@pytest.mark.parametrize("count", [0, 1, 2])
def test_counts_agree(count: int) -> None:
    for said in (importing.faults_head(count), importing.differences_head(count), importing.applied(1, count)):
        assert_is_a_message(said)
    assert_is_a_message(importing.undone(1, count))
    assert_is_a_message(importing.refused(1))
