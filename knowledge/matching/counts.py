"""How many: a total of the report when it gives one, else a count of what fits the filters."""

import re
from dataclasses import replace

from knowledge.catalogue import Catalogue
from knowledge.matching.decision import Verdict
from knowledge.matching.filter_words import Reading
from knowledge.matching.filters import FILED, Filter, Shelf, sets_apart
from knowledge.matching.meaning import Meaning, Outcome
from knowledge.matching.wording import words
from knowledge.models import Fact, Status

_SHARE = re.compile(r"\b(?:pourcentages?|pourcents?|pour cent|percent\w*|proportion|part|taux)\b")
_COUNT_LIKELY = 0.5
_FACT_FITS = -0.15
_FACT_SURE = 0.25
_COUNTED = re.compile(
    r"\b(?:combien|cb|conbien|kombien|nombre|nb|nbre|how many|cuantos)\b(?: \S+){0,2}? "
    r"(?:engage|angage|projet|action|chantier|mesure|promesse|choses|trucs|commitment|pledge|project|sont|restent)"
)


_OF_THINGS = re.compile(r"\b(?:combien|combein|combine|cb|conbien|kombien|nombre|nb|nbre) (?:de|d|des)\b")


_OF_MONEY_OR_TIME = re.compile(
    r"\b(?:combien|cb) (?:ca |cela |a |va |ont )?(?:cout\w*|dure\w*|de temps|d annees|vaut|paie)\b"
)


def count(
    text: str, reading: Reading, searched: tuple[Filter, bool], verdict: Verdict, catalogue: Catalogue, shelf: Shelf
) -> Meaning | None:
    """The figure asked for; None when the message counts something else than commitments.

    A total that the report gives is the report's, even where today's base knows fewer; the sentence says both.

    Args:
        searched: The filter, and whether some word of the message is nowhere in the report.
    """
    wanted, unread = searched
    share = _total(catalogue, "share")
    narrowed = wanted.status is Status.A_OUVRIR or wanted.tags or wanted.orientation
    if share and _asks_share(text) and not narrowed:
        return _of_report(share, Filter())
    figure = _numeric_fact(verdict, catalogue)
    if figure and not sets_apart(wanted) and not reading.names_commitments:
        return figure
    loose = replace(wanted, voted=None, tags=tuple(tag for tag in wanted.tags if tag.kind not in FILED))
    if figure and verdict.fact_fit >= _FACT_SURE and not loose:
        return figure
    joined = " ".join(words(text))
    counted = sets_apart(wanted) or reading.in_print or _COUNTED.search(joined) is not None
    # « combien de communes » counts something else; « combien sont en cours », « cb à Rezé » count commitments.
    counted = counted or (bool(wanted) and not unread and _OF_THINGS.search(joined) is None)
    things = _OF_THINGS.search(joined) is not None and not _COUNTED.search(joined)
    if _OF_MONEY_OR_TIME.search(joined) or not (counted or (verdict.kinds["count"] >= _COUNT_LIKELY and not things)):
        return None
    if unread and not wanted:
        return figure
    return tally(wanted, catalogue, shelf)


def tally(wanted: Filter, catalogue: Catalogue, shelf: Shelf) -> Meaning:
    """The report's total for a filter, when it gives one; else how many fit it today."""
    if fact := _total(catalogue, _name(wanted)):
        return _of_report(fact, wanted)
    found = shelf.find(wanted)
    return Meaning(outcome=Outcome.COUNT, commitments=found, number=len(found), filters=wanted)


def introduction(wanted: Filter, catalogue: Catalogue) -> str | None:
    """The fact that comes before a list: what an orientation is, how many the report itself counts in a status."""
    if wanted.only_orientation:
        return next((fact.id for fact in catalogue.facts if fact.about == wanted.only_orientation), None)
    if wanted.status is None:
        return None
    fact = _total(catalogue, _name(wanted))
    return fact.id if fact else None


def _asks_share(text: str) -> bool:
    return "%" in text or bool(_SHARE.search(" ".join(words(text))))


def _numeric_fact(verdict: Verdict, catalogue: Catalogue) -> Meaning | None:
    """A figure about the convention (« combien de citoyens ? »)."""
    best = catalogue.get_fact(verdict.facts[0])
    if best.number is None or verdict.fact_fit < _FACT_FITS:
        return None
    return Meaning(outcome=Outcome.COUNT, fact=best.id, number=best.number)


def _of_report(fact: Fact, wanted: Filter) -> Meaning:
    return Meaning(outcome=Outcome.COUNT, fact=fact.id, number=fact.number, filters=wanted)


def _name(wanted: Filter) -> str:
    """How the report's total for this filter is called in the facts (``total``)."""
    if not wanted:
        return "all"
    parts = {
        "status": wanted.status,
        "kind": wanted.kind,
        "orientation": wanted.orientation,
    }
    plain = Filter(status=wanted.status, kind=wanted.kind, orientation=wanted.orientation)
    return ":".join(str(part) for part in parts.values() if part) if wanted == plain else ""


def _total(catalogue: Catalogue, name: str) -> Fact | None:
    return next((fact for fact in catalogue.facts if name and fact.total == name), None)
