"""What moved, a commitment after the other; of a status both ends are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.pictures.drawing.canvas import INNER, MARGIN, SOFT, Canvas
from bot.pictures.drawing.letters import width_of, wrapped
from bot.pictures.sheets import Move, Moved, MovesSheet

_INDENT, _LINE, _BETWEEN = 44, 40, 44
_HEAD, _FOOT = 236, 150


@dataclass(frozen=True, slots=True, kw_only=True)
class _Laid:
    """A row whose words are cut into lines."""

    title: Sequence[str]
    moves: tuple[tuple[Move, Sequence[str]], ...]
    row: Moved

    @property
    def height(self) -> int:
        lines = len(self.title) + sum(len(said) for _, said in self.moves) + bool(self.row.more)
        return 38 + lines * _LINE + _BETWEEN + 8 * len(self.moves)


def draw(sheet: MovesSheet) -> bytes:
    """The sheet as a PNG, as high as it needs."""
    laid = [_lay(row) for row in sheet.rows]
    canvas = Canvas(_HEAD + sum(each.height for each in laid) + (46 if sheet.more else 0) + _FOOT)
    y = canvas.heading(sheet.heading) + 14
    for each in laid:
        y = _row(canvas, each, y)
    if sheet.more:
        canvas.rule(y)
        canvas.text(MARGIN, y + 40, sheet.more, bold=True)
    return canvas.png()


def _lay(row: Moved) -> _Laid:
    moves = tuple((move, wrapped(move.said, INNER - _INDENT, 28, most=2)) for move in row.moves)
    return _Laid(title=wrapped(row.title, INNER, 30, most=2, bold=True), moves=moves, row=row)


def _row(canvas: Canvas, laid: _Laid, y: float) -> float:
    end = y + laid.height
    canvas.rule(y)
    y += 34
    canvas.text(MARGIN, y, laid.row.place, size=26, colour=SOFT)
    y += 38
    for line in laid.title:
        canvas.text(MARGIN, y, line, size=30, bold=True)
        y += _LINE
    for move, said in laid.moves:
        y += 8
        _move(canvas, move, said, y)
        y += _LINE * len(said)
    if laid.row.more:
        canvas.text(MARGIN + _INDENT, y, laid.row.more, size=26, colour=SOFT)
    return end


def _move(canvas: Canvas, move: Move, said: Sequence[str], y: float) -> None:
    canvas.sign(MARGIN + 12, y, move.sign)
    for place, line in enumerate(said):
        canvas.text(MARGIN + _INDENT, y + place * _LINE, line)
    if move.old is None or move.new is None or len(said) > 1:
        return
    x = MARGIN + _INDENT + width_of(said[0], 28) + 28
    if x + 160 <= MARGIN + INNER:
        canvas.bar(x, y - 15, 56, 30, move.old)
        canvas.text(x + 80, y, "→", size=30, bold=True, across="center")
        canvas.bar(x + 104, y - 15, 56, 30, move.new)
