"""Who will hear of a change, counted before it is made."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlite_utils

from knowledge.changes import Field, Value
from scheduler.facts import Condition, Frequency, Target, TargetKind
from scheduler.netting import wanted
from scheduler.outbox import text_of
from scheduler.targets import Reach

_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something that would change."""

    commitment: str
    field: Field
    old: Value
    new: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearers:
    """How many people hear of it.

    Attributes:
        at_once: Outside their quiet hours.
        later: In a digest, or when their pause ends.
    """

    at_once: int
    later: int


def hearers(db: sqlite_utils.Database, news: Iterable[News], now: datetime) -> Hearers:
    """Count the subscribers whose subscriptions reach any of it, each once."""
    told, reach = tuple(news), Reach(db)
    kinds = db.execute("SELECT DISTINCT target_kind, target, condition FROM subscriptions")
    reached = [
        _SEPARATOR.join((kind, target, condition))
        for kind, target, condition in kinds
        if _reaches(reach, Target(kind=TargetKind(kind), name=target), Condition(condition), told)
    ]
    values = {"reached": json.dumps(reached, ensure_ascii=False), "now": text_of(now), "soon": Frequency.IMMEDIATE}
    everybody, at_once = db.execute(_COUNT, values).fetchone()
    return Hearers(at_once=at_once, later=everybody - at_once)


def _reaches(reach: Reach, target: Target, condition: Condition, told: tuple[News, ...]) -> bool:
    return any(
        wanted(condition, each.field, each.old, each.new) and reach.holds(target, each.commitment) for each in told
    )


_COUNT = f"""
SELECT count(*), coalesce(sum(soon), 0) FROM (
  SELECT max(x.frequency = :soon AND (s.paused_until IS NULL OR s.paused_until <= :now)) AS soon
  FROM subscriptions x JOIN subscribers s ON s.id = x.subscriber
  WHERE s.ended_at IS NULL AND x.target_kind || '{_SEPARATOR}' || x.target || '{_SEPARATOR}' || x.condition
    IN (SELECT value FROM json_each(:reached))
  GROUP BY x.subscriber)
"""  # noqa: S608 - a constant of this module
