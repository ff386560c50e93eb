"""What a message was understood to mean: the record that every answer is made from."""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.matching.filters import NO_FILTER, Filter
from knowledge.models import Refusal

MOST_OFFERED = 5


class Outcome(StrEnum):
    """What kind of answer is given (CONTRACT, "An answer as JSON")."""

    ANSWER = "answer"
    CHOICES = "choices"
    LIST = "list"
    COUNT = "count"
    FACT = "fact"
    MENU = "menu"
    REFUSAL = "refusal"


class Aspect(StrEnum):
    """What is asked of a commitment; told first, before the rest of its card."""

    STATUS = "status"
    DATE = "date"
    DELIBERATION = "deliberation"
    SOURCE = "source"
    SINCE = "since"
    CONTENT = "content"


class Menu(StrEnum):
    """Which courtesy was meant."""

    HELLO = "hello"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    HELP = "help"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """One message, understood.

    Attributes:
        commitments: Ids, best first; for a list all of them, in document order.
        suggestions: Ids that one might still want, when nothing is answered.
        number: The figure of a count.
        score: Probability, 0 to 1, that this is what was meant (1 for what rules recognise).
        fact: The id of the fact that answers.
        filters: What a list or a count was filtered by.
    """

    outcome: Outcome
    commitments: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    number: int | None = None
    score: float = 1.0
    reason: Refusal | None = None
    aspect: Aspect | None = None
    fact: str | None = None
    filters: Filter = NO_FILTER
    menu: Menu | None = None
