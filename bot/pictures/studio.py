"""Pictures, each drawn once: found by what they show and how they are drawn, or else drawn and kept."""

import asyncio
import hashlib
import json
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from bot.pictures.painter import Painter
from bot.pictures.sent import Sent
from bot.pictures.sheets import Sheet
from bot.pictures.shelf import Shelf

_DRAWING = Path(__file__).parent / "drawing"


class Studio:
    """Where pictures come from; nothing starts before the first one is asked for.

    Args:
        folder: Made when missing; it may be emptied at any time.
    """

    def __init__(self, folder: Path) -> None:
        self._shelf = Shelf(folder)
        self._painter = Painter(folder / "fonts")
        self._version = _version_of_drawing()
        self._drawing: dict[str, asyncio.Task[bytes]] = {}
        self.sent = Sent(folder / "sent.json")

    def key_of(self, sheet: Sheet) -> str:
        """The hash of what a picture shows and of how it is drawn."""
        shown = json.dumps([type(sheet).__name__, asdict(sheet)], sort_keys=True)
        return hashlib.sha256(f"{self._version}{shown}".encode()).hexdigest()[:32]

    async def find(self, sheet: Sheet) -> bytes | None:
        """The picture, when it has been drawn before."""
        return await asyncio.to_thread(self._shelf.find, self.key_of(sheet))

    async def picture(self, sheet: Sheet) -> bytes:
        """The picture; who asks for one that is being drawn waits for the same.

        Raises:
            PictureError: It could not be drawn.
        """
        if (found := await self.find(sheet)) is not None:
            return found
        key = self.key_of(sheet)
        if key not in self._drawing:
            task = asyncio.create_task(self._draw(key, sheet))
            self._drawing[key] = task
            task.add_done_callback(lambda _: self._drawing.pop(key, None))
        return await asyncio.shield(self._drawing[key])

    async def rest(self) -> None:
        """To be called now and then: whoever has not drawn for a while need not stay."""
        await self._painter.rest()

    async def close(self) -> None:
        """Draw no more."""
        await self._painter.close()

    async def _draw(self, key: str, sheet: Sheet) -> bytes:
        png = await self._painter.paint(sheet)
        await asyncio.to_thread(self._shelf.keep, key, png)
        return png


def _version_of_drawing() -> str:
    """Changes with the code that draws and the library it draws with."""
    digest = hashlib.sha256(version("matplotlib").encode())
    for path in sorted(_DRAWING.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
