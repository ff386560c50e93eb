"""What may be wrong with a change file, as facts; the sentences are chosen by who shows them."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Every fault that a file, a line or a cell may have."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    NOT_UTF8 = "not_utf8"
    NOT_TEXT = "not_text"
    NOT_CSV = "not_csv"
    NOT_JSON = "not_json"
    NOT_AN_EXPORT = "not_an_export"
    TOO_MANY_LINES = "too_many_lines"
    NO_ID_COLUMN = "no_id_column"
    UNKNOWN_COLUMN = "unknown_column"
    COLUMN_TWICE = "column_twice"
    TOO_MANY_CELLS = "too_many_cells"
    NO_ID = "no_id"
    UNKNOWN_ID = "unknown_id"
    UNKNOWN_RESULT = "unknown_result"
    NOT_A_TEXT = "not_a_text"
    NOT_A_STATUS = "not_a_status"
    NOT_A_DATE = "not_a_date"
    IN_THE_FUTURE = "in_the_future"
    NOT_AN_ADDRESS = "not_an_address"
    TOO_LONG = "too_long"
    SOURCE_MISSING = "source_missing"
    DATE_MISSING = "date_missing"
    ENDS_BEFORE_START = "ends_before_start"
    HALF_CLEARED = "half_cleared"
    CONFLICT = "conflict"


class Unit(StrEnum):
    """What a place in a file is counted in: lines of a CSV, commitments of a JSON."""

    LINE = "line"
    COMMITMENT = "commitment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault.

    Attributes:
        number: The line (the header is line 1), or the rank of the commitment in a JSON; None for the whole file.
        column: The column, or the key; None for the whole line.
        value: What stands there.
        other: The other line, of a conflict.
        limit: The most that there may be.
    """

    code: Code
    unit: Unit = Unit.LINE
    number: int | None = None
    column: str | None = None
    value: str | None = None
    other: int | None = None
    limit: int | None = None


class Faults(list[Fault]):
    """Collects the faults of one file."""

    def __init__(self, unit: Unit = Unit.LINE) -> None:
        super().__init__()
        self.unit = unit

    def add(
        self,
        code: Code,
        number: int | None = None,
        column: str | None = None,
        value: str | None = None,
        *,
        other: int | None = None,
        limit: int | None = None,
    ) -> None:
        """Note one."""
        self.append(
            Fault(code=code, unit=self.unit, number=number, column=column, value=value, other=other, limit=limit)
        )
