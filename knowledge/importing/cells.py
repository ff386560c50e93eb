"""What may stand in one cell."""

from urllib.parse import urlsplit

from knowledge.exchange.columns import Column
from knowledge.exchange.folding import folded
from knowledge.models import Status

# In characters: what a card can show.
LONGEST = {
    Column.NOTE: 1_000,
    Column.DELIBERATION_LABEL: 200,
    Column.DUE_LABEL: 200,
    Column.SOURCE_URL: 2_000,
    Column.DELIBERATION_URL: 2_000,
}
_STATUSES = {folded(status): status for status in Status}


def status_of(cell: str) -> Status | None:
    """The status that a cell names, accents and case left aside."""
    return _STATUSES.get(folded(cell))


def is_address(cell: str) -> bool:
    """Whether it is the address of a page on the web."""
    if any(character.isspace() or not character.isprintable() for character in cell):
        return False
    try:
        parts = urlsplit(cell)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
