"""``python -m knowledge history [ID] [--at DATE]`` and ``verify``."""

import argparse
import sys
from datetime import date
from typing import Any

from knowledge.database import Database
from knowledge.environment import Places, variables
from knowledge.errors import DatabaseTooOldError, UnknownCommitmentError
from knowledge.history.entries import list_entries
from knowledge.history.replay import states_at
from knowledge.history.telling import entry_line, state_line, state_lines
from knowledge.history.verifying import verify

DONE, FAILED, WRONG_CALL = 0, 1, 2


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """Declare the commands."""
    history = commands.add_parser("history", help="every change, or with --at the state on a day")
    history.add_argument("id", nargs="?", metavar="ID", help="of one commitment, such as p07; else of all")
    history.add_argument("--at", type=_day, metavar="DATE", help="the state at the end of that day, such as 2026-11-30")
    history.set_defaults(run=_history)
    verifying = commands.add_parser(
        "verify", help="find any silent edit of the history, or of what it says is in force"
    )
    verifying.set_defaults(run=_verify)


def _history(options: argparse.Namespace) -> int:
    places = Places.from_env(variables())
    database = places.open()
    try:
        with database.guarded():
            _show(database, places, options.id, options.at)
    except UnknownCommitmentError as error:
        print(f"there is no commitment {error.commitment_id}; ids are such as p07 or a1-01", file=sys.stderr)
        return WRONG_CALL
    finally:
        database.close()
    return DONE


def _verify(options: argparse.Namespace) -> int:
    database = Places.from_env(variables()).open()
    try:
        found = verify(database)
    finally:
        database.close()
    for fault in found.faults:
        print(str(fault).encode("utf-8", "backslashreplace").decode())
    if not found.faults:
        print(f"ok: {found.entries} entries, sealed")
    return FAILED if found.faults else DONE


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date such as 2026-11-30") from None


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
