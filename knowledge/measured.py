"""How well the answers did when they were last measured, to be told to people as it is."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from knowledge.datafiles import DATA

MEASURED = DATA / "calibration" / "measured.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One measuring of the measuring set (``make measure``).

    Attributes:
        day: ISO date.
        questions: How many were asked.
        about_one, right_first: Of those about one commitment: how many, and how many got it first.
        out_of_scope, refused: Of those to refuse: how many, and how many were.
    """

    day: str
    questions: int
    about_one: int
    right_first: int
    out_of_scope: int
    refused: int

    @classmethod
    def load(cls, path: Path = MEASURED) -> "Measured | None":
        """The last measuring; None when there is none."""
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def save(self, path: Path = MEASURED) -> None:
        """Keep it beside the calibration."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")
