"""The seals: each entry's covers its fields and the seal before it; the head's covers how many there are.

A seal is an HMAC-SHA256 under a key that is not in the database: whoever can edit the file cannot seal it again.
"""

import hmac
from hashlib import sha256

from knowledge.keys import Key

FIRST = b""
_ENTRY, _HEAD = b"history entry", b"history head"

Value = str | int | bytes | None


class Seals:
    """Seals under one key."""

    def __init__(self, key: Key) -> None:
        self._entry = key.derive(_ENTRY)
        self._head = key.derive(_HEAD)

    def entry(self, fields: tuple[Value, ...], before: bytes) -> bytes:
        """The seal of an entry after the one whose seal is ``before``; ``FIRST`` for the first."""
        return hmac.digest(self._entry, _canonical((*fields, before)), sha256)

    def head(self, count: int, last: bytes) -> bytes:
        """The seal of the head: so many entries, the last of them sealed so."""
        return hmac.digest(self._head, _canonical((count, last)), sha256)


def same(one: object, other: bytes) -> bool:
    """Whether what stands in a row is this seal."""
    return isinstance(one, bytes) and hmac.compare_digest(one, other)


def _canonical(values: tuple[Value, ...]) -> bytes:
    """One way only to write the values, and no two lists of values written the same: each has its kind and length."""
    return b"".join(map(_prefixed, values))


def _prefixed(value: Value) -> bytes:
    match value:
        case bytes():
            kind, raw = b"b", value
        case str():
            # Whoever verifies reads bytes that are no UTF-8 so, and must not stop at them.
            kind, raw = b"t", value.encode("utf-8", "surrogateescape")
        case _:
            kind, raw = b"o", repr(value).encode()
    return b"%b%d:%b" % (kind, len(raw), raw)
