"""Every recipient's row, in one statement: the text is stored once, and named in each."""

from datetime import datetime
from zoneinfo import ZoneInfo

import sqlite_utils

from scheduler.announcements.audiences import Counted, count
from scheduler.announcements.errors import NobodyError, NothingToCorrectError, StillLeavingError
from scheduler.announcements.records import Announcement, Purpose, get
from scheduler.announcements.states import State
from scheduler.announcements.writing import Writing
from scheduler.bodies import share
from scheduler.facts import Form
from scheduler.outbox import PRIORITY, Kind, text_of


def enqueue_all(
    db: sqlite_utils.Database, writing: Writing, found: Announcement, now: datetime, timezone: ZoneInfo
) -> Counted:
    """Write the deliveries of an announcement that starts, inside the caller's transaction.

    Raises:
        NobodyError: There is nobody to write to.
        StillLeavingError: What it corrects is running.
        NothingToCorrectError: Nobody is known to have received it.
    """
    if found.purpose is Purpose.CORRECTION:
        return _enqueue_correction(db, writing, found, now)
    counted = count(db, found, now, timezone)
    if not counted.reached:
        raise NobodyError(found.id)
    body = _shared(db, writing, found, Form.NEW, now)
    stamp = text_of(now)
    db.execute(_TO_ALL, {**_common(found, body, Kind.ANNOUNCEMENT), "now": stamp})
    return counted


def enqueue_edits(db: sqlite_utils.Database, found: Announcement, now: datetime) -> int:
    """Write the edits of a correction for all deliveries of its announcement that are known by now, once each.

    Who perhaps received it (nobody knows which message) gets the new text as a message. Returns how many rows are new.
    """
    written = 0
    for statement, form, kind in ((_EDITS, Form.EDITED, Kind.CORRECTION), (_INSTEAD, Form.INSTEAD, Kind.ANNOUNCEMENT)):
        values = {**_common(found, _name(found, form), kind), "now": text_of(now), "of": found.of}
        values |= {"right": _name(found, Form.NEW)} if form is Form.EDITED else {}
        written += int(db.execute(statement, values).rowcount)
    return written


def _enqueue_correction(db: sqlite_utils.Database, writing: Writing, found: Announcement, now: datetime) -> Counted:
    corrected = get(db, found.of or 0)
    if corrected.state is State.RUNNING:
        raise StillLeavingError(corrected.id)
    for form in (Form.EDITED, Form.INSTEAD):
        _shared(db, writing, found, form, now)
    # Who still waits for the wrong text, or may be sent it again, gets the right one.
    right = _shared(db, writing, found, Form.NEW, now)
    waiting = "UPDATE outbox SET body = ? WHERE ref = ? AND state IN ('pending', 'failed')"
    db.execute(waiting, [right, corrected.ref])
    reached = enqueue_edits(db, found, now)
    if not reached:
        raise NothingToCorrectError(corrected.id)
    closed = db.execute(_CLOSED, {"of": found.of}).fetchone()[0]
    return Counted(reached=reached, paused=0, blocked=closed, later=0)


def _common(found: Announcement, body: str, kind: Kind) -> dict[str, object]:
    return {"number": found.id, "ref": found.ref, "body": body, "kind": kind, "priority": PRIORITY[kind]}


def _name(found: Announcement, form: Form) -> str:
    return f"announcement:{found.id}.{found.digest[:12]}.{form}"


def _shared(db: sqlite_utils.Database, writing: Writing, found: Announcement, form: Form, now: datetime) -> str:
    name = _name(found, form)
    share(db, name, writing.part(found, now, form))
    return name


_TO_ALL = """
INSERT INTO outbox(dedupe_key, subscriber, kind, ref, priority, body, not_before, created_at, updated_at)
SELECT 'ann:' || :number || ':' || s.id, s.id, :kind, :ref, :priority, :body, :now, :now, :now
FROM chosen c JOIN subscribers s ON s.id = c.subscriber
WHERE s.ended_at IS NULL AND (s.paused_until IS NULL OR s.paused_until <= :now)
ON CONFLICT(dedupe_key) DO NOTHING
"""

# The announcement, and the corrections of it that went as messages, to those of whom nobody knew whether they had it.
_FAMILY = """
SELECT 'announcement:' || a.id FROM announcements a
WHERE a.id = :of OR (a.of = :of AND a.purpose = 'correction')
"""

_EDITS = f"""
INSERT INTO outbox(dedupe_key, subscriber, kind, ref, priority, body, not_before, created_at, updated_at, edits)
SELECT 'ann:' || :number || ':edit:' || o.id, o.subscriber, :kind, :ref, :priority, :body, :now, :now, :now,
       o.message_id
FROM outbox o JOIN subscribers s ON s.id = o.subscriber
WHERE o.ref IN ({_FAMILY}) AND o.ref != :ref AND o.state = 'sent' AND o.edits IS NULL AND o.message_id IS NOT NULL
  AND o.body != :right AND s.ended_at IS NULL
ON CONFLICT(dedupe_key) DO NOTHING
"""  # noqa: S608 - statements of this module

_INSTEAD = f"""
INSERT INTO outbox(dedupe_key, subscriber, kind, ref, priority, body, not_before, created_at, updated_at)
SELECT DISTINCT 'ann:' || :number || ':instead:' || o.subscriber, o.subscriber, :kind, :ref, :priority, :body,
       :now, :now, :now
FROM outbox o JOIN subscribers s ON s.id = o.subscriber
WHERE o.ref IN ({_FAMILY}) AND o.ref != :ref AND o.state = 'uncertain' AND o.edits IS NULL AND s.ended_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM outbox k WHERE k.subscriber = o.subscriber AND k.ref IN ({_FAMILY}) AND k.ref != :ref
                  AND k.state = 'sent' AND k.edits IS NULL)
ON CONFLICT(dedupe_key) DO NOTHING
"""  # noqa: S608 - statements of this module

_CLOSED = f"""
SELECT count(DISTINCT o.subscriber) FROM outbox o JOIN subscribers s ON s.id = o.subscriber
WHERE o.ref IN ({_FAMILY}) AND o.state IN ('sent', 'uncertain') AND o.edits IS NULL AND s.ended_at IS NOT NULL
"""  # noqa: S608 - statements of this module
