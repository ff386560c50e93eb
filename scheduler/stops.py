"""That Telegram stopped the program (401, 404, 409), and when: staff read it after the next start."""

import json
from dataclasses import dataclass
from datetime import datetime

from knowledge.database import Database
from scheduler.counters import find_mark, mark
from scheduler.outbox import text_of

_NAME = "stopped_by_telegram"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One stop."""

    code: int
    at: datetime


def record_stop(database: Database, code: int, now: datetime) -> None:
    """Remember the latest stop."""
    with database.write() as db:
        mark(db, _NAME, json.dumps({"code": code, "at": text_of(now)}))


def last_stop(database: Database) -> Stop | None:
    """The latest stop, if there ever was one."""
    kept = find_mark(database.read(), _NAME)
    if kept is None:
        return None
    content = json.loads(kept)
    return Stop(code=content["code"], at=datetime.fromisoformat(content["at"]))
