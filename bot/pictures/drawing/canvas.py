"""A sheet of paper measured in pixels, its pens, and its PNG."""

import io
from typing import Any, Literal

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch, Rectangle
from PIL import Image

from bot.pictures.drawing.letters import DPI, FAMILY, POINTS, wrapped
from bot.pictures.sheets import Heading, Pattern, Sign

WIDTH, MARGIN = 1080, 54
INNER = WIDTH - 2 * MARGIN
# On white: ink 16:1, blue 7:1, ochre 6:1, grey lines 5:1; each pattern is told by its filling, not by its colour.
PAPER, INK, SOFT, BLUE, OCHRE, LINE = "#ffffff", "#1a1a1a", "#4a4a4a", "#0b5394", "#8a4b08", "#6e6e6e"
_FILLED = {
    Pattern.DONE: (BLUE, BLUE, None, "-"),
    Pattern.UNDER_WAY: ("#e4eef8", BLUE, "//", "-"),
    Pattern.TO_OPEN: (PAPER, BLUE, "..", "-"),
    Pattern.UNKNOWN: ("#ececec", LINE, None, (0, (4, 3))),
}
_COLOURS, _COMPRESSION = 48, 6
_STYLE: dict[Any, Any] = {"hatch.linewidth": 3.0, "font.family": FAMILY, "text.parse_math": False}

Across = Literal["left", "center", "right"]


class Canvas:
    """Draws from the top left corner down; sizes of letters are pixels too."""

    def __init__(self, height: int) -> None:
        self.height = height
        self._figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=PAPER)
        self._agg = FigureCanvasAgg(self._figure)
        self._axes = self._figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
        self._axes.axis("off")

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: int = 28,
        bold: bool = False,
        colour: str = INK,
        across: Across = "left",
        boxed: bool = False,
    ) -> None:
        """Words whose middle is at this height; ``boxed`` puts paper under them."""
        self._axes.text(
            x,
            y,
            words,
            fontsize=size * POINTS,
            fontweight="bold" if bold else "normal",
            color=colour,
            ha=across,
            va="center_baseline",
            bbox={"facecolor": PAPER, "edgecolor": "none", "boxstyle": "round,pad=0.18"} if boxed else None,
        )

    def bar(self, x: float, y: float, width: float, height: float, pattern: Pattern) -> None:
        """A filled piece of a bar."""
        face, edge, hatch, dashes = _FILLED[pattern]
        with rc_context(_STYLE):
            self._axes.add_patch(
                Rectangle(
                    (x, y), width, height, facecolor=face, edgecolor=edge, hatch=hatch, linewidth=2, linestyle=dashes
                )
            )

    def sign(self, x: float, y: float, sign: Sign, *, size: float = 24) -> None:
        """What stands for a kind of event: a full square, a ring, a slanted square, a flat bar."""
        half = size / 2
        with rc_context(_STYLE):
            match sign:
                case Sign.VOTE:
                    mark: Rectangle | Circle = Rectangle((x - half, y - half), size, size, facecolor=BLUE)
                case Sign.STEP:
                    mark = Circle((x, y), half - 1, facecolor=PAPER, edgecolor=OCHRE, linewidth=4)
                case Sign.STATUS:
                    mark = Rectangle(
                        (x - half * 0.8, y - half * 0.8), size * 0.8, size * 0.8, angle=45,
                        rotation_point="center", facecolor=INK,
                    )  # fmt: skip
                case Sign.DUE:
                    mark = Rectangle((x - half, y - half / 3), size, size / 3, facecolor=OCHRE)
            self._axes.add_patch(mark)

    def rule(self, y: float, *, left: float = MARGIN, right: float = WIDTH - MARGIN, colour: str = "#c9c9c9") -> None:
        """A thin line across."""
        self._axes.plot([left, right], [y, y], color=colour, linewidth=1.4)

    def band(self, y: float, height: float) -> None:
        """A pale band behind a row."""
        self._axes.add_patch(
            FancyBboxPatch((MARGIN - 24, y), INNER + 48, height, boxstyle="round,pad=0,rounding_size=12",
                           facecolor="#f4f4f4", edgecolor="none", zorder=0)
        )  # fmt: skip

    def heading(self, heading: Heading) -> float:
        """Title and date at the top, the source at the bottom; returns where the rest may begin."""
        y = 74.0
        for line in wrapped(heading.title, INNER, 46, bold=True):
            self.text(MARGIN, y, line, size=46, bold=True)
            y += 58
        for line in wrapped(heading.dated, INNER, 28):
            self.text(MARGIN, y, line, colour=SOFT)
            y += 38
        lines = wrapped(heading.source, INNER, 26)
        for place, line in enumerate(lines):
            self.text(MARGIN, self.height - 44 - 34 * (len(lines) - 1 - place), line, size=26, colour=SOFT)
        return y

    def png(self) -> bytes:
        """The picture, in as few colours as it has."""
        with rc_context(_STYLE):
            self._agg.draw()  # type: ignore[no-untyped-call]
        size = self._agg.get_width_height()
        pixels = self._agg.buffer_rgba()  # type: ignore[no-untyped-call]
        image = Image.frombuffer("RGBA", size, pixels, "raw", "RGBA", 0, 1).convert("RGB")
        out = io.BytesIO()
        few = image.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(out, "PNG", compress_level=_COMPRESSION)
        return out.getvalue()
