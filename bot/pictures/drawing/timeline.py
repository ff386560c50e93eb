"""Years down, months across; votes in the upper lane of a year, steps in the lower one, counted where several."""

from bot.pictures.drawing.canvas import INNER, MARGIN, SOFT, WIDTH, Canvas
from bot.pictures.drawing.letters import wrapped
from bot.pictures.sheets import Month, Sign, TimelineSheet, Year

_ROW, _YEAR_WIDTH = 116, 146
_VOTES, _STEPS = 38, 76  # lanes, from the top of a row
_FOOT = 450


def draw(sheet: TimelineSheet) -> bytes:
    """The sheet as a PNG."""
    canvas = Canvas(_FOOT + 150 + _ROW * len(sheet.years))
    y = canvas.heading(sheet.heading) + 34
    unknown = any(month.number == 0 for year in sheet.years for month in year.months)
    columns = [*range(1, 13), *([0] if unknown else [])]
    width = (WIDTH - MARGIN / 2 - MARGIN - _YEAR_WIDTH) / len(columns)
    places = {month: MARGIN + _YEAR_WIDTH + width * (rank + 0.5) for rank, month in enumerate(columns)}
    for month, x in places.items():
        canvas.text(x, y, sheet.month_names[month], size=26, colour=SOFT, across="center")
    y += 32
    for rank, year in enumerate(sheet.years):
        _year(canvas, year, y, places, shaded=rank % 2 == 0)
        y += _ROW
    _legend(canvas, sheet, y + 34)
    return canvas.png()


def _year(canvas: Canvas, year: Year, y: float, places: dict[int, float], *, shaded: bool) -> None:
    if shaded:
        canvas.band(y, _ROW - 2)
    canvas.text(MARGIN, y + _VOTES, year.name, size=34, bold=True)
    canvas.text(MARGIN, y + _STEPS + 4, year.total, size=26, colour=SOFT)
    for month in year.months:
        _month(canvas, month, places[month.number], y)


def _month(canvas: Canvas, month: Month, x: float, y: float) -> None:
    for count, sign, lane in ((month.votes, Sign.VOTE, _VOTES), (month.steps, Sign.STEP, _STEPS)):
        if count == 1:
            canvas.sign(x, y + lane, sign, size=26)
        elif count:
            canvas.sign(x - 13, y + lane, sign, size=26)
            canvas.text(x + 5, y + lane, str(count), size=28, bold=True)


def _legend(canvas: Canvas, sheet: TimelineSheet, y: float) -> None:
    for sign, words in sheet.legend:
        canvas.sign(MARGIN + 13, y, sign, size=26)
        canvas.text(MARGIN + 42, y, words)
        y += 46
    y += 8
    for line in wrapped(sheet.note, INNER, 26):
        canvas.text(MARGIN, y, line, size=26, colour=SOFT)
        y += 34
