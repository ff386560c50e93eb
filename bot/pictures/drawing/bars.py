"""Stacked bars, each part labelled where it is drawn."""

from bot.pictures.drawing.canvas import INK, INNER, MARGIN, PAPER, SOFT, Canvas
from bot.pictures.drawing.letters import width_of, wrapped
from bot.pictures.sheets import Bar, BarsSheet, Pattern, Section

_BAR, _LABEL, _BETWEEN = 54, 38, 32
_SECTION, _HEAD, _FOOT = 92, 216, 268
_SIZE, _AROUND = 28, 24
_STRIPED = (Pattern.UNDER_WAY, Pattern.TO_OPEN)


def draw(sheet: BarsSheet) -> bytes:
    """The sheet as a PNG."""
    bars = sum(_height(bar) for section in sheet.sections for bar in section.bars)
    canvas = Canvas(_HEAD + _SECTION * len(sheet.sections) + bars + _FOOT)
    y = canvas.heading(sheet.heading) + 12
    for section in sheet.sections:
        y = _section(canvas, section, y)
    _legend(canvas, sheet, y)
    return canvas.png()


def _height(bar: Bar) -> int:
    return _LABEL * len(_label(bar)) + _BAR + _BETWEEN


def _label(bar: Bar) -> list[str]:
    return wrapped(bar.label, INNER, _SIZE)


def _section(canvas: Canvas, section: Section, y: float) -> float:
    canvas.rule(y)
    canvas.text(MARGIN, y + 42, section.head, size=34, bold=True)
    y += _SECTION
    widest = max(bar.total for bar in section.bars)
    for bar in section.bars:
        _bar(canvas, bar, y, INNER / widest)
        y += _height(bar)
    return y


def _bar(canvas: Canvas, bar: Bar, y: float, unit: float) -> None:
    for line in _label(bar):
        canvas.text(MARGIN, y, line, size=_SIZE)
        y += _LABEL
    top, x = y - 14, float(MARGIN)
    for share in bar.shares:
        width = share.count * unit
        canvas.bar(x, top, width, _BAR, share.pattern)
        said = f"{share.count} {share.words}"
        if width_of(said, _SIZE, bold=True) + _AROUND > width:
            said = str(share.count)
        if width_of(said, _SIZE, bold=True) <= width:
            colour = PAPER if share.pattern is Pattern.DONE else INK
            middle, boxed = (x + width / 2, top + _BAR / 2), share.pattern in _STRIPED
            canvas.text(*middle, said, size=_SIZE, bold=True, across="center", colour=colour, boxed=boxed)
        x += width


def _legend(canvas: Canvas, sheet: BarsSheet, y: float) -> None:
    canvas.rule(y - 12)
    x = float(MARGIN)
    y += 26
    for pattern, words in sheet.legend:
        wide = 74 + width_of(words, _SIZE)
        if x + wide > MARGIN + INNER:
            x, y = float(MARGIN), y + 52
        canvas.bar(x, y - 17, 58, 34, pattern)
        canvas.text(x + 74, y, words, size=_SIZE)
        x += wide + 34
    y += 56
    for line in wrapped(sheet.note, INNER, 26):
        canvas.text(MARGIN, y, line, size=26, colour=SOFT)
        y += 34
