"""The other end of the process that draws: started when first needed, ended when idle.

Importing matplotlib and drawing hold Python's lock for longer than whoever waits for an answer may notice; in a
process of its own they hold nobody. It keeps nothing, so it may be killed at any time.
"""

import asyncio
import logging
import os
import pickle
import struct
import sys
from pathlib import Path

from bot.errors import PictureError
from bot.pictures.sheets import Sheet

logger = logging.getLogger(__name__)

_LENGTH = struct.Struct(">I")
_PROGRAM = "bot.pictures.drawing"
_ROOT = Path(__file__).parents[2]
_LONGEST = 20.0  # seconds; the very first picture looks for fonts
_IDLE = 900.0
_MOST_WAITING = 8
_DRAWN = b"+"


class Painter:
    """Draws one sheet at a time.

    Args:
        folder: Where matplotlib keeps what it knows of fonts.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        self._lock = asyncio.Lock()
        self._waiting = 0
        self._used = 0.0
        self._closed = False

    async def paint(self, sheet: Sheet) -> bytes:
        """The PNG of a sheet.

        Raises:
            PictureError: It could not be drawn, or not in time.
        """
        if self._waiting >= _MOST_WAITING:
            raise PictureError("too many are waiting")
        self._waiting += 1
        try:
            async with self._lock:
                return await self._in_time(sheet)
        finally:
            self._waiting -= 1

    async def rest(self) -> None:
        """End the process when nobody has needed it for a while: the memory it holds is for something else then."""
        async with self._lock:
            if asyncio.get_running_loop().time() - self._used > _IDLE:
                await self._end()

    async def close(self) -> None:
        """End the process, whatever it does, and start no other."""
        self._closed = True
        await self._end()

    async def _in_time(self, sheet: Sheet) -> bytes:
        try:
            async with asyncio.timeout(_LONGEST):
                return await self._painted(sheet)
        except (TimeoutError, OSError, EOFError) as error:
            # Whatever is still in the pipe belongs to another picture: begin anew.
            await self._end()
            raise PictureError(type(error).__name__) from error

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        await process.wait()
        if process.stdin is not None:
            process.stdin.close()

    async def _painted(self, sheet: Sheet) -> bytes:
        if self._closed:
            raise PictureError("closed")
        if self._process is None or self._process.returncode is not None:
            self._process = await self._start()
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise EOFError
        self._used = asyncio.get_running_loop().time()
        asked = pickle.dumps(sheet)
        stdin.write(_LENGTH.pack(len(asked)) + asked)
        await stdin.drain()
        answer = await stdout.readexactly(*_LENGTH.unpack(await stdout.readexactly(_LENGTH.size)))
        if answer[:1] != _DRAWN:
            raise PictureError(answer[1:].decode())
        return answer[1:]

    async def _start(self) -> asyncio.subprocess.Process:
        # None of the program's secrets; a session of its own, so that a key pressed in a terminal ends the bot alone.
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
        path = os.pathsep.join(filter(None, (str(_ROOT), kept.get("PYTHONPATH"))))
        fonts = {"MPLCONFIGDIR": str(self._folder.absolute()), "MPLBACKEND": "agg", "PYTHONPATH": path}
        logger.info("starting the process that draws")
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", _PROGRAM),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=kept | fonts,
            start_new_session=True,
        )
