"""What happened, dated: deliberations, steps since the report, recorded changes. What feeds and the home page tell."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from knowledge.changes import Change, Field, standing, subject_of
from knowledge.models import Commitment, Deliberation, Milestone, Origin
from knowledge.site import texts
from knowledge.site.edition import Material
from knowledge.wording.dates import is_only_a_date
from knowledge.wording.typography import sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One thing that happened to a commitment.

    Attributes:
        key: The same in every publication, so that nobody is told twice.
        kind: « délibération », « étape », « statut »…
        date: When, ISO cut to what is known.
        updated: When it was recorded; of what came with the first filling, the first instant of its date.
        url: The page it rests on.
        is_vote: A vote of the metropolitan council that still stands, of the report or since.
        is_undone: A change that was taken back since, or the taking back; a vote or a step that was taken away.
    """

    key: str
    commitment: Commitment
    field: Field
    kind: str
    date: str
    updated: datetime
    said: str
    url: str | None
    is_vote: bool = False
    is_undone: bool = False


def moments(material: Material, timezone: tzinfo) -> tuple[Moment, ...]:
    """Everything that happened, newest first; days of the record are told in this time zone."""
    found = [
        moment
        for commitment in material.catalogue.commitments
        for moment in _of(commitment, material.changes.get(commitment.id, ()), timezone)
    ]
    return tuple(sorted(found, key=lambda each: (each.updated, each.key), reverse=True))


def latest(every: Iterable[Moment], most: int) -> tuple[Moment, ...]:
    """The newest of those that hold, by the day they happened; within a day, by when they were recorded."""
    holding = (each for each in every if not each.is_undone)
    return tuple(sorted(holding, key=lambda each: (each.date, each.updated, each.key), reverse=True)[:most])


def _of(commitment: Commitment, changes: tuple[Change, ...], timezone: tzinfo) -> Iterator[Moment]:
    """A vote or a step is one moment, however often it was changed; each other change is one."""
    last = {change.subject: change for change in changes if change.field in (Field.DELIBERATION, Field.MILESTONE)}
    present = {subject: (field, its) for field, its, subject in _standing(commitment)}
    for subject, (field, its) in present.items():
        yield _standing_moment(commitment, field, its, subject, last.get(subject))
    holding = {change.id for change in _holding(changes)}
    for change in changes:
        if change.old == change.new:  # a better source is no news: followers are not told either
            continue
        gone = last.get(change.subject) is change and change.subject not in present
        if gone or change.field in (Field.STATUS, Field.DUE, Field.OVERDUE):
            day = change.event_date or change.recorded_at.astimezone(timezone).date().isoformat()
            moment = _change_moment(commitment, change, day, subject=change.subject if gone else None)
            yield replace(moment, is_undone=gone or change.id not in holding)


def _holding(changes: tuple[Change, ...]) -> Iterator[Change]:
    """Those that were not undone, and undo nothing."""
    for subject in {change.subject for change in changes}:
        yield from standing(change for change in changes if change.subject == subject)


def _standing(commitment: Commitment) -> Iterator[tuple[Field, Deliberation | Milestone, str]]:
    for vote in commitment.deliberations:
        yield Field.DELIBERATION, vote, subject_of(Field.DELIBERATION, vote)
    for step in commitment.milestones:
        yield Field.MILESTONE, step, subject_of(Field.MILESTONE, step)


def _standing_moment(
    commitment: Commitment, field: Field, its: Deliberation | Milestone, subject: str, change: Change | None
) -> Moment:
    is_vote = isinstance(its, Deliberation) or its.kind == "deliberation"
    return Moment(
        key=f"{commitment.id}:{subject}",
        commitment=commitment,
        field=field,
        kind=texts.name(Field.DELIBERATION if is_vote else field),
        date=its.date,
        updated=change.recorded_at if change else start_of(its.date),
        said=_said(its),
        url=its.url if isinstance(its, Deliberation) else its.source_url,
        is_vote=is_vote,
    )


def _change_moment(commitment: Commitment, change: Change, day: str, *, subject: str | None) -> Moment:
    return Moment(
        key=f"{commitment.id}:{subject or f'{change.field}:{change.id}'}",
        commitment=commitment,
        field=change.field,
        kind=texts.name(change.field),
        date=day,
        updated=change.recorded_at,
        said=sentence(_capital(texts.told(change))),
        url=change.url,
    )


def _said(its: Deliberation | Milestone) -> str:
    if isinstance(its, Milestone):
        return sentence(its.summary)
    label = "" if is_only_a_date(its.label) else f"{sentence(_capital(its.label))} "
    where = "Citée par le bilan." if its.source is Origin.REPORT else "Vote du conseil métropolitain."
    return f"{label}{where}"


def start_of(iso: str) -> datetime:
    """The first instant of a year, month or day."""
    year, month, day = (*(int(part) for part in iso.split("-")), 1, 1)[:3]
    return datetime(year, month, day, tzinfo=UTC)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
