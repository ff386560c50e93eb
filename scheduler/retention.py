"""Erasure, and the nightly purge: what is no longer needed goes, counts remain."""

import logging
from datetime import datetime, timedelta
from pathlib import Path

import sqlite_utils

from knowledge.database import Database
from knowledge.questions import kept
from scheduler import enquiries
from scheduler.counters import count, mark
from scheduler.outbox import text_of
from scheduler.subscribers import EndedReason, forget

logger = logging.getLogger(__name__)

CHATS_KEPT = timedelta(days=28)
DELIVERIES_KEPT = timedelta(days=30)
BACKUPS_KEPT = timedelta(days=30)
_RUNS_KEPT = timedelta(days=400)
# Nothing is rightly put off for longer; a clock that ran ahead may have done it.
_LONGEST_WAIT = timedelta(days=8)
LAST_NIGHT = "night"


class Retention:
    """What is kept, and for how long."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def erase(self, subscriber: int, now: datetime) -> bool:
        """Delete everything about a person, at their wish; False when nothing was held.

        Afterwards neither the file nor its journal has their encrypted id or its index.
        """
        with self._database.write() as db:
            held = db.execute("SELECT 1 FROM subscribers WHERE id = ?", [subscriber]).fetchone() is not None
            if held:
                forget(db, subscriber, EndedReason.ERASED, now)
        self.scrub()
        return held

    def purge(self, now: datetime) -> None:
        """The nightly work."""
        with self._database.write() as db:
            enquiries.purge(db, now)
            kept.purge(db, now.date())
            _purge_chats(db, now)
            _purge_deliveries(db, now)
            _purge_heard(db)
            db.execute("DELETE FROM digest_runs WHERE ends < ?", [text_of(now - _RUNS_KEPT)])
            db.execute("DELETE FROM erasures WHERE erased_at < ?", [text_of(now - BACKUPS_KEPT - CHATS_KEPT)])
            db.execute(
                "UPDATE outbox SET not_before = ? WHERE state = 'pending' AND not_before > ?",
                [text_of(now), text_of(now + _LONGEST_WAIT)],
            )
            mark(db, LAST_NIGHT, text_of(now))
        self._remove_backups(now)
        self.scrub()

    def scrub(self) -> bool:
        """Move the journal into the file and empty it; False when a reader held it back (the next night tries)."""
        busy = self._database.read().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            logger.info("the journal could not be emptied yet")
        return not busy

    def _remove_backups(self, now: datetime) -> None:
        old = "SELECT path FROM backups WHERE made_at < ?"
        for (path,) in list(self._database.read().execute(old, [text_of(now - BACKUPS_KEPT)])):
            try:
                Path(path).unlink(missing_ok=True)
            except OSError:
                logger.warning("a backup older than 30 days could not be removed")
                continue
            with self._database.write() as db:
                db.execute("DELETE FROM backups WHERE path = ?", [path])
                count(db, "backups_removed", 1, now)


def _purge_chats(db: sqlite_utils.Database, now: datetime) -> None:
    """Chats that have been closed to the bot, or have followed nothing, for 28 days, and wait for no answer.

    Those of the team stay while they are of it: a notice may be on its way to them.
    """
    limit = text_of(now - CHATS_KEPT)
    for number, reason in list(db.execute(_GONE, [EndedReason.STOPPED, limit, limit])):
        forget(db, number, EndedReason(reason), now)


def _purge_deliveries(db: sqlite_utils.Database, now: datetime) -> None:
    """Settled deliveries of more than 30 days: only how many there were of each kind and state remains."""
    settled = "state NOT IN ('pending', 'sending') AND updated_at < ?"
    limit = text_of(now - DELIVERIES_KEPT)
    sums = f"SELECT kind, state, count(*) FROM outbox WHERE {settled} GROUP BY kind, state"  # noqa: S608 - above
    for kind, state, number in list(db.execute(sums, [limit])):
        count(db, f"deliveries_{kind}_{state}", number, now)
    db.execute(f"DELETE FROM outbox WHERE {settled}", [limit])  # noqa: S608 - above


def _purge_heard(db: sqlite_utils.Database) -> None:
    """What all of a person's subscriptions have covered since."""
    db.execute(
        "DELETE FROM heard WHERE NOT EXISTS (SELECT 1 FROM subscriptions x"
        " WHERE x.subscriber = heard.subscriber AND x.upto < heard.upto)"
    )


_GONE = """
SELECT s.id, coalesce(s.ended_reason, ?) FROM subscribers s
WHERE s.ended_at < ? OR (s.idle_since < ?
  AND NOT EXISTS (SELECT 1 FROM enquiries e WHERE e.subscriber = s.id)
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.subscriber = s.id AND o.kind = 'notice' AND o.state = 'pending')
  AND NOT EXISTS (SELECT 1 FROM members m WHERE m.chat_index = s.chat_index))
"""
