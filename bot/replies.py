"""What the conversation hands to a screen, be it Telegram or a terminal: texts with buttons, nothing of either."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.pictures.sheets import Picture
from knowledge.matching.meaning import Meaning, Outcome
from knowledge.models import Refusal
from scheduler.members import Member


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
class File:
    """A file that goes with a message: a name and its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One message: HTML of at most 4 096 UTF-16 units, and rows of buttons.

    Whatever the rows, a typed number presses the button of that rank. With a picture the text is its caption, of at
    most 1 024 units, and says enough to stand alone where the picture cannot be shown.
    """

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    file: File | None = None
    picture: Picture | None = None

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
class Asked:
    """A question as it is counted, by what came of it: no text, no person."""

    outcome: Outcome
    reason: Refusal | None
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Whose chat it is: the id that is sealed when something is followed, and whether several people share it.

    Attributes:
        console: At the staff's console, finds the member who gave their code; asked again at each act.
    """

    chat: int
    group: bool = False
    console: Callable[[], Member | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What a person wants done with what is kept about them: it reads or writes the base, so it blocks.

    Attributes:
        act: Does it and says what came of it; the time is local.
        changes: Whether, in a group, only its administrators may.
        personal: Whether it is about what is kept of people; else it only reads what is public.
    """

    act: Callable[[Caller, datetime], "Turn"]
    changes: bool = True
    personal: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What a message or a press leads to.

    Attributes:
        replies: In order; empty when a toast says it all.
        whole: The whole of a list that the replies show page by page.
        in_place: The first reply replaces the message whose button was pressed.
        miss, asked: To be counted by who serves residents; trials count nothing.
        deed: To be done before anything is shown; its turn comes after these replies.
    """

    meaning: Meaning
    replies: tuple[Reply, ...] = ()
    whole: str | None = None
    in_place: bool = False
    miss: Miss | None = None
    asked: Asked | None = None
    deed: Deed | None = None
