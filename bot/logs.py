"""Logs go to standard error, without any secret."""

import logging
import sys
from collections.abc import Iterable

_QUIET = ("httpx", "httpcore", "tornado.access", "apscheduler")
_HIDDEN = "•••"


class Redaction(logging.Filter):
    """Blanks secrets in messages and tracebacks. It stands on handlers: a logger's filter misses its children."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        # The part after the colon is the secret one, and addresses may quote it encoded.
        whole = [secret for secret in secrets if secret]
        parts = {part for secret in whole for part in (secret, secret.replace(":", "%3A"), secret.partition(":")[2])}
        self._secrets = sorted((part for part in parts if part), key=len, reverse=True)

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; never drop it."""
        record.msg, record.args = self._clean(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = self._clean(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None
        if record.stack_info:
            record.stack_info = self._clean(record.stack_info)
        return True

    def _clean(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        return text


def configure(level: str, secrets: Iterable[str] = ()) -> None:
    """One handler, on standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(Redaction(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    # At DEBUG the library prints whole updates, with what people wrote.
    logging.getLogger("telegram").setLevel(max(logging.INFO, logging.getLogger().level))
