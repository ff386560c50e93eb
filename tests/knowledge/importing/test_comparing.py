"""What a file would change: the old beside the new, line by line; and what applying it makes of the base."""

import pytest

from knowledge.changes import list_changes
from knowledge.database import Database
from knowledge.exchange.columns import Column
from knowledge.importing.comparing import Difference, Source, What
from knowledge.importing.records import State
from knowledge.models import Commitment, Deliberation, DueDate, Origin, Status
from knowledge.store import load_catalogue
from tests.conftest import NOW
from tests.knowledge.importing.files import APPROVER, EDITOR, PAGE, a_file, imports, proposed

HEADER = ",".join(Column)


def applied(base: Database, *lines: str, header: str = HEADER) -> tuple[Difference, ...]:
    """The differences of a file, after which the same file has none."""
    service = imports(base)
    outcome = service.submit(service.propose(a_file(header, *lines), "f.csv", NOW), EDITOR, NOW)
    if outcome.state is State.PENDING:
        outcome = service.confirm(outcome.number, APPROVER, NOW)
    assert not service.propose(a_file(header, *lines), "f.csv", NOW).differences
    return outcome.differences


def commitment(base: Database, key: str) -> Commitment:
    return load_catalogue(base).get(key)


def test_every_column_reaches_the_base(base: Database) -> None:
    line = f"p07,realise,2026-10,2026-09-25,Séance,{PAGE}/vote,fin 2027,2027-10,2027-12,{PAGE},Ouvert"
    before, differences = commitment(base, "p07"), applied(base, line)
    assert [d.what for d in differences] == ["status", "deliberation", "due", "note"]
    assert {d.number for d in differences} == {2}
    after = commitment(base, "p07")
    assert (after.status, after.status_source) == (Status.REALISE, Origin.IMPORT)
    assert (after.status_date, after.status_url) == ("2026-10", PAGE)
    vote = Deliberation(date="2026-09-25", label="Séance", url=f"{PAGE}/vote", source=Origin.IMPORT)
    assert after.deliberations == (*before.deliberations, vote)
    assert after.due == (DueDate(label="fin 2027", starts="2027-10", ends="2027-12"),)
    assert after.replaced_due == before.due
    assert after.note == "Ouvert"
    changes = list(list_changes(base.read()))
    assert {change.by for change in changes} == {EDITOR} and {change.source for change in changes} == {Origin.IMPORT}
    assert [change.field for change in changes] == ["status", "deliberation", "due"]


def test_an_empty_cell_changes_nothing(base: Database) -> None:
    applied(base, f"p07,en_cours,2026-10,,,,fin 2027,,2027,{PAGE},Ouvert")
    before = commitment(base, "p07")
    assert not applied(base, "p07,,,,,,,,,,")
    assert commitment(base, "p07") == before


def test_a_dash_takes_away_what_staff_recorded_and_leaves_the_report_s(base: Database) -> None:
    printed = next(c for c in load_catalogue(base).commitments if c.status and c.deliberations and c.due)
    applied(base, f"{printed.id},realise,2026,2026-10,,,fin 2027,,2027,{PAGE},Ouvert")
    applied(base, f"{printed.id},-,-,-,-,-,-,-,-,-,-")
    after = commitment(base, printed.id)
    assert (after.status, after.status_source) == (printed.status, Origin.REPORT)
    assert after.status_evidence == printed.status_evidence
    assert (after.deliberations, after.due, after.note) == (printed.deliberations, printed.due, None)
    assert not after.due_moved and after.status_url is None


def test_a_dash_where_staff_recorded_nothing_changes_nothing(base: Database) -> None:
    for each in load_catalogue(base).commitments[:40]:
        assert not proposed(base, HEADER, f"{each.id},-,-,-,-,-,-,-,-,-,-").differences


def test_a_dash_beside_a_vote_keeps_that_vote(base: Database) -> None:
    applied(base, "p07,,,2026-09,,,,,,,", "p07,,,2026-10,,,,,,,")
    (gone,) = applied(base, "p07,,,-,,,,,,,", "p07,,,2026-10,,,,,,,")
    assert isinstance(gone.old, Deliberation) and (gone.old.date, gone.new) == ("2026-09", None)


