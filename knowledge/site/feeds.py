"""Atom feeds: of everything, of each orientation, of each commitment.

An id is a UUID made from what the entry is about: it needs no domain of ours and stays the same wherever and however
often the site is published, so that a reader shows nothing twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from feedgen.feed import FeedGenerator

from knowledge.site import paths
from knowledge.site.edition import Edition, Material, moment_of
from knowledge.site.moments import Moment, moments
from knowledge.wording.dates import in_french
from knowledge.wording.typography import typeset

NAMESPACE = UUID("1c0f4a52-8c1e-5d0e-9f5b-6f6f2c7b1a02")
_NAME = "Droit de suite"


def feeds(material: Material, edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Each feed with its path."""
    catalogue = material.catalogue
    every = moments(material, edition.timezone)
    maker = _Maker(edition, moment_of(min(each.updated_at for each in catalogue.commitments)))
    yield maker.feed(paths.EVERYTHING, f"{_NAME} : tous les engagements", paths.HOME, every)
    for orientation in catalogue.orientations:
        title = f"{_NAME} : orientation {orientation.id[1:]}, {orientation.title}"
        its = [each for each in every if each.commitment.orientation == orientation.id]
        yield maker.feed(orientation.id, title, paths.orientation(orientation.id), its)
    for commitment in catalogue.commitments:
        its = [each for each in every if each.commitment.id == commitment.id]
        yield maker.feed(commitment.id, f"{_NAME} : {commitment.title}", paths.commitment(commitment.id), its)


def urn(key: str) -> str:
    """The lasting id of what a key names."""
    return uuid5(NAMESPACE, key).urn


class _Maker:
    """Makes feeds; ``since`` dates those where nothing has happened yet."""

    def __init__(self, edition: Edition, since: datetime) -> None:
        self._edition = edition
        self._since = since

    def feed(self, scope: str, title: str, page: str, shown: Sequence[Moment]) -> tuple[str, bytes]:
        path = paths.feed(scope)
        its = FeedGenerator()
        its.id(urn(f"feed:{scope}"))
        its.title(typeset(title))
        its.author(name=self._edition.operator or _NAME)
        its.language("fr")
        its.updated(max((each.updated for each in shown), default=self._since))
        its.link(href=self._address(page, path), rel="alternate", type="text/html")
        if self._edition.url:
            its.link(href=self._address(path, path), rel="self", type="application/atom+xml")
        self._fill(its, path, shown)
        return path, its.atom_str(pretty=True)

    def _fill(self, its: FeedGenerator, path: str, shown: Iterable[Moment]) -> None:
        for moment in shown:
            entry = its.add_entry(order="append")
            entry.id(urn(moment.key))
            entry.title(typeset(f"{moment.commitment.title} – {moment.kind}, {in_french(moment.date)}"))
            entry.updated(moment.updated)
            source = f"\nSource : {moment.url}" if moment.url else ""
            entry.summary(f"{typeset(moment.said)}{source}")
            # One link only: the library leaves out what kind each of an entry's links is.
            entry.link(href=self._address(paths.commitment(moment.commitment.id), path))

    def _address(self, target: str, seen_from: str) -> str:
        return paths.address(self._edition.url, target, seen_from=seen_from)
