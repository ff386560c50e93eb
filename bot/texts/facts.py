"""Facts about the convention, the report, its words."""

from collections.abc import Sequence

from bot.texts.markup import escape, pack
from knowledge.models import Document, Fact
from knowledge.wording import sources


def fact(its: Fact, document: Document) -> tuple[str, ...]:
    """The answer with its source."""
    return pack([escape(its.answer), source(its, document)])


def source(its: Fact, document: Document) -> str:
    """Where it is written; empty for what the report does not print."""
    return f"Source : {printed_in(document, its.pages)}." if its.pages else ""


def printed_in(document: Document, pages: Sequence[int]) -> str:
    """The report and its pages: « pages 2 et 3 », « pages 1, 4 à 13 »."""
    return escape(sources.printed_in(document, pages))
