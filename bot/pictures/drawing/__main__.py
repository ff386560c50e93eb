"""The process that draws: sheets come in by standard input, PNG files go out by standard output, until it closes.

Each way a message is its length in four bytes, then its bytes. A sheet is pickled; an answer begins with ``+`` and is
a PNG, or with ``-`` and is the name of what went wrong.
"""

import os
import pickle
import struct
import sys
from typing import BinaryIO

from bot.pictures.drawing import bars, moves, timeline
from bot.pictures.sheets import BarsSheet, MovesSheet, Sheet, TimelineSheet

_LENGTH = struct.Struct(">I")
_POLITE = 5


def main() -> None:
    """Draw until nobody asks any more, and only with the time that answers leave over."""
    os.nice(_POLITE)
    source, out = sys.stdin.buffer, sys.stdout.buffer
    while (head := source.read(_LENGTH.size)) and len(head) == _LENGTH.size:
        # Only our own program writes here.
        sheet: Sheet = pickle.loads(source.read(*_LENGTH.unpack(head)))  # noqa: S301
        _answer(out, sheet)


def paint(sheet: Sheet) -> bytes:
    """The PNG of a sheet."""
    match sheet:
        case BarsSheet():
            return bars.draw(sheet)
        case TimelineSheet():
            return timeline.draw(sheet)
        case MovesSheet():
            return moves.draw(sheet)


def _answer(out: BinaryIO, sheet: Sheet) -> None:
    try:
        content = b"+" + paint(sheet)
    except Exception as error:  # noqa: BLE001 - the outer edge: whoever asked logs it, and goes without
        content = b"-" + type(error).__name__.encode()
    out.write(_LENGTH.pack(len(content)) + content)
    out.flush()


if __name__ == "__main__":
    main()
