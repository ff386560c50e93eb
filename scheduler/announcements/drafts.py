"""Writing an announcement: everything is in the base, and every change makes it a draft again."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

import sqlite_utils

from knowledge.authors import Author, Role
from knowledge.history import append
from scheduler.announcements.acting import Acting, Order, check_right, move
from scheduler.announcements.audiences import Counted, count
from scheduler.announcements.errors import FixedPartError
from scheduler.announcements.records import Announcement, Purpose, get, list_in, read
from scheduler.announcements.states import Act, State
from scheduler.announcements.timing import start_of
from scheduler.announcements.writing import Writing, shown_form
from scheduler.facts import Audience, AudienceKind, Target, TargetKind
from scheduler.outbox import text_of
from scheduler.ports import Media, Part
from scheduler.targets import Reach

ALL = Audience(kind=AudienceKind.ALL)
_KINDS = {AudienceKind.COMMITMENT: TargetKind.COMMITMENT, AudienceKind.ORIENTATION: TargetKind.ORIENTATION}


class Drafts:
    """The table ``announcements`` up to the moment they are submitted, and to look at afterwards."""

    def __init__(self, acting: Acting, writing: Writing) -> None:
        self._acting = acting
        self._writing = writing

    def begin(self, html: str, by: Author, now: datetime, *, media: Media | None = None) -> Announcement:
        """Write a new one, for all, to leave when somebody launches it.

        Raises:
            NoRightError: Of who writes it.
            EmptyTextError, TextTooLongError: It cannot be sent.
        """
        with self._acting.recorded(Act.EDIT, Order(number=0, by=by, now=now)) as db:
            check_right(db, by, Role.EDITOR)
            return insert(db, self._writing, Fresh(purpose=Purpose.MESSAGE, html=html, media=media), by, now)

    def set_text(self, order: Order, html: str, media: Media | None = None) -> Announcement:
        """Another text; a picture or document that comes with it takes the place of the one before.

        Raises:
            DeniedError: See ``Acting.on``.
            FixedPartError: A correction has the picture or document of what it corrects.
            EmptyTextError, TextTooLongError: It cannot be sent so.
        """
        with self._acting.on(order, Act.EDIT) as (db, found):
            _check_free(found, media is None or found.purpose is not Purpose.CORRECTION)
            self._writing.check(replace(found, html=html, media=media or found.media))
            columns = {"html": html, **_carried(media)} if media else {"html": html}
            return _edit(db, found, order, columns)

    def set_media(self, order: Order, media: Media | None) -> Announcement:
        """Another picture or document, or none. A correction changes words only: what it carries stays.

        Raises:
            DeniedError: See ``Acting.on``.
            FixedPartError: It is a correction.
            TextTooLongError: The text is too long to stand below it.
        """
        with self._acting.on(order, Act.EDIT) as (db, found):
            _check_free(found, found.purpose is not Purpose.CORRECTION)
            self._writing.check(replace(found, media=media))
            return _edit(db, found, order, _carried(media))

    def set_audience(self, order: Order, audience: Audience) -> Announcement:
        """Whom it is for.

        Raises:
            DeniedError: See ``Acting.on``.
            FixedPartError: It is a correction or a note.
            UnknownTargetError: There is no such orientation or commitment.
        """
        with self._acting.on(order, Act.EDIT) as (db, found):
            _check_free(found, found.of is None)
            if audience.kind in _KINDS:
                Reach(db).check(Target(kind=_KINDS[audience.kind], name=audience.name))
            return _edit(db, found, order, {"audience_kind": audience.kind, "audience": audience.name})

    def set_start(self, order: Order, when: tuple[date, time] | None) -> Announcement:
        """When it starts, local; None for when somebody launches it.

        Raises:
            DeniedError: See ``Acting.on``.
            PastTimeError, SkippedTimeError: It cannot start then.
        """
        with self._acting.on(order, Act.EDIT) as (db, found):
            moment = start_of(*when, self._acting.timezone, order.now) if when else None
            return _edit(db, found, order, {"starts_at": text_of(moment) if moment else None})

    def get(self, number: int) -> Announcement:
        """As it stands.

        Raises:
            UnknownAnnouncementError: There is none of this number.
        """
        return get(self._acting.database.read(), number)

    def list_recent(self, most: int = 20) -> tuple[Announcement, ...]:
        """The latest, newest first."""
        rows = self._acting.database.read().query("SELECT * FROM announcements ORDER BY id DESC LIMIT ?", [most])
        return tuple(read(row) for row in rows)

    def list_in(self, *states: State) -> tuple[Announcement, ...]:
        """Those that stand so, oldest first."""
        return list_in(self._acting.database.read(), *states)

    def preview(self, found: Announcement, now: datetime) -> Part:
        """The message as its readers would get it."""
        return self._writing.part(found, now, shown_form(found))

    def count(self, found: Announcement, now: datetime) -> Counted:
        """Whom it would reach now."""
        with self._acting.database.write() as db:
            return count(db, found, now, self._acting.timezone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """A draft about to be written; ``of`` is the announcement that it is about."""

    purpose: Purpose
    html: str
    media: Media | None = None
    of: int | None = None


def insert(db: sqlite_utils.Database, writing: Writing, fresh: Fresh, by: Author, now: datetime) -> Announcement:
    """Write a new draft, inside the caller's transaction.

    Raises:
        EmptyTextError, TextTooLongError: It cannot be sent.
    """
    audience = ALL if fresh.of is None else Audience(kind=AudienceKind.RECIPIENTS)
    values: dict[str, Any] = {
        **{"purpose": fresh.purpose, "of": fresh.of, "state": State.DRAFT, "html": fresh.html, **_carried(fresh.media)},
        **{"audience_kind": audience.kind, "audience": audience.name, "author": by.member, "edited_by": by.member},
        **{"created_at": text_of(now), "updated_at": text_of(now)},
    }
    marks = ", ".join("?" * len(values))
    cursor = db.execute(
        f"INSERT INTO announcements({', '.join(values)}) VALUES ({marks})",  # noqa: S608 - named above
        list(values.values()),
    )
    begun = get(db, int(cursor.lastrowid or 0))
    writing.check(begun)
    told = {"announcement": begun.id, "purpose": fresh.purpose, "of": fresh.of}
    append(db, "announcement.draft", told, by, now)
    return begun


def _edit(db: sqlite_utils.Database, found: Announcement, order: Order, columns: dict[str, Any]) -> Announcement:
    """Whatever was approved is void: other words, other people or another hour are another announcement."""
    void = {"submitted_by": None, "approved_by": None, "approved_at": None, "reason": None}
    told = {"fields": sorted(columns), "voids": found.state if found.state is not State.DRAFT else None}
    return move(db, found, Act.EDIT, order.by, order.now, told=told, edited_by=order.by.member, **(void | columns))


def _check_free(found: Announcement, free: bool) -> None:
    if not free:
        raise FixedPartError(found.id)


def _carried(media: Media | None) -> dict[str, Any]:
    names = ("media_kind", "media_id", "media_name")
    return dict(zip(names, (media.kind, media.file_id, media.name) if media else (None,) * 3, strict=True))
