"""« Réserve électorale »: before an election announcements stop; facts and digests go on."""

import sqlite_utils

from scheduler.announcements.errors import ReserveError
from scheduler.counters import find_mark, mark

_NAME = "electoral_reserve"


def is_on(db: sqlite_utils.Database) -> bool:
    """Whether announcements are stopped."""
    return find_mark(db, _NAME) == "on"


def switch(db: sqlite_utils.Database, *, on: bool) -> None:
    """Stop them or let them leave again, inside the caller's transaction."""
    mark(db, _NAME, "on" if on else "off")


def check(db: sqlite_utils.Database) -> None:
    """Let nothing begin while it is on.

    Raises:
        ReserveError: It is.
    """
    if is_on(db):
        raise ReserveError
