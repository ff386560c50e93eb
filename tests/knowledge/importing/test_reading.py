"""Files as they come: CSV of every kind, the JSON of an export, and what is neither."""

import json

import pytest

from knowledge.database import Database
from knowledge.importing import csvfile, reading
from knowledge.importing.faults import Code
from knowledge.store import load_catalogue
from tests.conftest import NOW
from tests.knowledge.importing.files import EDITOR, found, imports, proposed

CSV = "id,status,status_date\np07,en_cours,2026-10\n"


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.replace(",", ";").encode(),
        CSV.replace("\n", "\r\n").encode(),
        CSV.replace("\n", "\r").encode(),
        CSV.replace("id,status", '"id","status"').encode(),
        CSV.replace("id,status", " ID , Status ").encode(),
        f"\n\n{CSV}\n,,\n".encode(),
        b"id,status,status_date,,\np07,en_cours,2026-10,,\n",
        b'{"commitments": [{"id": "p07", "status": "en_cours", "status_date": "2026-10"}]}',
        b'\xef\xbb\xbf{"commitments": [{"id": "p07", "status": "en_cours", "status_date": "2026-10"}]}',
    ],
)
def test_a_file_is_read_however_it_was_saved(base: Database, content: bytes) -> None:
    proposal = imports(base).propose(content, "f", NOW)
    assert not proposal.faults
    (difference,) = proposal.differences
    assert (difference.commitment, difference.new, difference.date) == ("p07", "en_cours", "2026-10")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.EMPTY),
        (b"\xef\xbb\xbf \n ", Code.EMPTY),
        (b" ; ;\n;", Code.EMPTY),
        ("id,note\np07,été\n".encode("latin-1"), Code.NOT_UTF8),
        (CSV.encode("utf-16"), Code.NOT_UTF8),
        (CSV.encode("utf-16-le"), Code.NOT_TEXT),
        (b"PK\x03\x04\x00\x00", Code.NOT_TEXT),
        (b"id,note\np07,a\0b\n", Code.NOT_TEXT),
        (b'id,note\np07,"never closed\n', Code.NOT_CSV),
        (b'id,note\np07,"a"b\n', Code.NOT_CSV),
        (b"id,note\np07," + b"x" * 200_000, Code.NOT_CSV),
        (b"p07,en_cours\n", Code.NO_ID_COLUMN),
        (b"Bonjour", Code.NO_ID_COLUMN),
        (b"status\nen_cours\n", Code.NO_ID_COLUMN),
        (b"id,status,status\n", Code.COLUMN_TWICE),
        (b"id,statut\n", Code.UNKNOWN_COLUMN),
        (b"id,,status\n", Code.UNKNOWN_COLUMN),
        (b"{", Code.NOT_JSON),
        (b"[" * 100_000, Code.NOT_JSON),
        (b"[]", Code.NOT_AN_EXPORT),
        (b'{"commitments": {"id": "p07"}}', Code.NOT_AN_EXPORT),
        (b'{"commitments": [{"id": "p07", "id": "p08"}]}', Code.COLUMN_TWICE),
        (b'{"commitments": [{"id": 7}]}', Code.NOT_A_TEXT),
        (b'{"commitments": [{"id": "p07", "note": "a\\ud800"}]}', Code.NOT_A_TEXT),
        (b'{"commitments": [{"id": "p07", "note": "a\\u0000"}]}', Code.NOT_A_TEXT),
        (b'{"commitments": ' + b"9" * 5_000 + b"}", Code.NOT_JSON),
        (b'{"commitments": [{"id": "p07", "due": "2027"}]}', Code.NOT_A_TEXT),
        (b'{"commitments": [{"id": "p07", "statut": "en_cours"}]}', Code.UNKNOWN_COLUMN),
        (b'{"commitments": [{"id": "p07", "due": [{"until": "2027"}]}]}', Code.UNKNOWN_COLUMN),
    ],
)
def test_what_cannot_be_read_is_named(base: Database, content: bytes, code: Code) -> None:
    proposal = imports(base).propose(content, "f", NOW)
    assert code in [fault.code for fault in proposal.faults]
    assert proposal.sheet is None and not proposal.differences


def test_a_file_that_is_too_big_is_not_read(base: Database) -> None:
    content = b"id\n" + b"p07\n" * (reading.BIGGEST // 4)
    assert found(imports(base).propose(content, "f", NOW)) == [(Code.TOO_BIG, None, None)]
    content = b"id\n" + b"p07\n" * (csvfile.MOST_LINES + 1)
    assert found(imports(base).propose(content, "f", NOW)) == [(Code.TOO_MANY_LINES, None, None)]


@pytest.mark.parametrize("written", ["'\tà suivre", "'\r", "  ", "' "])
def test_blanks_around_a_text_are_no_part_of_it(base: Database, written: str) -> None:
    service, before = imports(base), load_catalogue(base).get("p07").note
    for form in (f'id,note\np07,"{written}"\n', json.dumps({"commitments": [{"id": "p07", "note": written}]})):
        proposal = service.propose(form.encode(), "f", NOW)
        if proposal.differences:
            service.submit(proposal, EDITOR, NOW)
        assert not service.propose(form.encode(), "f", NOW).differences
    assert before is None


def test_another_encoding_is_told_with_its_first_line(base: Database) -> None:
    content = "id,note\np07,ici\np08,là\n".encode("latin-1")
    assert found(imports(base).propose(content, "f", NOW)) == [(Code.NOT_UTF8, 3, None)]


def test_lines_are_counted_as_in_an_editor(base: Database) -> None:
    proposal = proposed(base, "id,note,status", 'p07,"deux', 'lignes",', "", "p08,,faux", "p09,,fait,trop")
    assert found(proposal) == [
        (Code.TOO_MANY_CELLS, 6, None),
        (Code.NOT_A_STATUS, 5, "status"),
        (Code.NOT_A_STATUS, 6, "status"),
    ]


def test_a_commitment_of_a_json_is_counted_by_its_rank(base: Database) -> None:
    entries = [{"id": "p07"}, {"id": "p99"}, {"id": "p08", "deliberations": [{"label": "juin"}]}]
    proposal = imports(base).propose(json.dumps({"commitments": entries}).encode(), "f", NOW)
    assert found(proposal) == [(Code.UNKNOWN_ID, 2, "id"), (Code.DATE_MISSING, 3, "deliberation_date")]
    assert {fault.unit for fault in proposal.faults} == {"commitment"}


def test_a_json_may_hold_several_votes_and_due_dates(base: Database) -> None:
    entry = {
        "id": "p07",
        "deliberations": [{"date": "2026-09", "label": "septembre"}, {"date": "2026-10", "label": "octobre"}],
        "due": [{"label": "2027", "from": "2027", "to": "2027"}],
    }
    proposal = imports(base).propose(json.dumps({"commitments": [entry]}).encode(), "f", NOW)
    assert [difference.what for difference in proposal.differences] == ["deliberation", "deliberation", "due"]


def test_read_only_columns_are_passed_over(base: Database) -> None:
    title = load_catalogue(base).get("p07").title
    proposal = proposed(base, "id;title;orientation;updated_at", f"p07;{title} !;o9;hier")
    assert not proposal.faults and not proposal.differences
