"""The secret of the key file, kept apart from the database: it seals the history and the chat ids."""

import logging
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from knowledge.errors import BadKeyError, MissingKeyError

logger = logging.getLogger(__name__)

_KEY_BYTES = 32


class Key:
    """The secret of the key file, from which each use derives its own."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._derived: dict[bytes, bytes] = {}

    @classmethod
    def any(cls) -> "Key":
        """One that nobody has: what it seals is good for as long as it is in memory."""
        return cls(secrets.token_bytes(_KEY_BYTES))

    @classmethod
    def open(cls, path: Path, *, may_make: bool) -> "Key":
        """Read the key, or make it on the first run.

        Args:
            path: The key file; a new one can be read by its owner only.
            may_make: False when something is already sealed with a key: a new one would not open it.

        Raises:
            MissingKeyError: No file, and none may be made.
            BadKeyError: The file holds no key, or cannot be read or written.
        """
        try:
            if not path.exists():
                if not may_make:
                    raise MissingKeyError(path)
                _make(path)
            secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
            if path.stat().st_mode & 0o077:
                logger.warning("the key file can be read by others; make it private: chmod 600")
        except (OSError, ValueError) as error:
            raise BadKeyError(path) from error
        if len(secret) != _KEY_BYTES:
            raise BadKeyError(path)
        return cls(secret)

    def derive(self, purpose: bytes) -> bytes:
        """32 bytes for one purpose, always the same."""
        found = self._derived.get(purpose)
        if found is None:
            found = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=purpose).derive(self._secret)
            self._derived[purpose] = found
        return found


def _make(path: Path) -> None:
    """Write a new key beside its place, then put it there whole, unless another process was faster."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(_KEY_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            logger.info("another process has just made the key")
    finally:
        draft.unlink()
