"""Calendars of due dates: a whole day each, the last one of the period; what never ends is not in them."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from uuid import uuid5

from icalendar import Calendar, Event

from knowledge.models import Commitment, DueDate
from knowledge.site import paths
from knowledge.site.edition import Edition, Material, moment_of
from knowledge.site.feeds import NAMESPACE
from knowledge.wording import statuses
from knowledge.wording.dates import last_day
from knowledge.wording.typography import quoted, typeset


def calendars(material: Material, edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Each calendar with its path."""
    catalogue = material.catalogue
    title = f"Échéances des engagements de {catalogue.document.publisher}"
    yield _calendar(paths.EVERYTHING, title, catalogue.commitments, edition)
    for orientation in catalogue.orientations:
        its = [each for each in catalogue.commitments if each.orientation == orientation.id]
        yield _calendar(orientation.id, f"{title}, orientation {orientation.id[1:]}", its, edition)


def _calendar(scope: str, title: str, commitments: Iterable[Commitment], edition: Edition) -> tuple[str, bytes]:
    its = Calendar()
    its.add("prodid", "-//Droit de suite//Echeances//FR")
    its.add("version", "2.0")
    its.add("method", "PUBLISH")
    its.add("x-wr-calname", title)
    for commitment in commitments:
        for position, due in enumerate(commitment.due):
            if due.ends is not None:
                its.add_component(_event(commitment, position, due, due.ends, edition))
    return paths.calendar(scope), its.to_ical()


def _event(commitment: Commitment, position: int, due: DueDate, ends: str, edition: Edition) -> Event:
    day = last_day(ends)
    # Recurring publications are one calendar: the place of the due date, not its day, tells events apart.
    its = Event()
    its.add("uid", str(uuid5(NAMESPACE, f"due:{commitment.id}:{position}")))
    its.add("dtstamp", moment_of(commitment.updated_at))
    its.add("dtstart", day)
    its.add("dtend", day + timedelta(days=1))
    its.add("summary", typeset(f"Échéance {quoted(due.label)} : {commitment.title}"))
    its.add("description", typeset(_description(commitment, due)))
    its.add("categories", [f"Orientation {commitment.orientation[1:]}"])
    its.add("transp", "TRANSPARENT")
    if edition.url:
        its.add("url", paths.address(edition.url, paths.commitment(commitment.id)))
    return its


def _description(commitment: Commitment, due: DueDate) -> str:
    source = "Échéance mise à jour depuis le bilan" if commitment.due_moved else "Échéance imprimée dans le bilan"
    return (
        f"{source} : {quoted(due.label)}. Ce jour est le dernier de la période."
        f" Statut : {statuses.word(commitment)}. Engagement {commitment.id}."
    )
