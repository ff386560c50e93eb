"""Speed and weight of the public site: the real base, published to a folder.

Run it alone: ``python -m tests.bench.publishing``.
"""

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from knowledge.database import Database
from knowledge.loading import prepare
from knowledge.site import paths
from knowledge.site.edition import Edition
from knowledge.site.publishing import publish

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
FLOOR_SECONDS = 3.0
FLOOR_KILOBYTES = 50.0
_RUNS = 5
_FIRST_PAGE = (paths.HOME, paths.STYLE, paths.SCRIPT, paths.ICON)


class Figures(NamedTuple):
    """What was measured: files written, seconds of the middle run, kilobytes of the first page with all it loads."""

    files: int
    seconds: float
    kilobytes: float


def measure(folder: Path) -> Figures:
    """Fill a base and publish it several times."""
    database, site = Database(folder / "bot.db"), folder / "site"
    prepare(database, NOW)
    edition = Edition(today=NOW.date(), timezone=ZoneInfo("Europe/Paris"), url="https://example.org", bot="a_bot")
    times = []
    for _ in range(_RUNS):
        started = time.perf_counter()
        files = publish(database, site, edition)
        times.append(time.perf_counter() - started)
    database.close()
    weight = sum((site / name).stat().st_size for name in _FIRST_PAGE) / 1000
    return Figures(files, sorted(times)[_RUNS // 2], weight)


def main() -> None:
    """Print the figures beside their floors."""
    with tempfile.TemporaryDirectory() as name:
        found = measure(Path(name))
    print(
        f"\nThe public site: {found.files} files written in {found.seconds:.2f} s (floor: {FLOOR_SECONDS:.0f}); first "
        f"page with all it loads: {found.kilobytes:.1f} kB (floor: {FLOOR_KILOBYTES:.0f})."
    )


if __name__ == "__main__":
    main()
