"""The base as CSV: in the layout of a change file, or in that of Decidim's accountability export.

An export in either layout imports as « nothing to change ».
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from knowledge.catalogue import Catalogue
from knowledge.exchange import decidim
from knowledge.exchange.columns import READ_ONLY, Column
from knowledge.exchange.formulas import escape
from knowledge.models import Commitment, Deliberation, DueDate, Orientation

_Cells = dict[str, str | None]


def as_change_file(catalogue: Catalogue) -> str:
    """Each commitment on a line, and on one more for each further vote and due date."""
    columns = [Column.ID, *READ_ONLY[:2], *list(Column)[1:], *READ_ONLY[2:]]
    return _written(columns, (row for each in catalogue.commitments for row in _lines(each)), ",")


def as_decidim(catalogue: Catalogue) -> str:
    """A commitment a line; what nobody has said, such as a progress in percent, stays empty."""
    orientations = {each.id: each for each in catalogue.orientations}
    rows = (_result(each, orientations[each.orientation]) for each in catalogue.commitments)
    return _written(decidim.COLUMNS, rows, decidim.SEPARATOR)


def _written(columns: Sequence[str], rows: Iterable[Mapping[str, str | None]], separator: str) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, delimiter=separator, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows({name: escape(cell or "") for name, cell in row.items()} for row in rows)
    return text.getvalue()


def _lines(commitment: Commitment) -> Iterator[_Cells]:
    once: _Cells = {
        Column.STATUS: commitment.status,
        Column.STATUS_DATE: commitment.status_date,
        Column.SOURCE_URL: commitment.status_url,
        Column.NOTE: commitment.note,
        "status_source": commitment.status_source,
        "checked_at": commitment.checked_at,
        "updated_at": commitment.updated_at,
    }
    readable: _Cells = {
        Column.ID: commitment.id,
        "orientation": commitment.orientation,
        "title": commitment.title,
    }
    pairs = list(zip_longest(commitment.deliberations, commitment.due)) or [(None, None)]
    for rank, (vote, due) in enumerate(pairs):
        yield readable | (once if rank == 0 else {}) | _vote(vote) | _due(due)


def _vote(vote: Deliberation | None) -> _Cells:
    if vote is None:
        return {}
    return {
        Column.DELIBERATION_DATE: vote.date,
        Column.DELIBERATION_LABEL: vote.label,
        Column.DELIBERATION_URL: vote.url,
    }


def _due(due: DueDate | None) -> _Cells:
    return {} if due is None else {Column.DUE_LABEL: due.label, Column.DUE_FROM: due.starts, Column.DUE_TO: due.ends}


def _result(commitment: Commitment, orientation: Orientation) -> _Cells:
    start, end = decidim.period_of(commitment)
    status = commitment.status
    return {
        "id": commitment.id,
        "category/id": orientation.id,
        f"category/name/{decidim.LOCALE}": orientation.title,
        f"title/{decidim.LOCALE}": commitment.title,
        f"description/{decidim.LOCALE}": commitment.summary or commitment.info,
        "start_date": start.isoformat() if start else None,
        "end_date": end.isoformat() if end else None,
        "status/key": status,
        f"status/name/{decidim.LOCALE}": status and decidim.name_of(status),
        "url": commitment.status_url,
    }
