"""Chat ids, encrypted at rest. The key lives in a file of its own: a copy of the database alone reveals none.

Each id is sealed with AES-256-GCM under a fresh nonce, and found again by an HMAC of it; both keys are derived from
the one in the file.
"""

import hmac
import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from knowledge.database import Database
from knowledge.errors import WrongKeyError
from knowledge.keys import Key
from scheduler.ports import SealedChat

_NONCE_BYTES = 12
_ID_BYTES = 8
_PURPOSE = b"chat id"


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


def open_identities(database: Database) -> SealedIdentities:
    """The identities of a base, under its key.

    Raises:
        MissingKeyError, BadKeyError: See ``Database.key``.
        WrongKeyError: The key is not the one of this base.
    """
    identities = SealedIdentities(database.key())
    sealed = database.read().execute("SELECT chat_cipher FROM subscribers LIMIT 1").fetchone()
    if sealed is not None:
        identities.open(sealed[0])
    return identities


def _bytes(chat_id: int) -> bytes:
    return chat_id.to_bytes(_ID_BYTES, "big", signed=True)
