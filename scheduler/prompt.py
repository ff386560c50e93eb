"""What is told at once, outside quiet hours."""

from datetime import datetime
from zoneinfo import ZoneInfo

import sqlite_utils

from knowledge import changes
from scheduler.counters import find_mark, mark
from scheduler.facts import Frequency
from scheduler.fanout import Round, fan_out
from scheduler.outbox import Kind
from scheduler.quiet import Quiet

_ROUND = "round"


def tell_at_once(db: sqlite_utils.Database, now: datetime, timezone: ZoneInfo) -> int:
    """Enqueue what has changed for those who hear at once, inside the caller's transaction.

    What quiet hours or a pause held back is told in one message at their end.

    Returns:
        How many people are told something.
    """
    upto = changes.last_id(db)
    behind = "SELECT 1 FROM subscriptions WHERE frequency = 'immediate' AND upto < ? LIMIT 1"
    if not db.execute(behind, [upto]).fetchone():
        return 0
    kinds = [row[0] for row in db.execute("SELECT DISTINCT quiet FROM subscribers WHERE ended_at IS NULL")]
    awake = tuple(quiet for quiet in kinds if Quiet.parse(quiet).end(now, timezone) <= now)
    # Numbered: one change may be the newest of two messages, when a person asks in between to hear sooner.
    number = int(find_mark(db, _ROUND) or 0) + 1
    this = Round(
        frequency=Frequency.IMMEDIATE,
        upto=upto,
        settled=now,
        quiet=awake,
        hour=None,
        kind=Kind.CHANGE,
        ref=f"change:{number}",
        stem=f"change:{{subscriber}}:{number}",
    )
    told = fan_out(db, this, now) if awake else 0
    if told:
        mark(db, _ROUND, str(number))
    return told
