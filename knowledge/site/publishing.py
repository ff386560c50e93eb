"""The whole site, as files."""

from collections.abc import Iterator
from importlib.resources import files as resources
from pathlib import Path

from knowledge.database import Database
from knowledge.site import calendars, feeds, opendata, pages, paths, searching
from knowledge.site.edition import Edition, Material
from knowledge.site.swapping import swap_in

_ASSETS = (paths.STYLE, paths.SCRIPT, paths.ICON)


def built(material: Material, edition: Edition) -> dict[str, bytes]:
    """Every file by its path. The same base gives the same bytes on the same day."""
    return dict(_files(material, edition))


def publish(database: Database, folder: Path, edition: Edition) -> int:
    """Write the site in place of the one that was there; the number of files.

    Raises:
        NotASiteError: The folder holds something else.
        SiteFolderError: It cannot be written.
    """
    files = built(Material.read(database), edition)
    swap_in(files, folder)
    return len(files)


def _files(material: Material, edition: Edition) -> Iterator[tuple[str, bytes]]:
    yield from pages.pages(material, edition)
    yield from feeds.feeds(material, edition)
    yield from calendars.calendars(material, edition)
    yield from opendata.files(material, edition)
    yield paths.INDEX, searching.index(material)
    for name in _ASSETS:
        yield name, resources("knowledge.site").joinpath("assets", name).read_bytes()