def test_a_vote_is_added_unless_its_date_and_label_are_there(base: Database) -> None:
    printed = next(c for c in load_catalogue(base).commitments if c.deliberations)
    (vote,) = printed.deliberations
    header = "id;deliberation_date;deliberation_label;deliberation_url"
    lines = (f"{printed.id};{vote.date};{vote.label};{PAGE}", f"{printed.id};{vote.date};autre;")
    (added,) = applied(base, *lines, header=header)
    assert isinstance(added.new, Deliberation) and added.new.label == "autre" and added.number == 3


def test_a_vote_without_a_label_is_the_one_of_its_date(base: Database) -> None:
    for printed in (c for c in load_catalogue(base).commitments if c.deliberations):
        for vote in printed.deliberations:
            assert not proposed(base, "id,deliberation_date", f"{printed.id},{vote.date}").differences


def test_another_page_for_the_same_status_is_written_and_nobody_is_told(base: Database) -> None:
    applied(base, f"p07,en_cours,2026-09,,,,,,,{PAGE},")
    (difference,) = applied(base, f"p07,en_cours,2026-10,,,,,,,{PAGE}/2,")
    assert difference.what is What.SOURCE
    assert (difference.old, difference.new) == (
        Source(date="2026-09", url=PAGE),
        Source(date="2026-10", url=f"{PAGE}/2"),
    )
    after = commitment(base, "p07")
    assert (after.status, after.status_date, after.status_url) == (Status.EN_COURS, "2026-10", f"{PAGE}/2")
    assert [change.old == change.new for change in list_changes(base.read())] == [False, True]


def test_a_page_beside_the_report_s_status_leaves_the_report_s_word(base: Database) -> None:
    before = commitment(base, "p02")
    applied(base, f"p02,,,,,,,,,{PAGE},")
    after = commitment(base, "p02")
    assert (after.status_source, after.status_evidence) == (Origin.REPORT, before.status_evidence)
    assert after.status_url == PAGE


def test_the_page_of_a_line_stands_for_what_the_line_says(base: Database) -> None:
    applied(base, f"p07,,,2026-10,,,,,,{PAGE},", f"p08,,,,,,,,2027,{PAGE}/due,")
    (vote,) = (v for v in commitment(base, "p07").deliberations if v.source is Origin.IMPORT)
    assert vote.url == PAGE and commitment(base, "p07").status_url is None
    assert [change.url for change in list_changes(base.read())] == [PAGE, f"{PAGE}/due"]


def test_due_dates_of_several_lines_hold_together(base: Database) -> None:
    applied(base, "p07,,,,,,été 2027,2027-06-21,2027-09-22,,", "p07,,,,,,,2028,,,")
    assert [due.label for due in commitment(base, "p07").due] == ["été 2027", "à partir de 2028"]
    applied(base, "p07,,,,,,,,2029-03-01,,")
    assert [due.label for due in commitment(base, "p07").due] == ["au plus tard le 1er mars 2029"]


def test_the_report_s_own_due_dates_hold_again_when_a_file_says_them(base: Database) -> None:
    printed = next(c for c in load_catalogue(base).commitments if len(c.due) == 1 and c.due[0].starts)
    applied(base, f"{printed.id},,,,,,,,2030,,")
    (due,) = printed.due
    applied(base, f"{printed.id};{due.label};{due.starts};{due.ends}", header="id;due_label;due_from;due_to")
    after = commitment(base, printed.id)
    assert after.due == printed.due and not after.due_moved


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        ("2027", "2027", "2027"),
        ("2027-06", "2027-06", "juin 2027"),
        ("2027-06", "2028-05", "juin 2027 à mai 2028"),
        ("", "2027-06", "au plus tard en juin 2027"),
        ("2027-08", "", "à partir d'août 2027"),
        ("2027-06-30", "", "à partir du 30 juin 2027"),
    ],
)
def test_a_due_date_without_a_name_is_named_by_its_dates(base: Database, start: str, end: str, label: str) -> None:
    applied(base, f"p07,,,,,,,{start},{end},,")
    (due,) = commitment(base, "p07").due
    assert due.label == label


def test_what_a_spreadsheet_protected_is_read_as_meant(base: Database) -> None:
    applied(base, "p07,'=1+1", "p09,'bonjour", "p10,''=1", header="id,note")
    assert [commitment(base, key).note for key in ("p07", "p09", "p10")] == ["=1+1", "'bonjour", "'=1"]
    (gone,) = applied(base, "p07,'-", header="id,note")
    assert gone.new is None
