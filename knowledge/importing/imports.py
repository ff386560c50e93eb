"""Change files from beginning to end: propose, keep, apply, confirm, refuse, undo."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlite_utils

from knowledge.authors import Author, Role
from knowledge.database import Database
from knowledge.errors import (
    ApproverNeededError,
    ImportBuiltUponError,
    ImportDecidedError,
    ImportFaultsError,
    SamePersonError,
    TooLateError,
)
from knowledge.history import append
from knowledge.importing import records
from knowledge.importing.applying import Applying, built_upon, take_back
from knowledge.importing.faults import Faults
from knowledge.importing.proposals import Examined, Outcome, Proposal, examine
from knowledge.importing.reading import read
from knowledge.importing.records import Import, State
from knowledge.models import Commitment, Origin
from knowledge.store import list_commitments

EXPIRES = timedelta(hours=72)
UNDOABLE = timedelta(hours=24)


class Imports:
    """Change files. Every method blocks; each act is one transaction.

    Args:
        timezone: Of the day that nothing may be dated after.
    """

    def __init__(self, database: Database, timezone: ZoneInfo) -> None:
        self._database = database
        self._timezone = timezone

    def propose(self, content: bytes, file_name: str, now: datetime) -> Proposal:
        """Read, check and compare a file; writes nothing."""
        with self._database.guarded():
            commitments = _by_id(list_commitments(self._database.read()))
        sha256, faults = hashlib.sha256(content).hexdigest(), Faults()
        sheet = read(content, commitments, faults)
        found = examine(sheet, commitments, self._today(now), faults) if sheet else None
        if faults or found is None:
            return Proposal(file_name=file_name, sha256=sha256, sheet=None, faults=tuple(faults))
        return Proposal(
            file_name=file_name,
            sha256=sha256,
            sheet=sheet,
            faults=(),
            differences=found.differences,
            reasons=found.reasons,
        )

    def keep(self, proposal: Proposal, by: Author, now: datetime, *, source: Origin = Origin.STAFF) -> int:
        """Keep a file without faults until who sent it says yes; its number.

        Raises:
            ImportFaultsError: It has faults.
        """
        with self._database.write() as db:
            return self._add(db, proposal, by, now, source)

    def submit(self, proposal: Proposal, by: Author, now: datetime, *, source: Origin = Origin.IMPORT) -> Outcome:
        """Keep a file and apply it, in one go; the same file does not wait twice.

        Raises:
            ImportFaultsError: It has faults, or has some now.
        """
        with self._database.write() as db:
            records.expire(db, now, EXPIRES)
            number = records.find_waiting(db, proposal.sha256) or self._add(db, proposal, by, now, source)
            return self._apply(db, records.get(db, number), by, now)

    def apply(self, number: int, by: Author, now: datetime) -> Outcome:
        """Who sent a file says yes: it is applied, or waits for a second person.

        Raises:
            UnknownImportError: There is no such file.
            ImportDecidedError: It was decided already, or waits, or has expired.
            ImportFaultsError: The base has changed and the file breaks a rule now.
        """
        self._expire(now)
        with self._database.write() as db:
            return self._apply(db, _in(records.get(db, number), State.PROPOSED), by, now)

    def confirm(self, number: int, by: Author, now: datetime) -> Outcome:
        """A second person says yes; what is written is compared with the base as it is now.

        Raises:
            UnknownImportError: There is no such file.
            ImportDecidedError: It was decided already, or has expired.
            ApproverNeededError: Only an approver may.
            SamePersonError: They sent it themselves.
            ImportFaultsError: The base has changed and the file breaks a rule now.
        """
        self._expire(now)
        try:
            return self._confirm(number, by, now)
        except (ApproverNeededError, SamePersonError) as error:
            why = type(error).__name__.removesuffix("Error")
            with self._database.write() as db:
                append(db, "import.denied", {"import": number, "why": why}, by, now)
            raise

    def refuse(self, number: int, by: Author, now: datetime, *, reason: str | None = None) -> None:
        """Nothing of the file is written, and it can no longer be applied.

        Raises:
            UnknownImportError: There is no such file.
            ImportDecidedError: It was decided already, or has expired.
        """
        self._expire(now)
        with self._database.write() as db:
            kept = _in(records.get(db, number), State.PROPOSED, State.PENDING)
            records.decide(db, kept, State.REFUSED, by, now, reason=reason)

    def undo(self, number: int, by: Author, now: datetime, *, within: timedelta | None = UNDOABLE) -> int:
        """Take a whole file back; how many changes that were, notes included.

        Args:
            within: How long after it was applied; None for ever.

        Raises:
            UnknownImportError: There is no such file.
            ImportDecidedError: It is not applied, or undone already.
            TooLateError: That time is over.
            ImportBuiltUponError: Something came after it.
        """
        with self._database.write() as db:
            applied = _in(records.get(db, number), State.APPLIED)
            if within is not None and applied.decided_at is not None and now - applied.decided_at > within:
                raise TooLateError(number, int(within.total_seconds() // 3600))
            changes, notes = records.written(db, number)
            if later := built_upon(db, changes, notes):
                raise ImportBuiltUponError(number, later)
            undone = take_back(db, changes, notes, now, applied.source, by)
            records.decide(db, applied, State.UNDONE, by, now)
            return undone

    def get(self, number: int) -> Import:
        """A file that was kept.

        Raises:
            UnknownImportError: There is none of this number.
        """
        with self._database.guarded():
            return records.get(self._database.read(), number)

    def list_pending(self, now: datetime) -> tuple[Import, ...]:
        """The files that wait for a second person, oldest first."""
        with self._database.guarded():
            waiting = records.list_in(self._database.read(), State.PENDING)
        return tuple(each for each in waiting if now - each.made_at <= EXPIRES)

    def review(self, number: int, now: datetime) -> Outcome:
        """What a file that was kept would write if it were applied now; writes nothing.

        Raises:
            UnknownImportError: There is no such file.
            ImportFaultsError: The base has changed and the file breaks a rule now.
        """
        with self._database.guarded():
            db = self._database.read()
            kept = records.get(db, number)
            found = self._compared(db, kept, now)
        return Outcome(number=number, state=kept.state, differences=found.differences, reasons=found.reasons)

    def _confirm(self, number: int, by: Author, now: datetime) -> Outcome:
        with self._database.write() as db:
            waiting = _in(records.get(db, number), State.PENDING)
            if by.role is None or not by.role.may(Role.APPROVER):
                raise ApproverNeededError(number)
            if by.member is None or by.member == waiting.made_by.member:
                raise SamePersonError(number)
            return self._write(db, waiting, self._compared(db, waiting, now), by, now)

    def _expire(self, now: datetime) -> None:
        with self._database.write() as db:
            records.expire(db, now, EXPIRES)

    def _add(self, db: sqlite_utils.Database, proposal: Proposal, by: Author, now: datetime, source: Origin) -> int:
        if proposal.sheet is None:
            raise ImportFaultsError(0, proposal.faults)
        return records.add(db, proposal.sha256, proposal.file_name, proposal.sheet, source, by, now)

    def _apply(self, db: sqlite_utils.Database, kept: Import, by: Author, now: datetime) -> Outcome:
        found = self._compared(db, kept, now)
        if not found.reasons:
            return self._write(db, kept, found, by, now)
        if kept.state is State.PROPOSED:
            records.wait(db, kept, now)
        return Outcome(number=kept.id, state=State.PENDING, differences=found.differences, reasons=found.reasons)

    def _write(self, db: sqlite_utils.Database, kept: Import, found: Examined, by: Author, now: datetime) -> Outcome:
        applying = Applying(db, now, kept.source, by)
        applying.apply(found.differences)
        records.decide(db, kept, State.APPLIED, by, now, changes=applying.changes, notes=applying.notes)
        return Outcome(number=kept.id, state=State.APPLIED, differences=found.differences)

    def _compared(self, db: sqlite_utils.Database, kept: Import, now: datetime) -> Examined:
        faults = Faults(kept.sheet.unit)
        found = examine(kept.sheet, _by_id(list_commitments(db)), self._today(now), faults)
        if faults:
            raise ImportFaultsError(kept.id, tuple(faults))
        return found

    def _today(self, now: datetime) -> date:
        return now.astimezone(self._timezone).date()


def _in(kept: Import, *states: State) -> Import:
    if kept.state not in states:
        raise ImportDecidedError(kept.id, kept.state)
    return kept


def _by_id(commitments: Iterable[Commitment]) -> dict[str, Commitment]:
    return {commitment.id: commitment for commitment in commitments}
