"""What a digest said, worked out again from what its delivery keeps: nothing is enqueued or marked."""

import json

from knowledge import changes
from knowledge.database import Database
from scheduler.composing import by_orientation, interests_in
from scheduler.digests import find_run
from scheduler.facts import DigestFacts
from scheduler.netting import History
from scheduler.outbox import Kind
from scheduler.targets import Reach
from scheduler.telling import Telling


def told(database: Database, subscriber: int, delivery: int) -> DigestFacts | None:
    """The changes of one person's digest; None when it is not theirs, or is no longer kept."""
    db = database.read()
    row = next(db.query(_ROW, [delivery, subscriber, Kind.DIGEST]), None)
    run = find_run(db, int(row["ref"].partition(":")[2])) if row else None
    if row is None or run is None:
        return None
    interests, facts, reach = interests_in(row), json.loads(row["facts"]), Reach(db)
    behind = min((interest.upto for interest in interests), default=facts["upto"])
    telling = Telling(History(changes.list_changes(db, after=behind, upto=facts["upto"])), reach)
    lines = telling.lines(interests, facts["heard"])
    return DigestFacts(
        subscriber=subscriber,
        frequency=run.frequency,
        local_date=run.local_date,
        window=(run.starts, run.ends),
        lines=by_orientation(lines, reach),
        delivery=delivery,
    )


_ROW = "SELECT ref, facts FROM outbox WHERE id = ? AND subscriber = ? AND kind = ? AND part = 1 AND facts != ''"
