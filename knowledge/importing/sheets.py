"""A file as lines of cells, whatever it was written in; and as the JSON that keeps it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.exchange.columns import CLEAR, Clear, Column
from knowledge.importing.faults import Unit

Cell = str | Clear


def cell_of(text: str) -> Cell | None:
    """What somebody wrote, as the base would keep it; None when that is nothing."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return CLEAR if kept == CLEAR.value else kept or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The filled cells of one line."""

    number: int
    cells: Mapping[Column, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Every line that asks something."""

    unit: Unit
    rows: tuple[Row, ...]

    def to_json(self) -> str:
        """As the base keeps it: null stands for what is to be cleared."""
        rows = [[row.number, {k: None if v is CLEAR else v for k, v in row.cells.items()}] for row in self.rows]
        return json.dumps({"unit": self.unit, "rows": rows}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Sheet":
        """What ``to_json`` wrote."""
        kept = json.loads(text)
        rows = (
            Row(number=number, cells={Column(k): CLEAR if v is None else v for k, v in cells.items()})
            for number, cells in kept["rows"]
        )
        return cls(unit=Unit(kept["unit"]), rows=tuple(rows))
