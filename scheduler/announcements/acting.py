"""One act on one announcement: the right, the version and the state are looked at in the transaction of the act."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlite_utils

from knowledge.authors import Author, Role
from knowledge.database import Database
from knowledge.history import append
from scheduler.announcements.errors import DeniedError, NoRightError, StaleVersionError
from scheduler.announcements.lapsing import LAPSING, lapse
from scheduler.announcements.notices import Notices
from scheduler.announcements.records import Announcement, get, list_in
from scheduler.announcements.states import Act, after
from scheduler.members import role_now
from scheduler.outbox import text_of

# What each act needs of who does it; the others happen by themselves.
NEEDED = {
    Act.EDIT: Role.EDITOR,
    Act.TEST: Role.EDITOR,
    Act.SUBMIT: Role.EDITOR,
    Act.APPROVE: Role.APPROVER,
    Act.REFUSE: Role.APPROVER,
    Act.LAUNCH: Role.EDITOR,
    Act.PAUSE: Role.EDITOR,
    Act.RESUME: Role.EDITOR,
    Act.CANCEL: Role.EDITOR,
    Act.RESEND: Role.EDITOR,
    Act.CORRECT: Role.EDITOR,
    Act.ADD_NOTE: Role.EDITOR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody wants done.

    Attributes:
        version: The one that the button was shown with; None where a later one does not matter.
    """

    number: int
    by: Author
    now: datetime
    version: int | None = None


class Acting:
    """Opens the transaction of an act; what is denied is recorded after it was rolled back."""

    def __init__(self, database: Database, timezone: ZoneInfo, notices: Notices) -> None:
        self.database = database
        self.timezone = timezone
        self._notices = notices

    @contextmanager
    def on(self, order: Order, act: Act) -> Iterator[tuple[sqlite_utils.Database, Announcement]]:
        """The announcement, in a transaction, when the act may be done.

        Raises:
            DeniedError: It may not: unknown, seen in an older version, no right to it, or not in this state.
        """
        self.settle(order.now)
        with self.recorded(act, order) as db:
            check_right(db, order.by, NEEDED[act])
            lapse(db, order.now)
            found = get(db, order.number)
            if order.version not in (None, found.version):
                raise StaleVersionError(order.number)
            after(found.id, found.state, act)
            yield db, found

    def settle(self, now: datetime) -> None:
        """End approvals that do not hold any more, and tell whom it concerns."""
        if not list_in(self.database.read(), *LAPSING):
            return
        with self.database.write() as db:
            for number in lapse(db, now):
                self._notices.came_to_a_halt(db, get(db, number), now)

    @contextmanager
    def recorded(self, act: Act, order: Order) -> Iterator[sqlite_utils.Database]:
        """A transaction; when it ends in a denial, that is recorded."""
        try:
            with self.database.write() as db:
                yield db
        except DeniedError as error:
            what = {"announcement": order.number, "act": act, "why": type(error).__name__.removesuffix("Error")}
            with self.database.write() as db:
                append(db, "announcement.denied", what, order.by, order.now)
            raise


def check_right(db: sqlite_utils.Database, by: Author, needed: Role) -> None:
    """Look at the role as it is now, whatever it was when the act was asked for.

    Raises:
        NoRightError: The member has left the team, or their role does not do.
    """
    role = role_now(db, by.member) if by.member is not None else None
    if role is None or not role.may(needed):
        raise NoRightError(needed)


def move(
    db: sqlite_utils.Database,
    found: Announcement,
    act: Act,
    by: Author | None,
    now: datetime,
    *,
    told: dict[str, Any] | None = None,
    **columns: Any,
) -> Announcement:
    """Do an act: the new state, a new version, these columns, and the entry in the record.

    Args:
        told: What the entry says beside the number.

    Raises:
        ForbiddenActError: Not in this state.
    """
    values = {"state": after(found.id, found.state, act), "version": found.version + 1, **columns}
    settings = ", ".join(f"{name} = ?" for name in values)
    db.execute(
        f"UPDATE announcements SET {settings}, updated_at = ? WHERE id = ?",  # noqa: S608 - columns named in the code
        [*values.values(), text_of(now), found.id],
    )
    append(db, f"announcement.{act}", {"announcement": found.id, **(told or {})}, by, now)
    return get(db, found.id)
