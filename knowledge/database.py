"""One SQLite file, many threads: a connection each, every write in its own ``BEGIN IMMEDIATE``.

Beside the file, its key: what is written in a transaction is sealed with it.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlite_utils

from knowledge.errors import (
    DatabaseCorruptError,
    DatabaseError,
    DatabaseLockedError,
    DatabaseReadOnlyError,
    DatabaseTooNewError,
)
from knowledge.keys import Key

BUSY_MILLISECONDS = 10_000
MEMORY = Path(":memory:")

# A row in one of these means that the key has been used: another one must not take its place.
_SEALED = ("history", "subscribers")


class Connection(sqlite3.Connection):
    """A connection that knows how to get at the key of its base."""

    key: Callable[[], Key]
    path: Path


class Database:
    """Connections to one file. Open it, ``migrate`` once, then ``read`` and ``write`` from any thread.

    Args:
        path: The SQLite file; its folder is made when missing.
        key_file: Its key, by default in a folder ``keys`` beside it; a base in memory has one of its own.
        busy_ms: How long a statement waits for another program's lock.
    """

    def __init__(self, path: Path, key_file: Path | None = None, *, busy_ms: int = BUSY_MILLISECONDS) -> None:
        self.path = path
        self.key_file = key_file or path.parent / "keys" / "bot.key"
        self._key = Key.any() if path == MEMORY and key_file is None else None
        self._busy_ms = busy_ms
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._watcher: sqlite3.Connection | None = None
        self._lock = threading.Lock()

    def migrate(self, migrations: sqlite_utils.Migrations) -> None:
        """Bring the tables to this program's version, in one transaction, once even if several start together.

        Raises:
            DatabaseTooNewError: It has steps this program does not know.
            DatabaseError: Locked, read-only or corrupt.
        """
        with self.guarded():
            self._make_folder()
            db = self._connection()
            applied = {step.name for step in migrations.applied(db)}
            known = {step.name for step in migrations.pending(db)} | applied & _names(migrations)
            if applied - known:
                raise DatabaseTooNewError(self.path)
            if applied == known:
                return
            if db.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                db.enable_wal()
        with self.write() as db:
            migrations.apply(db)

    def read(self) -> sqlite_utils.Database:
        """This thread's connection, for queries; run them ``guarded``."""
        with self.guarded():
            return self._connection()

    @contextmanager
    def write(self) -> Iterator[sqlite_utils.Database]:
        """A transaction that takes the write lock first; committed at the end, rolled back on any exception.

        Never await inside.
        """
        with self.guarded():
            db = self._connection()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.conn.commit()
            except BaseException:
                db.conn.rollback()
                raise

    def key(self, *, may_make: bool = True) -> Key:
        """The key of this base, read once; made if nothing is sealed yet, and if it may be.

        Raises:
            MissingKeyError: There is none, and something is sealed with it, or none may be made.
            BadKeyError: The file holds no key, or cannot be read or written.
        """
        if self._key is None:
            with self.guarded():
                self._key = Key.open(self.key_file, may_make=may_make and not _holds_sealed(self._connection()))
        return self._key

    def version(self) -> int:
        """A number that changes whenever somebody has written, this program or another; cheap to ask."""
        with self.guarded(), self._lock:
            if self._watcher is None:
                # SQLite counts per connection what the others wrote: one that never writes sees everything.
                self._watcher = sqlite3.connect(self.path, timeout=self._busy_ms / 1000, check_same_thread=False)
            return int(self._watcher.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Close every thread's connection."""
        with self._lock:
            for connection in self._opened:
                connection.close()
            self._opened.clear()
            if self._watcher is not None:
                self._watcher.close()
                self._watcher = None
        self._local = threading.local()

    def _make_folder(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseReadOnlyError(self.path) from error

    def _connection(self) -> sqlite_utils.Database:
        db: sqlite_utils.Database | None = getattr(self._local, "db", None)
        if db is None:
            # Each thread keeps to its own connection; only close() may come from another one.
            raw = sqlite3.connect(self.path, timeout=self._busy_ms / 1000, check_same_thread=False, factory=Connection)
            raw.key, raw.path = self.key, self.path
            raw.execute("PRAGMA foreign_keys=ON")
            raw.execute("PRAGMA synchronous=FULL")
            # What is deleted is overwritten: a person who is erased leaves nothing in the file.
            raw.execute("PRAGMA secure_delete=ON")
            db = self._local.db = sqlite_utils.Database(raw)
            with self._lock:
                self._opened.append(raw)
        return db

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Whatever SQLite says of the file inside, as our errors."""
        try:
            yield
        except sqlite3.IntegrityError:
            raise  # a fault of what is written, not of the file
        except sqlite3.OperationalError as error:
            text = str(error)
            if "locked" in text or "busy" in text:
                raise DatabaseLockedError(self.path) from error
            if "readonly" in text or "unable to open" in text:
                raise DatabaseReadOnlyError(self.path) from error
            if "malformed" in text or "disk I/O" in text:
                raise DatabaseCorruptError(self.path) from error
            raise DatabaseError(self.path, text) from error
        except sqlite3.DatabaseError as error:
            raise DatabaseCorruptError(self.path) from error


def _holds_sealed(db: sqlite_utils.Database) -> bool:
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return any(
        db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()  # noqa: S608 - names of this module
        for table in _SEALED
        if table in tables
    )


def _names(migrations: sqlite_utils.Migrations) -> set[str]:
    # The library lists what is pending on a base; on an empty one that is every step.
    return {step.name for step in migrations.pending(sqlite_utils.Database(memory=True))}
