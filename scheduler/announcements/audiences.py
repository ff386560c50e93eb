"""Whom an announcement reaches, and whom it leaves out: counted before, and again when it starts."""

import json
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlite_utils

from knowledge.authors import Role
from scheduler.announcements.records import Announcement, ref_of
from scheduler.facts import Audience, AudienceKind, Target, TargetKind
from scheduler.outbox import text_of
from scheduler.quiet import Quiet
from scheduler.staff_chats import addressees
from scheduler.targets import Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many an audience has; ``reached``, ``paused`` and ``blocked`` sum to all of it.

    Attributes:
        later: Of those reached, how many have quiet hours now and get it at their end.
    """

    reached: int
    paused: int
    blocked: int
    later: int

    @property
    def left_out(self) -> dict[str, int]:
        """Whom it does not reach, by reason."""
        return {"paused": self.paused, "blocked": self.blocked}


def count(db: sqlite_utils.Database, found: Announcement, now: datetime, timezone: ZoneInfo) -> Counted:
    """Count an audience as it is now, inside the caller's transaction."""
    choose(db, found, now)
    rows = db.execute(
        "SELECT s.ended_at IS NOT NULL, coalesce(s.paused_until > ?, 0), s.quiet, count(*)"
        " FROM chosen c JOIN subscribers s ON s.id = c.subscriber GROUP BY 1, 2, 3",
        [text_of(now)],
    )
    reached = paused = blocked = later = 0
    for is_ended, is_paused, quiet, number in rows:
        if is_ended:
            blocked += number
        elif is_paused:
            paused += number
        else:
            reached += number
            later += number if Quiet.parse(quiet).end(now, timezone) > now else 0
    return Counted(reached=reached, paused=paused, blocked=blocked, later=later)


def choose(db: sqlite_utils.Database, found: Announcement, now: datetime) -> None:
    """Fill the temporary table ``chosen`` with the audience, whoever can be written to or not."""
    db.execute("CREATE TEMP TABLE IF NOT EXISTS chosen(subscriber INTEGER PRIMARY KEY)")
    db.execute("DELETE FROM chosen")
    match found.audience:
        case Audience(kind=AudienceKind.STAFF):
            db.conn.executemany("INSERT INTO chosen VALUES (?)", [(each,) for each in addressees(db, Role.READER, now)])
        case Audience(kind=AudienceKind.RECIPIENTS):
            db.execute(_REACHED_BY, [ref_of(found.of or 0)])
        case Audience(kind=AudienceKind.ALL):
            db.execute("INSERT INTO chosen SELECT DISTINCT subscriber FROM subscriptions")
        case _:
            targets = [[each.kind, each.name] for each in _reaching(db, found.audience)]
            db.execute(_FOLLOWING, [json.dumps(targets)])


def _reaching(db: sqlite_utils.Database, audience: Audience) -> list[Target]:
    """What is followed and reaches the orientation or the commitment."""
    reach = Reach(db)
    followed = [
        Target(kind=TargetKind(kind), name=name)
        for kind, name in db.execute("SELECT DISTINCT target_kind, target FROM subscriptions")
    ]
    if audience.kind is AudienceKind.COMMITMENT:
        return [target for target in followed if reach.holds(target, audience.name)]
    return [target for target in followed if any(reach.orientation[key] == audience.name for key in reach.of(target))]


_FOLLOWING = """
INSERT INTO chosen SELECT DISTINCT x.subscriber FROM json_each(?) t
JOIN subscriptions x ON x.target_kind = t.value ->> 0 AND x.target = t.value ->> 1
"""

# Those whose message a correction has changed.
_REACHED_BY = """
INSERT INTO chosen SELECT DISTINCT subscriber FROM outbox WHERE ref = ? AND state = 'sent' AND edits IS NOT NULL
"""
