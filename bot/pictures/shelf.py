"""Pictures kept in a folder, by the hash of what they show; the oldest go. The folder may be emptied at any time."""

import logging
import os
from pathlib import Path

logger = logging.getLogger(__name__)

_MOST = 200


class Shelf:
    """Reads and writes files: it blocks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, key: str) -> bytes | None:
        """The picture of this hash."""
        path = self._path(key)
        try:
            content = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return content

    def keep(self, key: str, png: bytes) -> None:
        """Keep a picture; a full disk only means that it will be drawn again."""
        path = self._path(key)
        unfinished = path.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(png)
            unfinished.replace(path)
            self._clear()
        except OSError as error:
            logger.warning("a picture was not kept: %s", type(error).__name__)

    def _clear(self) -> None:
        """Remove all but those used last."""
        by_age = sorted(self._folder.glob("*.png"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in by_age[_MOST:]:
            path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.png"
