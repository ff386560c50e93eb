"""Every page, and what is put into it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from knowledge.catalogue import Catalogue
from knowledge.changes import Field
from knowledge.models import Commitment, Kind, Status
from knowledge.site import paths, tables, texts
from knowledge.site.edition import Edition, Material
from knowledge.site.moments import Moment, latest, moments
from knowledge.site.rendering import Renderer
from knowledge.wording import dates, dues, glossary, sources, statuses, typography

_LATEST_ON_HOME = 6
_SHOWN = (Status.REALISE, Status.EN_COURS, Status.A_OUVRIR, None)
_TOTALS = (Status.REALISE, Status.EN_COURS, Status.A_OUVRIR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many commitments have a status."""

    status: Status | None
    count: int
    said: str


def pages(material: Material, edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Each page with its path."""
    catalogue = material.catalogue
    every = moments(material, edition.timezone)
    render = Renderer(_shared(material, edition), edition.timezone).page
    yield paths.HOME, render(paths.HOME, "accueil", **_home(catalogue, every))
    yield paths.ALL, render(paths.ALL, "engagements")
    neighbours = dict(zip(catalogue.commitments, _neighbours(catalogue.commitments), strict=True))
    for commitment in catalogue.commitments:
        path = paths.commitment(commitment.id)
        its = _commitment(commitment, neighbours[commitment], material)
        yield path, render(path, "engagement", commitment=commitment, **its)
    for orientation in catalogue.orientations:
        path = paths.orientation(orientation.id)
        yield path, render(path, "orientation", orientation=orientation)
    yield paths.VOTES, render(paths.VOTES, "deliberations", years=_years(every))
    yield paths.HOW, render(paths.HOW, "comment-ca-marche")
    yield paths.PRIVACY, render(paths.PRIVACY, "vie-privee")
    yield paths.ACCESSIBILITY, render(paths.ACCESSIBILITY, "accessibilite")
    yield paths.DATA, render(paths.DATA, "donnees", tables=tables.ALL, licence=tables.LICENCE)


def _shared(material: Material, edition: Edition) -> dict[str, Any]:
    catalogue = material.catalogue

    def shares(orientation: str | None = None) -> tuple[Share, ...]:
        return _shares(each for each in catalogue.commitments if orientation in (None, each.orientation))

    def of(orientation: str, *, priority: bool) -> tuple[Commitment, ...]:
        its = (each for each in catalogue.commitments if each.orientation == orientation)
        return tuple(each for each in its if (each.kind is Kind.PRIORITY) is priority)

    return {
        "catalogue": catalogue,
        "edition": edition,
        "updated": material.updated,
        "facts": {fact.id: fact.answer for fact in catalogue.facts},
        "shares": shares,
        "commitments_of": of,
        "dates": dates,
        "dues": dues,
        "sources": sources,
        "statuses": statuses,
        "texts": texts,
        "sentence": typography.sentence,
        "is_over": lambda due: dates.is_over(due.ends, edition.today),
        "official": (edition.operator or "").casefold() == catalogue.document.publisher.casefold(),
    }


def _shares(commitments: Iterable[Commitment]) -> tuple[Share, ...]:
    known = Counter(each.status for each in commitments)
    return tuple(
        Share(status=status, count=known[status], said=statuses.counted(status, known[status]))
        for status in _SHOWN
        if known[status]
    )


def _home(catalogue: Catalogue, every: Sequence[Moment]) -> dict[str, Any]:
    totals = {fact.total: fact for fact in catalogue.facts if fact.total}
    printed = tuple(
        Share(status=status, count=fact.number, said=statuses.counted(status, fact.number))
        for status in _TOTALS
        if (fact := totals.get(status)) is not None and fact.number is not None
    )
    return {
        "printed": printed,
        "share": totals.get("share"),
        "latest": latest((each for each in every if each.field is not Field.OVERDUE), _LATEST_ON_HOME),
    }


def _commitment(
    commitment: Commitment, neighbours: tuple[Commitment | None, Commitment | None], material: Material
) -> dict[str, Any]:
    shown = " ".join(
        part
        for part in (commitment.title, commitment.summary, commitment.details, commitment.info, commitment.caveat)
        if part
    )
    changes = material.changes.get(commitment.id, ())
    return {
        "orientation": material.catalogue.get_orientation(commitment.orientation),
        "changes": changes,
        "by_number": {change.id: change for change in changes},
        "undone": {change.undoes: change for change in changes if change.undoes is not None},
        "terms": glossary.explained(shown, material.catalogue.glossary),
        "before": neighbours[0],
        "after": neighbours[1],
    }


def _neighbours(commitments: Sequence[Commitment]) -> Iterator[tuple[Commitment | None, Commitment | None]]:
    yield from zip((None, *commitments[:-1]), (*commitments[1:], None), strict=True)


def _years(every: Sequence[Moment]) -> list[tuple[str, list[Moment]]]:
    """Every vote that still stands, the newest year and day first."""
    votes = [each for each in latest(every, len(every)) if each.is_vote]
    return [(year, list(its)) for year, its in groupby(votes, key=lambda vote: vote.date[:4])]
