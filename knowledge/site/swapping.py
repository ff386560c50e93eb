"""Put a folder of files in the place of another at once: nobody reads half of it, and what is gone is gone."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from knowledge.errors import NotASiteError, SiteFolderError

MARKER = ".droit-de-suite"
_MARK = b"Written by `python -m knowledge publish`, which replaces this whole folder.\n"


def swap_in(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files beside the folder, then let them take its place.

    Args:
        files: Content by path, relative.
        folder: Made when missing, with its parents; a link is followed.

    Raises:
        NotASiteError: It is a file, or holds something that was not published by this program.
        SiteFolderError: It cannot be written.
    """
    place = folder.resolve()
    try:
        if not _may_replace(place):
            raise NotASiteError(folder)
        fresh, old = (place.with_name(f".{place.name}.{os.getpid()}.{state}") for state in ("new", "old"))
        try:
            _write({**files, MARKER: _MARK}, fresh)
            _exchange(place, fresh, old)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise SiteFolderError(folder, error.strerror or str(error)) from error


def _may_replace(place: Path) -> bool:
    if not place.exists():
        return True
    return place.is_dir() and ((place / MARKER).is_file() or not any(place.iterdir()))


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    folder.mkdir(parents=True)
    for folder_of in {(folder / name).parent for name in files}:
        folder_of.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _exchange(place: Path, fresh: Path, old: Path) -> None:
    if not place.exists():
        fresh.rename(place)
        return
    place.rename(old)
    try:
        fresh.rename(place)
    except OSError:
        old.rename(place)
        raise
