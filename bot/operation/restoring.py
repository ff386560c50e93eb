"""Put a backup back. Whoever asked to be erased since it was made is erased in it too."""

import os
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.errors import BackupError
from bot.operation.backups import check
from bot.operation.ledger import Ledger
from bot.operation.surviving import Survivors, carry_over, survivors
from knowledge.authors import OPERATOR
from knowledge.database import Database
from knowledge.errors import KnowledgeError
from knowledge.history import append
from knowledge.migrations import steps as knowledge_steps
from scheduler import weekly
from scheduler.announcements.lapsing import void_restored
from scheduler.migrations import steps as scheduler_steps
from scheduler.outbox import RESTORED, text_of
from scheduler.subscribers import EndedReason, forget
from scheduler.ticking import Ticking

_LAST_NUMBER = "SELECT seq FROM sqlite_sequence WHERE name = 'subscribers'"


def put_back(backup: Path, database: Path, key_file: Path, timezone: ZoneInfo, now: datetime) -> int:
    """Replace the live base by a backup.

    What the backup had not sent yet, and what was due since, may have been sent: it becomes uncertain, and is not sent
    again.

    Args:
        backup: A file that ``back_up`` made; it is left as it is.
        database: The live SQLite file, which may be missing or broken; the bot must not be running.
        key_file: Its key, which must be there already.
        timezone: Of the digests.
        now: When.

    Returns:
        How many people were erased again.

    Raises:
        BackupError: The backup is none, or the bot is running, or the file cannot be written.
    """
    if not backup.is_file():
        raise BackupError(f"there is no backup at {backup}")
    check(backup)
    kept = survivors(database)
    gone = Ledger(database).erased() | {number for number, _ in kept.erasures}
    fresh = database.with_name(f"{database.name}.restored")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        _copy(backup, fresh)
        erased = _prepare(Database(fresh, key_file), frozenset(gone), kept, timezone, now)
        _swap(fresh, database)
    except (sqlite3.Error, OSError, KnowledgeError) as error:
        raise BackupError(f"nothing was put back: {error}") from error
    finally:
        fresh.unlink(missing_ok=True)
    return erased


def _copy(backup: Path, fresh: Path) -> None:
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        with backup.open("rb") as source:
            shutil.copyfileobj(source, target)
        target.flush()
        os.fsync(target.fileno())


def _prepare(base: Database, gone: frozenset[int], kept: Survivors, timezone: ZoneInfo, now: datetime) -> int:
    """Bring the copy to this version, erase again, and settle what was under way."""
    try:
        base.migrate(knowledge_steps)
        base.migrate(scheduler_steps)
        with base.write() as db:
            # What was recorded since the copy was made is gone: the record says so itself.
            append(db, "base.restored", {}, OPERATOR, now)
            known = {number for (number,) in db.execute("SELECT id FROM subscribers")}
            for number in sorted(gone & known):
                forget(db, number, EndedReason.ERASED, now)
            db.conn.executemany(
                "INSERT INTO erasures VALUES (?, ?) ON CONFLICT DO NOTHING", [(n, text_of(now)) for n in gone]
            )
            carry_over(db, kept, now)
            # Numbers given since the backup must never be given again: an erasure would hit somebody else.
            last = max({0, *gone, *(seq for (seq,) in db.execute(_LAST_NUMBER))})
            db.execute("DELETE FROM sqlite_sequence WHERE name = 'subscribers'")
            db.execute("INSERT INTO sqlite_sequence(name, seq) VALUES ('subscribers', ?)", [last])
        # What was due since may have been told by the base that is lost: it is counted, and not told again.
        Ticking(base, timezone).tick(now)
        with base.write() as db:
            weekly.skip(db, now, timezone)
            # An edit doubles nothing: it is made in any case.
            db.execute(
                "UPDATE outbox SET state = 'uncertain', error = ?, lease_until = NULL, updated_at = ?"
                " WHERE state IN ('pending', 'sending') AND edits IS NULL",
                [RESTORED, text_of(now)],
            )
            void_restored(db, now)
        # Back to a single file, without the pages as they were before.
        base.read().execute("PRAGMA journal_mode = DELETE")
        base.read().execute("VACUUM")
        base.read().execute("PRAGMA journal_mode = WAL")
    finally:
        base.close()
    return len(gone & known)


def _swap(fresh: Path, database: Path) -> None:
    for end in ("-wal", "-shm", "-journal"):
        database.with_name(f"{database.name}{end}").unlink(missing_ok=True)
    fresh.replace(database)


def line_of(backup: Path, erased: int) -> str:
    """What the operator reads."""
    made = datetime.fromtimestamp(backup.stat().st_mtime, UTC)
    return f"restored {backup} of {made:%Y-%m-%d %H:%M} UTC; people erased again: {erased}"
