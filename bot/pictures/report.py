"""The first picture: the report's own totals, then what is known today, orientation by orientation."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from bot.pictures.describing import described
from bot.pictures.sheets import Bar, BarsSheet, Heading, Pattern, Picture, Section, Share
from bot.replies import Reply
from bot.texts import pictures, statuses
from knowledge.catalogue import Catalogue
from knowledge.models import Commitment, Status

PATTERNS = {
    Status.REALISE: Pattern.DONE,
    Status.EN_COURS: Pattern.UNDER_WAY,
    Status.A_OUVRIR: Pattern.TO_OPEN,
    None: Pattern.UNKNOWN,
}
_TOTALS = {Status.REALISE: "realises-29", Status.EN_COURS: "en-cours-59", Status.A_OUVRIR: "a-ouvrir-14"}


def report(catalogue: Catalogue, today: date) -> Reply:
    """The picture, and under it its main figures in words."""
    sheet = report_sheet(catalogue, today)
    counted = [(status, catalogue.get_fact(fact).number or 0) for status, fact in _TOTALS.items()]
    caption = pictures.report_caption(len(catalogue.commitments), counted, catalogue)
    return Reply(text=caption, picture=Picture(sheet=sheet, description=described(sheet)))


def report_sheet(catalogue: Catalogue, today: date) -> BarsSheet:
    """What the picture shows."""
    document, everyone = catalogue.document, catalogue.commitments
    told: dict[Status | None, int] = {status: catalogue.get_fact(fact).number or 0 for status, fact in _TOTALS.items()}
    return BarsSheet(
        heading=Heading(
            title=pictures.report_title(len(everyone)),
            dated=pictures.dated(document, today),
            source=pictures.source(document),
        ),
        sections=(
            Section(
                head=pictures.said_by_report(document),
                bars=(_total(_shares(Counter(told))),),
            ),
            Section(
                head=pictures.known_on(today),
                bars=(_total(_shares(_by_status(everyone))),),
            ),
            Section(head=pictures.by_orientation(), bars=tuple(_orientations(catalogue))),
        ),
        legend=tuple(
            (pattern, statuses.WORDS[status] if status else statuses.UNKNOWN) for status, pattern in PATTERNS.items()
        ),
        note=pictures.unreadable(document),
    )


def _orientations(catalogue: Catalogue) -> Sequence[Bar]:
    each = []
    for orientation in catalogue.orientations:
        its = [commitment for commitment in catalogue.commitments if commitment.orientation == orientation.id]
        label, shares = pictures.orientation(orientation.id[1:], orientation.title), _shares(_by_status(its))
        each.append(Bar(label=label, shares=shares, said=pictures.bar(label, len(its), _said(shares))))
    return each


def _total(shares: tuple[Share, ...]) -> Bar:
    """The one bar of its section: spelled out above it too."""
    said = pictures.all_of(sum(share.count for share in shares), _said(shares))
    return Bar(label=said, shares=shares, said=said)


def _said(shares: Sequence[Share]) -> list[str]:
    return [f"{share.count} {share.words}" for share in shares]


def _by_status(commitments: Sequence[Commitment]) -> Counter[Status | None]:
    return Counter(commitment.status for commitment in commitments)


def _shares(counts: Counter[Status | None]) -> tuple[Share, ...]:
    return tuple(
        Share(pattern=pattern, count=count, words=pictures.of_status(status, count))
        for status, pattern in PATTERNS.items()
        if (count := counts[status])
    )
