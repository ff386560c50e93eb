"""What the conversation hands to a screen, be it Telegram or a terminal: texts with buttons, nothing of either."""

from dataclasses import dataclass
from datetime import date

from knowledge.matching.meaning import Meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """Something to press: ``data`` comes back to the conversation, ``url`` opens a page; one of the two.

    ``numbered`` asks for its rank before the label, as one of several choices.
    """

    label: str
    data: str | None = None
    url: str | None = None
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One message: HTML of at most 4 096 UTF-16 units, and rows of buttons.

    Whatever the rows, a typed number presses the button of that rank.
    """

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons, in reading order."""
        return tuple(button for row in self.rows for button in row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """An answer that was not the one wanted: no text, no person."""

    kind: str
    commitment_id: str | None
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What a message or a press leads to.

    Attributes:
        replies: In order; empty when a toast says it all.
        whole: The whole of a list that the replies show page by page.
        in_place: The first reply replaces the message whose button was pressed.
        miss: To be recorded by who serves residents; trials record nothing.
    """

    meaning: Meaning
    replies: tuple[Reply, ...] = ()
    whole: str | None = None
    in_place: bool = False
    miss: Miss | None = None
