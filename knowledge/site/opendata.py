"""The base as open data: one JSON file, a CSV file a table with its Table Schema, and the package that names them."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from knowledge.changes import Change, encode
from knowledge.exchange.formulas import escape
from knowledge.exporting.documents import as_entry, as_json
from knowledge.site import paths, tables
from knowledge.site.edition import Edition, Material
from knowledge.site.tables import Column, Table

JSON_FILE = "engagements.json"
PACKAGE_FILE = "datapackage.json"

Row = Mapping[str, object]


def files(material: Material, edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Each file with its path."""
    yield paths.dataset(JSON_FILE), as_json(material.catalogue).encode()
    contents = _rows(material)
    for table in tables.ALL:
        yield paths.dataset(table.file), as_csv(table, contents[table.name])
        yield paths.dataset(table.schema_file), _json(schema(table))
    yield paths.dataset(PACKAGE_FILE), _json(_package(material, edition))


def as_csv(table: Table, rows: Iterable[Row]) -> bytes:
    """The rows as CSV; nothing in it is run by a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(column.name for column in table.columns)
    for row in rows:
        writer.writerow(_cell(row[column.name]) for column in table.columns)
    return out.getvalue().encode()


def schema(table: Table) -> dict[str, Any]:
    """The Table Schema (Frictionless) of a CSV file."""
    described: dict[str, Any] = {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        described["primaryKey"] = list(table.key)
    if table is not tables.COMMITMENTS:
        reference = {"resource": tables.COMMITMENTS.name, "fields": "id"}
        described["foreignKeys"] = [{"fields": "commitment", "reference": reference}]
    return described


def _rows(material: Material) -> dict[str, list[Row]]:
    wholes = [as_entry(each, material.catalogue.document) for each in material.catalogue.commitments]
    changes = sorted((each for its in material.changes.values() for each in its), key=lambda each: each.id)

    def each(key: str) -> list[Row]:
        return [{"commitment": its["id"], **part} for its in wholes for part in its[key]]

    return {
        tables.COMMITMENTS.name: [_flat(its) for its in wholes],
        tables.DELIBERATIONS.name: each("deliberations"),
        tables.MILESTONES.name: each("milestones"),
        tables.DUE_DATES.name: each("due"),
        tables.CHANGES.name: [_change(change) for change in changes],
    }


def _flat(its: dict[str, Any]) -> Row:
    source = its["source"]
    return its | {"source_document": source["document"], "source_pages": " ".join(map(str, source["pages"]))}


def _change(its: Change) -> Row:
    return {
        "id": its.id,
        "commitment": its.commitment,
        "field": its.field,
        "old": encode(its.old),
        "new": encode(its.new),
        "source": its.source,
        "role": its.by.role if its.by else None,
        "evidence": its.evidence,
        "event_date": its.event_date,
        "url": its.url,
        "recorded_at": its.recorded_at.isoformat(),
        "undoes": its.undoes,
    }


def _cell(value: object) -> object:
    return escape(value) if isinstance(value, str) else value


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.pattern:
        constraints["pattern"] = column.pattern
    if column.enum:
        constraints["enum"] = list(column.enum)
    described: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.said}
    if column.type == "datetime":
        described["format"] = "any"
    return described | ({"constraints": constraints} if constraints else {})


def _package(material: Material, edition: Edition) -> dict[str, Any]:
    document = material.catalogue.document
    described = {
        "name": "droit-de-suite",
        "title": f"Les engagements de {document.publisher} après sa Convention citoyenne",
        # No "licenses": the report's own words have none, and one word for all of it would not be true.
        "description": " ".join(tables.LICENCE),
        "created": material.updated.isoformat(),
        "sources": [{"title": f"{document.title}, {document.publisher}, {document.date}"}],
        "resources": [
            {
                "name": table.name,
                "title": table.title,
                "path": table.file,
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": schema(table),
            }
            for table in tables.ALL
        ],
    }
    return described | ({"homepage": edition.url} if edition.url else {})


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
