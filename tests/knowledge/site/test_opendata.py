"""Every file is held against its own Table Schema, with rules of our own for what it says."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from knowledge.site import paths, tables
from knowledge.site.edition import Material
from knowledge.site.opendata import as_csv
from knowledge.site.tables import Table

KEYS = (
    "id kind number orientation title summary info status status_source status_evidence deliberations milestones due"
    " as_of checked_at note source updated_at"
).split()


def rows(files: dict[str, bytes], table: Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[paths.dataset(table.file)].decode(), newline="")))


def schema(files: dict[str, bytes], table: Table) -> dict[str, Any]:
    return dict(json.loads(files[paths.dataset(table.schema_file)]))


READ: dict[str, Callable[[str], object]] = {"integer": int, "datetime": datetime.fromisoformat, "string": str}


def is_of(kind: str, value: str) -> bool:
    try:
        READ[kind](value)
    except ValueError:
        return False
    return True


def faults(value: str, its: dict[str, Any]) -> list[str]:
    limits = its.get("constraints", {})
    if not value:
        return ["is missing"] if limits.get("required") else []
    found = [] if is_of(its["type"], value) else [f"is no {its['type']}"]
    if "pattern" in limits and not re.fullmatch(limits["pattern"], value):
        found.append("does not fit its pattern")
    return found + (["is not one of those allowed"] if "enum" in limits and value not in limits["enum"] else [])


@pytest.mark.parametrize("table", tables.ALL, ids=lambda table: table.name)
def test_each_file_keeps_to_its_schema(files: dict[str, bytes], table: Table) -> None:
    its, found = schema(files, table), rows(files, table)
    assert found and [field["name"] for field in its["fields"]] == list(found[0])
    for row in found:
        for field in its["fields"]:
            assert faults(row[field["name"]], field) == [], f"{field['name']}: {row}"
    if "primaryKey" in its:
        keys = [tuple(row[name] for name in its["primaryKey"]) for row in found]
        assert len(keys) == len(set(keys))
    ids = {row["id"] for row in rows(files, tables.COMMITMENTS)}
    for reference in its.get("foreignKeys", []):
        assert {row[reference["fields"]] for row in found} <= ids


def test_the_package_names_every_file_and_claims_no_licence(files: dict[str, bytes]) -> None:
    package = json.loads(files[paths.dataset("datapackage.json")])
    assert [each["path"] for each in package["resources"]] == [table.file for table in tables.ALL]
    assert all(
        each["schema"] == schema(files, table) for each, table in zip(package["resources"], tables.ALL, strict=True)
    )
    assert "licenses" not in package and "n’indique aucune licence" in package["description"]


def test_the_dictionary_explains_every_column(files: dict[str, bytes]) -> None:
    html = files[paths.DATA].decode()
    for table in tables.ALL:
        assert f"<h3>{table.file}</h3>" in html
        assert all(f"<code>{column.name}</code>" in html for column in table.columns)


def test_a_commitment_has_the_keys_that_programs_rely_on(files: dict[str, bytes], material: Material) -> None:
    whole = json.loads(files[paths.dataset("engagements.json")])
    assert set(whole) == {"document", "orientations", "commitments"}
    assert [each["id"] for each in whole["commitments"]] == [each.id for each in material.catalogue.commitments]
    assert all(list(each) == KEYS for each in whole["commitments"])
    first = whole["commitments"][0]
    assert first["deliberations"][0]["date"] == "2026-10-09" and first["status"] == "realise"
    assert first["source"] == {"document": "1 an après la Convention citoyenne de Nantes", "pages": [4, 5]}


def test_the_files_agree_with_one_another(files: dict[str, bytes]) -> None:
    whole = json.loads(files[paths.dataset("engagements.json")])["commitments"]
    for table, key in (
        (tables.DELIBERATIONS, "deliberations"),
        (tables.MILESTONES, "milestones"),
        (tables.DUE_DATES, "due"),
    ):
        flat = [(each["id"], *(str(value or "") for value in part.values())) for each in whole for part in each[key]]
        assert flat == [tuple(row.values()) for row in rows(files, table)]


def test_changes_tell_a_role_and_no_member(files: dict[str, bytes]) -> None:
    found = rows(files, tables.CHANGES)
    assert {row["role"] for row in found} == {"", "editor"}
    assert b"4217" not in b"".join(content for path, content in files.items() if path.startswith("donnees/"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_run_by_a_spreadsheet(start: str) -> None:
    row = dict.fromkeys((column.name for column in tables.DUE_DATES.columns), f"{start}1+1")
    (read,) = csv.DictReader(io.StringIO(as_csv(tables.DUE_DATES, [row]).decode(), newline=""))
    assert set(read.values()) == {f"'{start}1+1"}
