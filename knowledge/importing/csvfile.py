"""A CSV: comma or semicolon, the header first."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from knowledge.exchange import decidim
from knowledge.exchange.columns import READ_ONLY, Column
from knowledge.exchange.formulas import unescape
from knowledge.importing.decidimfile import read_results
from knowledge.importing.faults import Code, Faults, Unit
from knowledge.importing.sheets import Cell, Row, Sheet, cell_of
from knowledge.models import Commitment

MOST_LINES = 20_000
_LONGEST_HEADER = 10_000
# A line of the file: its number, and its cells under the names of the header, stripped, the empty ones left out.
Line = tuple[int, dict[str, str]]


def read_csv(text: str, commitments: Mapping[str, Commitment], faults: Faults) -> Sheet | None:
    """Read a CSV; None when its header cannot be used."""
    lines = _lines(text, faults)
    first = next(lines, None)
    if first is None:
        if not faults:  # nothing but separators and spaces
            faults.add(Code.EMPTY)
        return None
    header = [name.strip().casefold() for name in _filled(first[1])]
    if not _usable(header, faults):
        return None
    named = list(_named(header, lines, faults))
    if decidim.recognises(header):
        return read_results(named, commitments, faults)
    rows = (Row(number=number, cells=_cells(cells)) for number, cells in named)
    return Sheet(unit=Unit.LINE, rows=tuple(rows))


def _cells(named: Mapping[str, str]) -> dict[Column, Cell]:
    # A spreadsheet may have protected the dash too; no text of ours is a dash alone.
    meant = {Column(name): cell_of(unescape(text)) for name, text in named.items()}
    return {column: cell for column, cell in meant.items() if cell is not None}


def _lines(text: str, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Every line that holds something, with the number of the file's line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    begins, count = 1, 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                count += 1
                if count > MOST_LINES:
                    faults.add(Code.TOO_MANY_LINES, limit=MOST_LINES)
                    return
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        faults.add(Code.NOT_CSV, number=begins)


def _delimiter(text: str) -> str:
    """What stands more often in the header."""
    header = text.lstrip()[:_LONGEST_HEADER].splitlines()[0]
    return ";" if header.count(";") > header.count(",") else ","


def _usable(header: Sequence[str], faults: Faults) -> bool:
    if Column.ID not in header:
        faults.add(Code.NO_ID_COLUMN, number=1)
        return False
    known = {*Column, *READ_ONLY}
    fine = True
    for name, count in Counter(header).items():
        if count > 1:
            faults.add(Code.COLUMN_TWICE, number=1, column=name)
            fine = False
        if name not in known and not decidim.recognises(header):
            faults.add(Code.UNKNOWN_COLUMN, number=1, column=name)
            fine = False
    return fine


def _named(header: Sequence[str], lines: Iterator[tuple[int, list[str]]], faults: Faults) -> Iterator[Line]:
    for number, cells in lines:
        if len(_filled(cells)) > len(header):
            faults.add(Code.TOO_MANY_CELLS, number=number, limit=len(header))
        pairs = zip(header, (cell.strip() for cell in cells), strict=False)
        yield number, {name: cell for name, cell in pairs if cell and name not in READ_ONLY}


def _filled(cells: list[str]) -> list[str]:
    """Without the empty cells that a spreadsheet writes after the last one."""
    count = max(n for n, cell in enumerate(cells, start=1) if cell.strip())
    return cells[:count]
