"""What a file asks for one commitment, all its lines together."""

from dataclasses import dataclass, field

from knowledge.exchange.columns import Clear
from knowledge.models import Deliberation, DueDate, Status


@dataclass(slots=True, kw_only=True)
class Wish:
    """Filled line by line by ``checking``; None everywhere: nothing asked.

    Attributes:
        due: All the due dates that are to hold, in the order of the lines.
        due_url: The page that the due dates rest on.
        votes: Each with the number of its line.
        clear_votes: Take away those that staff recorded and the file does not name.
        numbers: The line on which each thing was asked first.
    """

    commitment: str
    status: Status | Clear | None = None
    status_date: str | Clear | None = None
    source_url: str | Clear | None = None
    votes: dict[tuple[str, str], tuple[int, Deliberation]] = field(default_factory=dict)
    clear_votes: bool = False
    due: list[DueDate] | Clear | None = None
    due_url: str | None = None
    note: str | Clear | None = None
    numbers: dict[str, int] = field(default_factory=dict)
