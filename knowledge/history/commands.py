"""The commands ``history`` and ``verify``."""

from datetime import date

from knowledge.database import Database
from knowledge.environment import Places
from knowledge.errors import DatabaseTooOldError, UnknownCommitmentError
from knowledge.history.entries import list_entries
from knowledge.history.replay import states_at
from knowledge.history.telling import entry_line, state_line, state_lines
from knowledge.history.verifying import verify


def show(places: Places, commitment: str | None, at: date | None) -> None:
    """Print the entries, or with a date the state at its end.

    Raises:
        UnknownCommitmentError: There is none of this id.
    """
    database = places.open()
    try:
        with database.guarded():
            _show(database, places, commitment, at)
    finally:
        database.close()


def is_sound(places: Places) -> bool:
    """Print what verifying found, a line a fault; whether there was none."""
    database = places.open()
    try:
        found = verify(database)
    finally:
        database.close()
    for fault in found.faults:
        print(str(fault).encode("utf-8", "backslashreplace").decode())
    if not found.faults:
        print(f"ok: {found.entries} entries, sealed")
    return not found.faults


def _show(database: Database, places: Places, commitment: str | None, at: date | None) -> None:
    db = database.read()
    if "history" not in db.table_names():
        raise DatabaseTooOldError(database.path)
    if commitment and not db.execute("SELECT 1 FROM commitments WHERE id = ?", [commitment]).fetchone():
        raise UnknownCommitmentError(commitment)
    if at is None:
        for entry in list_entries(db, commitment=commitment):
            print(entry_line(entry, places.timezone))
        return
    states = states_at(db, at, places.timezone)
    if not states:
        print(f"nothing was recorded yet on {at}")
    elif commitment:
        print(*state_lines(states[commitment]), sep="\n")
    else:
        order = [key for (key,) in db.execute("SELECT id FROM commitments ORDER BY position")]
        print(*(state_line(key, states[key]) for key in order if key in states), sep="\n")
