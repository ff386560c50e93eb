"""Which acronyms and technical words of a text have an explanation."""

import re
from collections.abc import Iterable
from functools import cache

from knowledge.models import Term


def explained(text: str, glossary: Iterable[Term]) -> tuple[Term, ...]:
    """The terms that stand in a text. Acronyms first: a word can be guessed, an acronym cannot."""
    found = [(place, term) for term in glossary if (place := _place(term, text)) is not None]
    found.sort(key=lambda each: (not _acronyms(each[1].term), each[0]))
    return tuple(term for _, term in found)


def _acronyms(term: str) -> list[str]:
    return re.findall(r"\b[A-Z][A-Z0-9]+\b", term)


def _place(term: Term, text: str) -> int | None:
    """Where a term stands in a text; None when it does not."""
    found = (pattern.search(text) for pattern in _patterns(term.term))
    return next((each.start() for each in found if each), None)


@cache
def _patterns(term: str) -> tuple[re.Pattern[str], ...]:
    """How a term is found: an acronym as written, another word in either case; its long and its short form."""
    names = dict.fromkeys((re.sub(r" ?\(.*?\)", "", term), *re.findall(r"\(([^)]+)\)", term)))
    return tuple(
        re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", 0 if _acronyms(name) else re.IGNORECASE) for name in names
    )
