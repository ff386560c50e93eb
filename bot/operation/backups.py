"""A copy of the base, made while the bot runs. Chat ids in it stay encrypted; the key is not in it."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import BackupError


def back_up(database: Path, target: Path, now: datetime) -> int:
    """Copy the base; an earlier file of this name is replaced only once the copy is whole.

    Args:
        database: The live SQLite file.
        target: Where the copy goes, readable by its owner only.
        now: Noted, so that the copy is removed after 30 days.

    Returns:
        Its size in bytes.

    Raises:
        BackupError: There is no base, or it cannot be written there.
    """
    if not database.is_file():
        raise BackupError(f"there is no database at {database}")
    if target.is_dir() or target.resolve() == database.resolve():
        raise BackupError(f"{target} is not a file that may be written")
    fresh = target.with_name(f"{target.name}.part")
    try:
        if not has_run_on(database):
            raise BackupError(f"there is nothing to copy yet: the bot has never run on {database}")
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        # Made first, and empty: SQLite would give it to everybody to read.
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _copy(database, fresh)
        fresh.replace(target)
    except (sqlite3.Error, OSError) as error:
        fresh.unlink(missing_ok=True)
        raise BackupError(f"no backup was made: {error}") from error
    _note(database, target.resolve(), now)
    return target.stat().st_size


def has_run_on(database: Path) -> bool:
    """Whether this base was ever served: a trial in the terminal only fills it with the data files."""
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as live:
        found = live.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'subscribers'").fetchone()
    return found is not None


def _note(database: Path, target: Path, now: datetime) -> None:
    """In the live base, so that the nightly job removes the copy after 30 days."""
    with closing(sqlite3.connect(database, timeout=10)) as live, live:
        live.execute(
            "INSERT INTO backups VALUES (?, ?) ON CONFLICT DO UPDATE SET made_at = excluded.made_at",
            [str(target), now.astimezone(UTC).isoformat(timespec="seconds")],
        )


def _copy(database: Path, fresh: Path) -> None:
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as live:
        # One consistent picture, without the pages that erased rows once stood on.
        live.execute("VACUUM INTO ?", [str(fresh)])
    check(fresh)


def check(file: Path) -> None:
    """Read every page of a copy.

    Raises:
        BackupError: It is broken, or not a base of this program.
    """
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            faults = [str(row[0]) for row in copy.execute("PRAGMA quick_check")]
            tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error as error:
        raise BackupError(f"{file} cannot be read: {error}") from error
    if faults != ["ok"]:
        raise BackupError(f"{file} is broken: {faults[0]}")
    if not {"commitments", "changes", "subscribers"} <= tables:
        raise BackupError(f"{file} is not a backup of this program")
