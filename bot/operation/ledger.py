"""A small file beside the database: the numbers of the subscribers who were erased, and when.

It outlives the database, so that a backup put back has its later erasures made again even when the file it replaces
is lost. A number leads to nobody once its row is gone. Lines older than any backup are dropped.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

KEPT = timedelta(days=31)  # a day more than any backup


class Ledger:
    """The file; each line is on the disk before the call returns.

    Args:
        database: The SQLite file it stands beside.
    """

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}.erasures")

    def note_erased(self, subscriber: int, now: datetime) -> None:
        """To be called before the erasure itself: a crash between the two erases once more, never once less."""
        entries = [(at, number) for at, number in self._entries() if now - at <= KEPT]
        self._write([*entries, (now, subscriber)])

    def erased(self) -> frozenset[int]:
        """Every number that is still noted."""
        return frozenset(number for _, number in self._entries())

    def _entries(self) -> list[tuple[datetime, int]]:
        if not self._path.exists():
            return []
        lines = [line.split(" ") for line in self._path.read_text(encoding="ascii").splitlines()]
        return [(datetime.fromisoformat(at), int(number)) for at, number in lines]

    def _write(self, entries: list[tuple[datetime, int]]) -> None:
        """The whole file anew, put in place once it is on the disk."""
        fresh = self._path.with_name(f"{self._path.name}.new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
            stream.writelines(f"{at.astimezone(UTC).isoformat()} {number}\n" for at, number in entries)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(self._path)
