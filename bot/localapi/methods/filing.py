"""Files the bot asks for by id; the path it gets is then downloaded."""

from bot.localapi.calls import Call
from bot.localapi.entities import Json
from bot.localapi.files import Files
from bot.localapi.methods import Methods


class Filing:
    """The one method about stored files."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def methods(self) -> Methods:
        """Return the table of this family."""
        return {"getFile": self._get_file}

    def _get_file(self, call: Call) -> Json:
        stored = self._files.by_id(call.text("file_id"))
        return stored.wire() | {"file_path": stored.path}
