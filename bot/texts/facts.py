"""Facts about the convention, the report, its words."""

from collections.abc import Sequence

from bot.texts.dates import in_french
from bot.texts.markup import escape, pack, quoted
from knowledge.models import Document, Fact


def fact(its: Fact, document: Document) -> tuple[str, ...]:
    """The answer with its source."""
    return pack([escape(its.answer), source(its, document)])


def source(its: Fact, document: Document) -> str:
    """Where it is written; empty for what the report does not print."""
    return f"Source : {printed_in(document, its.pages)}." if its.pages else ""


def printed_in(document: Document, pages: Sequence[int]) -> str:
    """The report and its pages: « pages 2 et 3 », « pages 1, 4 à 13 »."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    named = [f"{run[0]} à {run[-1]}" if len(run) > 2 else " et ".join(map(str, run)) for run in runs]
    where = f"page{'s' if len(pages) > 1 else ''} {', '.join(named)}"
    return f"{quoted(document.title)}, {escape(document.publisher)}, {in_french(document.date)}, {where}"
