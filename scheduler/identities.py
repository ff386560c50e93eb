"""Chat ids, encrypted at rest. The key lives in a file of its own: a copy of the database alone reveals none.

Each id is sealed with AES-256-GCM under a fresh nonce, and found again by an HMAC of it; both keys are derived from
the one in the file.
"""

import hmac
import logging
import os
import secrets
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from knowledge.database import Database
from scheduler.errors import BadKeyError, MissingKeyError, WrongKeyError
from scheduler.ports import SealedChat

logger = logging.getLogger(__name__)

_KEY_BYTES = 32
_NONCE_BYTES = 12
_ID_BYTES = 8
_PURPOSE = b"chat id"


class Key:
    """The secret of the key file, from which each use derives its own."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

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
        return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=purpose).derive(self._secret)


class SealedIdentities:
    """The ``Identities`` of the program."""

    def __init__(self, key: Key) -> None:
        self._aead = AESGCM(key.derive(b"chat cipher"))
        self._index_key = key.derive(b"chat index")

    def seal(self, chat_id: int) -> SealedChat:
        """The id as it may be stored; its ciphertext is another one each time."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._aead.encrypt(nonce, _bytes(chat_id), _PURPOSE)
        return SealedChat(cipher=nonce + sealed, index=self.index(chat_id))

    def index(self, chat_id: int) -> bytes:
        """The same for the same id, telling nothing without the key."""
        return hmac.digest(self._index_key, _bytes(chat_id), sha256)

    def open(self, cipher: bytes) -> int:
        """The id again.

        Raises:
            WrongKeyError: It was sealed with another key, or altered.
        """
        try:
            plain = self._aead.decrypt(cipher[:_NONCE_BYTES], cipher[_NONCE_BYTES:], _PURPOSE)
        except (InvalidTag, ValueError) as error:
            raise WrongKeyError from error
        return int.from_bytes(plain, "big", signed=True)


def open_identities(database: Database, key_file: Path) -> SealedIdentities:
    """The identities of a base; its key is made only while nothing is sealed.

    Raises:
        MissingKeyError, BadKeyError: See ``Key.open``.
        WrongKeyError: The key is not the one of this base.
    """
    sealed = database.read().execute("SELECT chat_cipher FROM subscribers LIMIT 1").fetchone()
    identities = SealedIdentities(Key.open(key_file, may_make=sealed is None))
    if sealed is not None:
        identities.open(sealed[0])
    return identities


def _bytes(chat_id: int) -> bytes:
    return chat_id.to_bytes(_ID_BYTES, "big", signed=True)


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
