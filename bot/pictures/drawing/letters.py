"""How wide words are, and where their lines end."""

from functools import cache, lru_cache

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

DPI = 100
POINTS = 72 / DPI  # in a pixel
FAMILY = "DejaVu Sans"
_SPACE = "\N{NO-BREAK SPACE}"


def width_of(words: str, size: int, *, bold: bool = False) -> float:
    """In pixels, near enough: word by word, since words come back."""
    each = words.split(" ")
    return sum(_width(word, size, bold) for word in each) + _width(_SPACE, size, bold) * (len(each) - 1)


def wrapped(words: str, width: float, size: int, *, most: int = 99, bold: bool = False) -> list[str]:
    """Words in lines of at most this width; what does not fit in ``most`` lines ends in an ellipsis."""
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= width:
            lines[-1] = longer
        elif len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = _cut(lines[-1], width, size, bold=bold)
            break
    return lines


def _cut(line: str, width: float, size: int, *, bold: bool) -> str:
    while " " in line and width_of(f"{line}…", size, bold=bold) > width:
        line = line.rpartition(" ")[0]
    return f"{line.rstrip(' ,;:.–-«(')}…"


@cache
def _renderer() -> RendererAgg:
    return RendererAgg(1, 1, DPI)  # type: ignore[no-untyped-call]


@lru_cache(maxsize=5_000)
def _width(word: str, size: int, bold: bool) -> float:
    font = FontProperties(family=FAMILY, weight="bold" if bold else "normal", size=size * POINTS)
    width, _, _ = _renderer().get_text_width_height_descent(word, font, ismath=False)  # type: ignore[no-untyped-call]
    return float(width)
