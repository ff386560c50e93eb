"""How long a picture takes, and how long the event loop is held meanwhile: by a process of its own, by a thread.

Run it alone: ``python -m tests.bench.drawing``; it takes some seconds.
"""

import asyncio
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.pictures.report import report_sheet
from bot.pictures.sheets import Sheet
from bot.pictures.studio import Studio
from bot.pictures.timeline import events, timeline_sheet
from knowledge.service import Knowledge
from tests.conftest import KEPT_INDEX

FLOOR_SECONDS, FLOOR_BYTES, FLOOR_HELD = 0.4, 150_000, 0.05
_BEAT, _PAUSE = 0.001, 0.2
_WAYS = ("process", "thread", "nothing")  # the last one tells how busy the machine is with other work


def main() -> None:
    """Print the figures, each way in a program of its own."""
    print("\nA picture: the first, the next ones (slowest), the longest that the event loop was held")
    for way in _WAYS:
        subprocess.run([sys.executable, "-m", __spec__.name, way], check=True)
    print(
        f"Floors: under {FLOOR_SECONDS * 1000:.0f} ms after the first, under {FLOOR_BYTES // 1000} kB,"
        f" never held over {FLOOR_HELD * 1000:.0f} ms."
    )


def _measure(way: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        KEPT_INDEX.mkdir(parents=True, exist_ok=True)
        (folder / "index").symlink_to(KEPT_INDEX)
        opened = Knowledge.open(folder / "bot.db", datetime.now(UTC), lambda line: None)
        catalogue, today = opened.catalogue, datetime.now(UTC).date()
        found = events(catalogue)
        sheets: list[Sheet] = [report_sheet(catalogue, today), timeline_sheet(found, catalogue, today)]
        sheets += [timeline_sheet(found[:most], catalogue, today) for most in range(10, 30)]
        opened.close()
        asyncio.run(_drawn(way, sheets, folder))


async def _drawn(way: str, sheets: list[Sheet], folder: Path) -> None:
    studio = Studio(folder / "pictures")
    draw = {"process": studio.picture, "thread": _in_a_thread, "nothing": _nothing}[way]
    held = _Held()
    beating = asyncio.create_task(held.beat())
    took, sizes = [], []
    for sheet in sheets:
        start = time.perf_counter()
        sizes.append(len(await draw(sheet)))
        took.append(time.perf_counter() - start)
    beating.cancel()
    await studio.close()
    print(
        f"  {way:8} {took[0] * 1000:6.0f} ms {max(took[1:]) * 1000:6.0f} ms {held.longest * 1000:6.1f} ms held,"
        f" at most {max(sizes) // 1000} kB, {len(sheets)} pictures",
        flush=True,
    )


async def _in_a_thread(sheet: Sheet) -> bytes:
    return await asyncio.to_thread(_paint, sheet)


async def _nothing(sheet: Sheet) -> bytes:
    await asyncio.sleep(_PAUSE)
    return b""


def _paint(sheet: Sheet) -> bytes:
    from bot.pictures.drawing.__main__ import paint

    return paint(sheet)


class _Held:
    """The longest that the loop was late."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def beat(self) -> None:
        while True:
            start = time.perf_counter()
            await asyncio.sleep(_BEAT)
            self.longest = max(self.longest, time.perf_counter() - start - _BEAT)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _measure(sys.argv[1])
    else:
        main()
