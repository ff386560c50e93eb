"""The JSON that an export writes: its commitments as the lines that a change file would have."""

import json
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from knowledge.exchange.columns import CLEAR, DUE, VOTE, Column
from knowledge.importing.faults import Code, Faults, Unit
from knowledge.importing.sheets import Cell, Row, Sheet, cell_of

COMMITMENTS = "commitments"

# What an export says besides, and an import passes over.
_READ_ONLY = {
    *("kind", "number", "orientation", "title", "summary", "info", "status_source", "status_evidence"),
    *("milestones", "as_of", "checked_at", "source", "updated_at"),
}
_PLAIN = (Column.STATUS, Column.STATUS_DATE, Column.SOURCE_URL, Column.NOTE)
_VOTES = dict(zip(("date", "label", "url"), VOTE, strict=True))
_DUE = dict(zip(("label", "from", "to"), DUE, strict=True))
_LISTS = {"deliberations": (_VOTES, {"source"}), "due": (_DUE, set[str]())}
_KNOWN = {Column.ID, *_PLAIN, *_LISTS, *_READ_ONLY}


class _TwiceError(ValueError):
    """A key stands twice in one object."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def read_json(text: str, faults: Faults) -> Sheet | None:
    """Read the JSON of an export; None when it is none."""
    faults.unit = Unit.COMMITMENT
    try:
        content = json.loads(text, object_pairs_hook=_unique)
    except _TwiceError as error:
        faults.add(Code.COLUMN_TWICE, column=error.key)
        return None
    except (ValueError, RecursionError):
        faults.add(Code.NOT_JSON)
        return None
    entries = content.get(COMMITMENTS) if isinstance(content, dict) else None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        faults.add(Code.NOT_AN_EXPORT)
        return None
    rows = (row for number, entry in enumerate(entries, start=1) for row in _rows(number, entry, faults))
    return Sheet(unit=Unit.COMMITMENT, rows=tuple(rows))


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _TwiceError(key)
        found[key] = value
    return found


def _rows(number: int, entry: dict[str, Any], faults: Faults) -> Iterator[Row]:
    """A first line with what stands once, then one for each further vote and due date."""
    for key in entry.keys() - _KNOWN:
        faults.add(Code.UNKNOWN_COLUMN, number, key)
    once = _cells(number, entry, {column.value: column for column in (Column.ID, *_PLAIN)}, faults)
    lists = [_list(number, entry, name, faults) for name in _LISTS]
    for rank, parts in enumerate(zip_longest(*lists, fillvalue=dict[Column, Cell]())):
        cells = {column: cell for part in parts for column, cell in part.items()}
        yield Row(number=number, cells=cells | (once if rank == 0 else _only_id(once)))
    if not any(lists):
        yield Row(number=number, cells=once)


def _only_id(cells: dict[Column, Cell]) -> dict[Column, Cell]:
    return {column: cell for column, cell in cells.items() if column is Column.ID}


def _list(number: int, entry: dict[str, Any], name: str, faults: Faults) -> list[dict[Column, Cell]]:
    columns, read_only = _LISTS[name]
    value = entry.get(name)
    if value == CLEAR.value:
        return [{next(iter(columns.values())): CLEAR}]
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        faults.add(Code.NOT_A_TEXT, number, name)
        return []
    for key in {key for each in value for key in each} - columns.keys() - read_only:
        faults.add(Code.UNKNOWN_COLUMN, number, f"{name}.{key}")
    return [_cells(number, each, columns, faults) for each in value]


def _cells(number: int, entry: dict[str, Any], columns: dict[str, Column], faults: Faults) -> dict[Column, Cell]:
    found: dict[Column, Cell] = {}
    for key, column in columns.items():
        value = entry.get(key)
        if value is None:
            continue
        if not isinstance(value, str) or not _can_be_kept(value):
            faults.add(Code.NOT_A_TEXT, number, key)
        elif (cell := cell_of(value)) is not None:
            found[column] = cell
    return found


def _can_be_kept(text: str) -> bool:
    """JSON can spell what no file can hold: half a character, or none at all."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
