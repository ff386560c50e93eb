"""What moved between two tellings, of what a person follows."""

from collections.abc import Sequence

from bot.pictures.describing import described, in_words
from bot.pictures.report import PATTERNS
from bot.pictures.sheets import Heading, Move, Moved, MovesSheet, Pattern, Picture, Sign
from bot.replies import Reply
from bot.texts import pictures
from knowledge.catalogue import Catalogue
from knowledge.changes import Field
from knowledge.models import Status
from scheduler.facts import DigestFacts, Line, NetChange

_MOST_ROWS, _MOST_MOVES = 5, 3
_SIGNS = {
    Field.STATUS: Sign.STATUS,
    Field.DELIBERATION: Sign.VOTE,
    Field.MILESTONE: Sign.STEP,
    Field.DUE: Sign.DUE,
    Field.OVERDUE: Sign.DUE,
}


def moves(facts: DigestFacts, catalogue: Catalogue) -> Reply:
    """The picture, and the same in words under it."""
    sheet = moves_sheet(facts, catalogue)
    caption = pictures.moves_caption(sheet.heading.title, sheet.heading.dated, in_words(sheet))
    return Reply(text=caption, picture=Picture(sheet=sheet, description=described(sheet)))


def moves_sheet(facts: DigestFacts, catalogue: Catalogue) -> MovesSheet:
    """What the picture shows: as many commitments as a phone can."""
    shown, others = facts.lines[:_MOST_ROWS], len(facts.lines) - _MOST_ROWS
    return MovesSheet(
        heading=Heading(
            title=pictures.moves_title(),
            dated=pictures.moves_dated(facts.frequency, facts.local_date, len(facts.lines)),
            source=pictures.moves_source(),
        ),
        rows=tuple(_row(line, catalogue) for line in shown),
        more=pictures.more_commitments(max(0, others)),
    )


def _row(line: Line, catalogue: Catalogue) -> Moved:
    its = catalogue.get(line.commitment)
    left = len(line.changes) - _MOST_MOVES
    return Moved(
        place=pictures.place(its.orientation[1:]),
        title=pictures.title(its.title),
        moves=_moves(line.changes[:_MOST_MOVES]),
        more=pictures.more_moves(left) if left > 0 else "",
    )


def _moves(changes: Sequence[NetChange]) -> tuple[Move, ...]:
    return tuple(
        Move(
            sign=_SIGNS[each.field],
            said=pictures.move(each),
            old=_pattern(each.old) if each.field is Field.STATUS else None,
            new=_pattern(each.new) if each.field is Field.STATUS else None,
        )
        for each in changes
    )


def _pattern(value: object) -> Pattern:
    return PATTERNS[value if isinstance(value, Status) else None]
