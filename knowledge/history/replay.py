"""What stood at the end of a day, from the entries alone."""

from datetime import date, datetime, time, timedelta, tzinfo

import sqlite_utils

from knowledge.history.entries import list_entries
from knowledge.history.states import States, apply


def states_at(db: sqlite_utils.Database, day: date, timezone: tzinfo) -> States:
    """What stood of each commitment at the end of a local day; empty before the base was filled."""
    states: States = {}
    for entry in list_entries(db, before=end_of(day, timezone)):
        apply(states, entry.commitment, entry.content)
    return states


def end_of(day: date, timezone: tzinfo) -> datetime:
    """The moment when a local day is over."""
    return datetime.combine(day + timedelta(days=1), time(), timezone)
