"""The timeline: every vote and every step since, by year and month, and the same as a list of dates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.conversation.votes import votes
from bot.keyboards import Rows
from bot.pictures.describing import described
from bot.pictures.sheets import Heading, Month, Picture, Sign, TimelineSheet, Year
from bot.replies import Reply
from bot.texts import pictures
from bot.texts.markup import pack
from knowledge.catalogue import Catalogue
from knowledge.models import Commitment

_MOST_YEARS = 9
_VOTE = "deliberation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something dated about a commitment."""

    date: str
    sign: Sign
    commitment: Commitment

    @property
    def month(self) -> int:
        """1 to 12; 0 when only the year is known."""
        return int(self.date[5:7]) if len(self.date) > len("2022") else 0


def timeline(catalogue: Catalogue, today: date, rows: Rows) -> tuple[Reply, ...]:
    """The picture, then each date in words, the buttons under the last message."""
    found = events(catalogue)
    sheet = timeline_sheet(found, catalogue, today)
    caption = Reply(
        text=pictures.timeline_caption([(year.name, year.votes, year.steps) for year in sheet.years]),
        picture=Picture(sheet=sheet, description=described(sheet)),
    )
    texts = pack(_in_words(found))
    return (caption, *(Reply(text=text) for text in texts[:-1]), Reply(text=texts[-1], rows=rows))


def events(catalogue: Catalogue) -> tuple[Event, ...]:
    """All of them, oldest first."""
    found = [Event(date=vote.date, sign=Sign.VOTE, commitment=vote.commitment) for vote in votes(catalogue)]
    found += [
        Event(date=step.date, sign=Sign.STEP, commitment=commitment)
        for commitment in catalogue.commitments
        for step in commitment.milestones
        if step.kind != _VOTE
    ]
    return tuple(sorted(found, key=lambda event: event.date))


def timeline_sheet(found: Sequence[Event], catalogue: Catalogue, today: date) -> TimelineSheet:
    """What the picture shows: the last years, one without any event included."""
    years = [int(event.date[:4]) for event in found] or [today.year]
    shown = range(max(min(years), max(years) - _MOST_YEARS + 1), max(years) + 1)
    return TimelineSheet(
        heading=Heading(
            title=pictures.timeline_title(),
            dated=pictures.dated(catalogue.document, today),
            source=pictures.timeline_source(catalogue.document),
        ),
        years=tuple(_year(year, [event for event in found if event.date.startswith(str(year))]) for year in shown),
        month_names=pictures.MONTHS,
        legend=((Sign.VOTE, pictures.VOTE), (Sign.STEP, pictures.STEP)),
        note=pictures.timeline_note(),
    )


def _year(year: int, found: Sequence[Event]) -> Year:
    months = tuple(
        Month(
            number=number,
            votes=sum(event.sign is Sign.VOTE for event in found if event.month == number),
            steps=sum(event.sign is Sign.STEP for event in found if event.month == number),
        )
        for number in sorted({event.month for event in found})
    )
    return Year(name=str(year), months=months, total=pictures.year_total(len(found)))


def _in_words(found: Sequence[Event]) -> Iterator[str]:
    """A block for each year, so that a message ends with a year where it can."""
    yield pictures.timeline_list()
    for year in sorted({event.date[:4] for event in found}):
        its = [event for event in found if event.date.startswith(year)]
        yield "\n".join(pictures.event(each.date, each.commitment.title, vote=each.sign is Sign.VOTE) for each in its)
