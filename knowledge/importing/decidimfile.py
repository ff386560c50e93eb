"""A CSV of Decidim's accountability export as the lines that a change file would have.

A result is one of the commitments by its id, when it is one of ours, or by its title. Its status is told by its key or
its name; a status that only has Decidim's number is asked back.
"""

import html
import re
from collections.abc import Iterable, Mapping
from datetime import date

from knowledge.exchange import decidim
from knowledge.exchange.columns import Column
from knowledge.exchange.dates import is_date, shortest
from knowledge.exchange.folding import folded
from knowledge.exchange.formulas import unescape
from knowledge.importing.faults import Code, Faults, Unit
from knowledge.importing.sheets import Cell, Row, Sheet
from knowledge.models import Commitment

_DATES = {Column.DUE_FROM, Column.DUE_TO}
_TAG = re.compile(r"<[^>]*>")


def read_results(
    lines: Iterable[tuple[int, dict[str, str]]], commitments: Mapping[str, Commitment], faults: Faults
) -> Sheet:
    """Read the lines under a header that ``decidim.recognises``."""
    by_title = {folded(c.title): c for c in commitments.values()}
    rows = []
    for number, cells in lines:
        commitment = _commitment(cells, commitments, by_title)
        if commitment is None:
            faults.add(Code.UNKNOWN_RESULT, number, _title(cells)[0], _title(cells)[1])
            continue
        asked: dict[Column, Cell] = {Column.ID: commitment.id}
        asked |= _status(number, cells, faults)
        asked |= _due(number, cells, commitment, faults)
        # The platform's page is the source of what it says anew, not of what the base knows already.
        if "url" in cells and (asked.get(Column.STATUS) not in (None, commitment.status) or _DATES & asked.keys()):
            asked[Column.SOURCE_URL] = unescape(cells["url"])
        rows.append(Row(number=number, cells=asked))
    return Sheet(unit=Unit.LINE, rows=tuple(rows))


def _commitment(
    cells: Mapping[str, str], commitments: Mapping[str, Commitment], by_title: Mapping[str, Commitment]
) -> Commitment | None:
    if found := commitments.get(cells.get("id", "")):
        return found
    titles = (_plain(cell) for name, cell in cells.items() if name.startswith("title/"))
    return next((by_title[title] for title in map(folded, titles) if title in by_title), None)


def _title(cells: Mapping[str, str]) -> tuple[str, str]:
    """The column and the words that should have named a commitment."""
    found = ((name, _plain(cell)) for name, cell in cells.items() if name.startswith("title/"))
    return next(found, ("id", cells.get("id", "")))


def _plain(cell: str) -> str:
    return html.unescape(_TAG.sub(" ", unescape(cell))).strip()


def _status(number: int, cells: Mapping[str, str], faults: Faults) -> dict[Column, Cell]:
    said = {name: unescape(cell) for name, cell in cells.items() if name.startswith("status/")}
    words = {name: word for name, word in said.items() if name != "status/id"}
    found = {status for word in words.values() if (status := decidim.status_of(word)) is not None}
    if len(found) == 1:
        return {Column.STATUS: found.pop()}
    if said:
        column = next(iter(words or said))
        faults.add(Code.CONFLICT if found else Code.NOT_A_STATUS, number, column, said[column], other=number)
    return {}


def _due(number: int, cells: Mapping[str, str], commitment: Commitment, faults: Faults) -> dict[Column, Cell]:
    """The dates, if they are others than an export of the base would have; as years or months when they are whole."""
    days: dict[str, date] = {}
    for name in ("start_date", "end_date"):
        if name in cells:
            if len(cells[name]) != len("2022-06-27") or not is_date(cells[name]):
                faults.add(Code.NOT_A_DATE, number, name, cells[name])
                return {}
            days[name] = date.fromisoformat(cells[name])
    start, end = days.get("start_date"), days.get("end_date")
    if not days or (start, end) == decidim.period_of(commitment):
        return {}
    if start and end:
        return dict(zip((Column.DUE_FROM, Column.DUE_TO), shortest(start, end), strict=True))
    return {Column.DUE_FROM: start.isoformat()} if start else {Column.DUE_TO: str(end)}
