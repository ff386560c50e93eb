"""An update that a member is putting together, one a member; kept in the base, so that a restart loses nothing."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlite_utils

from knowledge.database import Database
from knowledge.models import Status
from scheduler.errors import StaleDraftError
from scheduler.outbox import text_of


class DraftKind(StrEnum):
    """What is to be recorded."""

    STATUS = "status"
    VOTE = "vote"


class Step(StrEnum):
    """What a draft still lacks, asked in this order."""

    COMMITMENT = "commitment"
    STATUS = "status"
    DATE = "date"
    LABEL = "label"
    SOURCE = "source"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was said so far.

    Attributes:
        id: Never used again.
        version: Grows with each answer: a button of an older one does nothing.
        date: ISO, cut to what is known.
        dated: Whether the date was answered, be it by « inconnue ».
        sourced: Whether the source was answered, be it by « aucune ».
    """

    id: int
    member: int
    version: int
    kind: DraftKind
    commitment: str | None = None
    status: Status | None = None
    date: str | None = None
    dated: bool = False
    label: str | None = None
    url: str | None = None
    document: str | None = None
    sourced: bool = False

    @property
    def step(self) -> Step:
        """What to ask next."""
        is_vote = self.kind is DraftKind.VOTE
        lacks = (
            (Step.COMMITMENT, self.commitment is None),
            (Step.STATUS, not is_vote and self.status is None),
            (Step.DATE, not self.dated),
            (Step.LABEL, is_vote and self.label is None),
            (Step.SOURCE, not self.sourced),
        )
        return next((step for step, missing in lacks if missing), Step.CONFIRM)


class Drafts:
    """The table ``update_drafts``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(
        self,
        member: int,
        kind: DraftKind,
        now: datetime,
        *,
        commitment: str | None = None,
        status: Status | None = None,
        date: str | None = None,
        dated: bool = False,
    ) -> Draft:
        """A new one in the place of the one before."""
        row = {"member": member, "version": 1, "kind": kind, "commitment": commitment, "status": status, "date": date}
        answered = {"dated": dated or date is not None, "sourced": False}
        with self._database.write() as db:
            db.execute("DELETE FROM update_drafts WHERE member = ?", [member])
            number = db.table("update_drafts").insert({**row, **answered, "at": text_of(now)}, pk="id").last_pk
        return self.get(member, int(number or 0), 1)

    def get(self, member: int, number: int, version: int) -> Draft:
        """The draft of a member as a button or a question of ours left it.

        Raises:
            StaleDraftError: It was answered since, recorded, dropped, or is another member's.
        """
        return _find(self._database.read(), member, number, version)

    def save(self, draft: Draft, now: datetime) -> Draft:
        """Keep what was answered, under the next version.

        Raises:
            StaleDraftError: It was answered since.
        """
        values = [draft.commitment, draft.status, draft.date, draft.dated, draft.label, draft.url, draft.document]
        with self._database.write() as db:
            cursor = db.execute(
                "UPDATE update_drafts SET version = version + 1, commitment = ?, status = ?, date = ?, dated = ?,"
                " label = ?, url = ?, document = ?, sourced = ?, at = ? WHERE id = ? AND member = ? AND version = ?",
                [*values, draft.sourced, text_of(now), draft.id, draft.member, draft.version],
            )
            if not cursor.rowcount:
                raise StaleDraftError(draft.id)
        return replace(draft, version=draft.version + 1)

    def drop(self, member: int, number: int) -> None:
        """Forget it."""
        with self._database.write() as db:
            db.execute("DELETE FROM update_drafts WHERE id = ? AND member = ?", [number, member])


def take(db: sqlite_utils.Database, member: int, number: int, version: int) -> Draft:
    """The draft, which is then gone, inside the transaction that records it: so it is recorded once.

    Raises:
        StaleDraftError: It was answered since, recorded, dropped, or is another member's.
    """
    draft = _find(db, member, number, version)
    db.execute("DELETE FROM update_drafts WHERE id = ?", [number])
    return draft


def _find(db: sqlite_utils.Database, member: int, number: int, version: int) -> Draft:
    found = db.query(
        "SELECT * FROM update_drafts WHERE id = ? AND member = ? AND version = ?", [number, member, version]
    )
    for row in found:
        return _draft(row)
    raise StaleDraftError(number)


def _draft(row: dict[str, Any]) -> Draft:
    return Draft(
        id=row["id"],
        member=row["member"],
        version=row["version"],
        kind=DraftKind(row["kind"]),
        commitment=row["commitment"],
        status=Status(row["status"]) if row["status"] else None,
        date=row["date"],
        dated=bool(row["dated"]),
        label=row["label"],
        url=row["url"],
        document=row["document"],
        sourced=bool(row["sourced"]),
    )
