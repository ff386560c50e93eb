"""An announcement as it stands in the base."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

import sqlite_utils

from scheduler.announcements.errors import UnknownAnnouncementError
from scheduler.announcements.states import State
from scheduler.facts import Audience, AudienceKind
from scheduler.ports import Media, MediaKind


class Purpose(StrEnum):
    """What it is: a message of its own, the new text of one that was sent, or a word to those who read the old one."""

    MESSAGE = "message"
    CORRECTION = "correction"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One announcement.

    Attributes:
        of: The one that this correction or note is about.
        version: Grows with everything that happens to it; buttons carry it.
        html: As typed.
        starts_at: UTC; None for as soon as somebody launches it.
        author: Numbers of members, as all below.
        reason: Of the refusal, of the pause, or of the approval's end.
        reach: How many it was enqueued for.
        left_out: Whom the audience lost when it was launched, by reason.
        figures: How the deliveries stood when it ended, by state and then by error.
        resends: How often it was sent again to those it had failed to reach.
    """

    id: int
    purpose: Purpose
    of: int | None
    state: State
    version: int
    html: str
    media: Media | None
    audience: Audience
    starts_at: datetime | None
    author: int | None
    edited_by: int | None
    submitted_by: int | None
    approved_by: int | None
    approved_at: datetime | None
    launched_by: int | None
    reason: str | None
    started_at: datetime | None
    running_since: datetime | None
    baseline: dict[str, int]
    ended_at: datetime | None
    reach: int
    left_out: dict[str, int]
    figures: dict[str, dict[str, int]] | None
    resends: int
    updated_at: datetime

    @property
    def ref(self) -> str:
        """What its deliveries belong to."""
        return ref_of(self.id)

    @property
    def digest(self) -> str:
        """Of all that its readers see: what was tested and what is submitted have the same."""
        media = [self.media.kind, self.media.file_id] if self.media else None
        return sha256(json.dumps([self.purpose, self.html, media]).encode()).hexdigest()


_MOMENTS = ("starts_at", "approved_at", "started_at", "running_since", "ended_at")


def ref_of(number: int) -> str:
    """What the deliveries of an announcement belong to."""
    return f"announcement:{number}"


def get(db: sqlite_utils.Database, number: int) -> Announcement:
    """The announcement of this number.

    Raises:
        UnknownAnnouncementError: There is none.
    """
    for row in db.query("SELECT * FROM announcements WHERE id = ?", [number]):
        return read(row)
    raise UnknownAnnouncementError(number)


def list_in(db: sqlite_utils.Database, *states: State) -> tuple[Announcement, ...]:
    """Those that stand so, oldest first."""
    marks = ", ".join("?" * len(states))
    rows = db.query(f"SELECT * FROM announcements WHERE state IN ({marks}) ORDER BY id", list(states))  # noqa: S608
    return tuple(read(row) for row in rows)


def read(row: dict[str, Any]) -> Announcement:
    """A row of the table ``announcements``."""
    plain = ("id", "of", "version", "html", "author", "edited_by", "submitted_by", "approved_by", "launched_by")
    carried = (
        Media(kind=MediaKind(row["media_kind"]), file_id=row["media_id"], name=row["media_name"])
        if row["media_kind"]
        else None
    )
    values: dict[str, Any] = {name: row[name] for name in (*plain, "reason", "reach", "resends")}
    return Announcement(
        **values | {name: _moment(row[name]) for name in _MOMENTS},
        purpose=Purpose(row["purpose"]),
        state=State(row["state"]),
        media=carried,
        audience=Audience(kind=AudienceKind(row["audience_kind"]), name=row["audience"]),
        baseline=json.loads(row["baseline"] or "{}"),
        left_out=json.loads(row["left_out"] or "{}"),
        figures=json.loads(row["figures"]) if row["figures"] else None,
        updated_at=datetime.fromisoformat(row["updated_at"]),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
