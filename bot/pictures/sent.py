"""What Telegram called a picture when it was sent: the same may be sent again by that name, without its bytes."""

import hashlib
import json
import logging
import threading
from pathlib import Path

logger = logging.getLogger(__name__)

_MOST = 500


class Sent:
    """Names by bot and picture, in one small file; what cannot be read is begun anew.

    A name is good for one bot only, so each bot has its own, under a hash.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._names = _read(path)
        self._lock = threading.Lock()

    def find(self, bot: int, key: str) -> str | None:
        """The name under which this bot may send it again; from memory."""
        return self._names.get(_place(bot, key))

    def remember(self, bot: int, key: str, name: str) -> None:
        """Note a name, and drop the oldest; it blocks while it writes."""
        with self._lock:
            self._names[_place(bot, key)] = name
            for old in list(self._names)[:-_MOST]:
                del self._names[old]
            self._write()

    def forget(self, bot: int, key: str) -> None:
        """Telegram does not know the name any more; it blocks while it writes."""
        with self._lock:
            if self._names.pop(_place(bot, key), None):
                self._write()

    def _write(self) -> None:
        unfinished = self._path.with_suffix(".part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_text(json.dumps(self._names), encoding="ascii")
            unfinished.replace(self._path)
        except OSError as error:
            logger.warning("the name of a picture was not kept: %s", type(error).__name__)


def _place(bot: int, key: str) -> str:
    return f"{hashlib.sha256(str(bot).encode()).hexdigest()[:16]}:{key}"


def _read(path: Path) -> dict[str, str]:
    try:
        names = json.loads(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return {}
    return {str(place): str(name) for place, name in names.items()} if isinstance(names, dict) else {}
