"""The base as open data: every key as promised, and an export that imports as nothing to change."""

import csv
import io
import json

import pytest

from knowledge.database import Database
from knowledge.exchange.formulas import escape, unescape
from knowledge.exporting.documents import as_document, as_json
from knowledge.exporting.tables import as_change_file
from knowledge.store import load_catalogue
from tests.conftest import NOW
from tests.knowledge.importing.files import EDITOR, PAGE, imports, proposed

KEYS = """id kind number orientation title summary info status status_source status_evidence deliberations milestones
due as_of checked_at note source updated_at""".split()


@pytest.fixture
def written(base: Database) -> Database:
    """A base to which staff have written all there is to write."""
    lines = (
        f"p07,realise,2026-10,2026-10-02,Séance du 2,{PAGE}/vote,fin 2027,2027-10,2027,{PAGE},=cmd|' /C calc'!A0",
        "p07,,,2026-09,,,,2028,,,",
        f"p02,,,,,,,,,{PAGE},'-1",
        'a1-02,en_cours,2026,,,,-,,,,"\'+1, deux\nlignes ; « fin »"',
    )
    header = "id,status,status_date,deliberation_date,deliberation_label,deliberation_url,due_label,due_from,due_to"
    assert imports(base).submit(proposed(base, f"{header},source_url,note", *lines), EDITOR, NOW).differences
    return base


def test_a_commitment_has_every_key_in_order(written: Database) -> None:
    document = as_document(load_catalogue(written))
    assert list(document) == ["document", "orientations", "commitments"]
    assert len(document["commitments"]) == 102 and len(document["orientations"]) == 5
    assert all(list(entry) == KEYS for entry in document["commitments"])
    entry = next(each for each in document["commitments"] if each["id"] == "p07")
    assert (entry["status"], entry["status_source"], entry["kind"]) == ("realise", "import", "priority")
    assert entry["deliberations"][-1] == {
        "date": "2026-10-02",
        "label": "Séance du 2",
        "url": f"{PAGE}/vote",
        "source": "import",
    }
    assert entry["due"][0] == {"label": "fin 2027", "from": "2027-10", "to": "2027"}
    assert entry["source"] == {"document": document["document"]["title"], "pages": list(entry["source"]["pages"])}
    assert entry["as_of"] == "2022-06-27" and entry["checked_at"] == NOW.date().isoformat()


def test_what_nobody_said_is_null(base: Database) -> None:
    entries = as_document(load_catalogue(base))["commitments"]
    assert sum(entry["summary"] is None for entry in entries) == 74
    assert sum(entry["status"] is None for entry in entries) == 81
    assert all(entry["status_source"] in (None, "report") for entry in entries)


def test_the_json_imports_as_nothing_to_change(written: Database) -> None:
    exported = as_json(load_catalogue(written))
    assert json.loads(exported)["commitments"] and exported.endswith("}\n")
    proposal = imports(written).propose(exported.encode(), "f.json", NOW)
    assert not proposal.faults and not proposal.differences


def test_the_csv_imports_as_nothing_to_change(written: Database) -> None:
    exported = as_change_file(load_catalogue(written))
    proposal = imports(written).propose(exported.encode(), "f.csv", NOW)
    assert not proposal.faults and not proposal.differences
    again = exported.replace("p08,o1", "p08,o2")  # a column for readers
    assert not imports(written).propose(again.encode(), "f.csv", NOW).differences


def test_no_cell_runs_in_a_spreadsheet(written: Database) -> None:
    rows = list(csv.reader(io.StringIO(as_change_file(load_catalogue(written)))))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "'=cmd|' /C calc'!A0" in {cell for row in rows for cell in row}


@pytest.mark.parametrize("cell", ["=1", "+1", "-", "-1", "@a", "\ta", "\ra", "'=1", "''=1", "'", "'a", "a=1", "", "=="])
def test_what_is_escaped_comes_back_as_it_was(cell: str) -> None:
    assert unescape(escape(cell)) == cell
    assert not escape(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
