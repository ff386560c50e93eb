"""A picture in words: every figure that is drawn, from the same sheet."""

from collections.abc import Iterator

from bot.pictures.sheets import BarsSheet, Moved, MovesSheet, Sheet, TimelineSheet
from bot.texts import pictures
from bot.texts.markup import sentence


def described(sheet: Sheet) -> str:
    """In one line, for whoever does not see it."""
    heading = sheet.heading
    return " ".join(sentence(part) for part in (heading.title, heading.dated, *in_words(sheet)))


def in_words(sheet: Sheet) -> tuple[str, ...]:
    """What the sheet shows, a line for each thing."""
    match sheet:
        case BarsSheet():
            return tuple(_bars(sheet))
        case TimelineSheet():
            return tuple(_timeline(sheet))
        case MovesSheet():
            return tuple(_moves(sheet))


def _bars(sheet: BarsSheet) -> Iterator[str]:
    for section in sheet.sections:
        yield section.head
        for bar in section.bars:
            yield bar.said


def _timeline(sheet: TimelineSheet) -> Iterator[str]:
    for year in sheet.years:
        yield pictures.year(year.name, [pictures.month(m.number, m.votes, m.steps) for m in year.months])


def _moves(sheet: MovesSheet) -> Iterator[str]:
    yield from (pictures.moved(row.title, _said(row)) for row in sheet.rows)
    if sheet.more:
        yield sheet.more


def _said(row: Moved) -> list[str]:
    return [*(move.said for move in row.moves), *([row.more] if row.more else [])]
