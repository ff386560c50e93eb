"""A commitment called by its id or its number: « p07 », « a2-13 », « où en est le chantier 12 »."""

import re

from knowledge.catalogue import Catalogue
from knowledge.matching.aspects import aspect_of
from knowledge.matching.meaning import Meaning, Outcome
from knowledge.matching.wording import words
from knowledge.models import Refusal

_BY_ID = re.compile(r"(?<![\w-])(p\s?\d{1,2}|a\s?\d\s?-\s?\d{1,2})(?![\w-])", re.IGNORECASE)
_BY_NUMBER = re.compile(
    r"^(?:\S+ ){0,6}(?:chantier|engagement|projet|priorite|action|commitment|project)s?"
    r"(?: prioritaires?)? (?:n |no |num |numero )?(\d{1,3})\b(?! (?:engagements|chantiers|projets|actions|"
    r"orientations))"
)


def named(text: str, catalogue: Catalogue) -> Meaning | None:
    """The commitment called by name; a refusal when none has that name; None when no name is called."""
    wanted: str | None = None
    if found := _BY_ID.search(text):
        letters = re.sub(r"\s", "", found.group(1).lower())
        head, dash, tail = letters.partition("-")
        wanted = f"{head}-{int(tail):02d}" if dash else f"p{int(letters[1:]):02d}"
    elif found := _BY_NUMBER.search(" ".join(words(text))):
        number = int(found.group(1))
        wanted = next((c.id for c in catalogue.commitments if c.number == number), "")
    if wanted is None:
        return None
    if wanted in catalogue:
        return Meaning(outcome=Outcome.ANSWER, commitments=(wanted,), aspect=aspect_of(text))
    return Meaning(outcome=Outcome.REFUSAL, reason=Refusal.NOT_UNDERSTOOD)
