"""The columns of a change file."""

from enum import Enum, StrEnum


class Column(StrEnum):
    """Every column that a change file may hold; only ``id`` must be there."""

    ID = "id"
    STATUS = "status"
    STATUS_DATE = "status_date"
    DELIBERATION_DATE = "deliberation_date"
    DELIBERATION_LABEL = "deliberation_label"
    DELIBERATION_URL = "deliberation_url"
    DUE_LABEL = "due_label"
    DUE_FROM = "due_from"
    DUE_TO = "due_to"
    SOURCE_URL = "source_url"
    NOTE = "note"


VOTE = (Column.DELIBERATION_DATE, Column.DELIBERATION_LABEL, Column.DELIBERATION_URL)
DUE = (Column.DUE_LABEL, Column.DUE_FROM, Column.DUE_TO)

# For people who read an export; an import passes over them.
READ_ONLY = ("orientation", "title", "status_source", "checked_at", "updated_at")


class Clear(Enum):
    """What « - » alone in a cell asks: take away what staff recorded."""

    CLEAR = "-"


CLEAR = Clear.CLEAR
