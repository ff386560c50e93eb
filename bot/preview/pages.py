"""The page, its style and its program; and the files that stand in a chat."""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from bot.localapi.errors import ApiError
from bot.localapi.files import Files
from bot.preview.guard import Guard, GuardedHandler

_FOLDER = Path(__file__).parent / "page"
_KEY_MARK = "{{ key }}"
_SHOWN = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class Sheet(NamedTuple):
    """A file of the page and its type."""

    name: str
    type: str


INDEX = Sheet("index.html", "text/html; charset=utf-8")
SHEETS = (
    Sheet("preview.css", "text/css; charset=utf-8"),
    Sheet("preview.js", "text/javascript; charset=utf-8"),
    Sheet("icon.svg", "image/svg+xml"),
)


class SheetHandler(GuardedHandler):
    """The style, the program or the icon."""

    needs_key = False

    def initialize(self, guard: Guard, sheet: Sheet) -> None:  # type: ignore[override]
        """Take which."""
        super().initialize(guard)
        self._sheet = sheet

    def get(self) -> None:
        """Answer with the file."""
        self.set_header("Content-Type", self._sheet.type)
        self.finish(self._read())

    def _read(self) -> str:
        return (_FOLDER / self._sheet.name).read_text(encoding="utf-8")


class IndexHandler(SheetHandler):
    """The page itself, with the key of this run in it."""

    guest_may_come = True

    def _read(self) -> str:
        return super()._read().replace(_KEY_MARK, self.guard.key)


class FileHandler(GuardedHandler):
    """A picture to be shown, or a file to be kept: never opened in the page's own name."""

    def initialize(self, guard: Guard, files: Files) -> None:  # type: ignore[override]
        """Take what the server keeps."""
        super().initialize(guard)
        self._files = files

    def get(self, file_id: str) -> None:
        """Answer with the bytes."""
        try:
            stored = self._files.by_id(file_id)
        except ApiError:
            self.send_error(404)
            return
        shown = next((type for start, type in _SHOWN.items() if stored.content.startswith(start)), None)
        self.set_header("Content-Type", shown or "application/octet-stream")
        if shown is None or not file_id.startswith("photo"):
            self.set_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(stored.name)}")
        self.finish(stored.content)
