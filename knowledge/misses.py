"""What was asked and what came of it, by day: how often, never the words, never the person."""

import threading
from collections import Counter
from dataclasses import dataclass
from datetime import date

import sqlite_utils

from knowledge.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Counts of some days.

    Attributes:
        outcomes: Questions by what was answered (an outcome).
        misses: By kind: ``not_this`` (« Ce n'est pas ça »), ``none_of_these``, or the reason of a refusal.
    """

    outcomes: Counter[str]
    misses: Counter[str]


class Tally:
    """Counts kept in memory until they are written: nobody who asks waits for the disk. Any thread may use it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._outcomes: Counter[tuple[str, str]] = Counter()
        self._misses: Counter[tuple[str, str, str]] = Counter()

    def count_question(self, outcome: str, day: date) -> None:
        """A question was answered so."""
        with self._lock:
            self._outcomes[day.isoformat(), outcome] += 1

    def count_miss(self, kind: str, commitment_id: str | None, day: date) -> None:
        """An answer was not the one meant, or none was given; with the commitment that was shown, if any."""
        with self._lock:
            self._misses[day.isoformat(), kind, commitment_id or ""] += 1

    def write(self) -> None:
        """Add what was counted to the base. It blocks.

        Raises:
            DatabaseError: It cannot be written now; nothing is lost, the next write tries again.
        """
        with self._lock:
            outcomes, misses = self._outcomes, self._misses
            self._outcomes, self._misses = Counter(), Counter()
        if not (outcomes or misses):
            return
        try:
            with self._database.write() as db:
                db.conn.executemany(_ADD_QUESTIONS, [(*key, count) for key, count in outcomes.items()])
                db.conn.executemany(_ADD_MISSES, [(*key, count) for key, count in misses.items()])
        except BaseException:
            with self._lock:
                self._outcomes += outcomes
                self._misses += misses
            raise


def asked_between(db: sqlite_utils.Database, first: date, last: date) -> Asked:
    """What was counted from one day to another, both included."""
    days = [first.isoformat(), last.isoformat()]
    return Asked(
        outcomes=Counter(dict(db.execute(_QUESTIONS, days).fetchall())),
        misses=Counter(dict(db.execute(_MISSES, days).fetchall())),
    )


_ADD_QUESTIONS = (
    "INSERT INTO asked(day, outcome, count) VALUES (?, ?, ?)"
    " ON CONFLICT(day, outcome) DO UPDATE SET count = count + excluded.count"
)
_ADD_MISSES = (
    "INSERT INTO misses(day, kind, commitment, count) VALUES (?, ?, ?, ?)"
    " ON CONFLICT(day, kind, commitment) DO UPDATE SET count = count + excluded.count"
)
_QUESTIONS = "SELECT outcome, sum(count) FROM asked WHERE day BETWEEN ? AND ? GROUP BY outcome"
_MISSES = "SELECT kind, sum(count) FROM misses WHERE day BETWEEN ? AND ? GROUP BY kind"
