"""A sheet of each kind, from the real base or made up."""

from datetime import date, datetime, timedelta
from typing import Any

from bot.pictures.moves import moves
from bot.pictures.report import report
from bot.pictures.sheets import Picture
from bot.pictures.timeline import timeline
from bot.replies import Reply
from knowledge.catalogue import Catalogue
from knowledge.changes import Field
from knowledge.models import DueDate, Milestone, Origin, Status
from scheduler.facts import DigestFacts, Frequency, Line, NetChange
from tests.bot.conftest import NOW
from tests.factories import a_vote

TODAY = NOW.date()
STEP = Milestone(
    date="2026-05-02", kind="milestone", summary="Ouverture du parc " * 9, source_url="https://example.org"
)


def net(field: Field, old: Any, new: Any, at: datetime = NOW, **values: Any) -> NetChange:
    given = {"event_date": None, "url": None, "source": Origin.STAFF, "correction": False}
    return NetChange(field=field, old=old, new=new, recorded_at=at, **(given | values))


STATUS = net(Field.STATUS, Status.EN_COURS, Status.REALISE)
CHANGES = (
    STATUS,
    net(Field.DELIBERATION, None, a_vote("2026-06-30", "vote du budget")),
    net(Field.MILESTONE, None, STEP),
    net(
        Field.DUE,
        (DueDate(label="2023", starts=None, ends="2023"),),
        (DueDate(label="2027", starts=None, ends="2027"),),
    ),
)


def a_digest(*lines: Line) -> DigestFacts:
    return DigestFacts(
        subscriber=1,
        frequency=Frequency.WEEK,
        local_date=date(2026, 11, 24),
        window=(NOW - timedelta(days=7), NOW),
        lines=lines,
        delivery=1,
    )


def a_line(commitment: str, *changes: NetChange) -> Line:
    return Line(commitment=commitment, changes=changes or (STATUS,), reasons=())


def every_kind(catalogue: Catalogue) -> tuple[Reply, ...]:
    digest = a_digest(*(a_line(each.id, *CHANGES) for each in catalogue.commitments[:9]))
    return report(catalogue, TODAY), timeline(catalogue, TODAY, ())[0], moves(digest, catalogue)


def picture_of(reply: Reply) -> Picture:
    assert reply.picture is not None
    return reply.picture
