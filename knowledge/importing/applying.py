"""Differences written to the base through ``updating``, which records each; and taken back again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import sqlite_utils

from knowledge import noting, rows, undoing, updating
from knowledge.authors import Author
from knowledge.changes import Change, Field, get_change, history, standing
from knowledge.importing.comparing import Difference, What
from knowledge.models import Deliberation, Origin, Status

# The note before, and the one written.
Note = tuple[str | None, str | None]


class Applying:
    """One file's writes, inside the caller's transaction.

    Attributes:
        changes: The numbers of the changes recorded.
        notes: What was written that is no change, by commitment.
    """

    def __init__(
        self,
        db: sqlite_utils.Database,
        now: datetime,
        source: Origin,
        by: Author,
    ) -> None:
        self._db = db
        self._now = now
        self._source = source
        self._by = by
        self.changes: list[int] = []
        self.notes: dict[str, Note] = {}

    def apply(self, differences: Iterable[Difference]) -> None:
        """Write them all."""
        for difference in differences:
            number = self._write(difference)
            if number is not None:
                self.changes.append(number)

    def _write(self, this: Difference) -> int | None:
        db, key, now, source, by = self._db, this.commitment, self._now, self._source, self._by
        match this.what, this.new, this.old:
            case What.STATUS, Status() as status, _ if not this.cleared:
                return updating.set_status(
                    db, key, status, now, source=source, by=by, event_date=this.date, url=this.url
                )
            case What.STATUS, _, _:
                return updating.clear_status(db, key, now, source=source, by=by, event_date=this.date, url=this.url)
            case What.SOURCE, _, _:
                return noting.set_status_source(db, key, now, source=source, by=by, event_date=this.date, url=this.url)
            case What.DELIBERATION, Deliberation() as vote, _:
                return updating.add_deliberation(db, key, vote, now, source=source, by=by)
            case What.DELIBERATION, _, Deliberation() as vote:
                return updating.remove_deliberation(db, key, vote, now, source=source, by=by)
            case What.DUE, tuple() as due, _:
                # Back to the report's own dates: those hold again, nothing of staff's stands over them.
                kept = () if due == rows.report_due(db, key) else due
                return updating.set_due(db, key, kept, now, source=source, by=by, url=this.url)
            case _, note, old if isinstance(note, str | None) and isinstance(old, str | None):
                noting.set_note(db, key, note, now, by=by)
                self.notes[key] = old, note
        return None


def built_upon(db: sqlite_utils.Database, changes: Sequence[int], notes: Mapping[str, Note]) -> tuple[str, ...]:
    """The commitments of which something came after what an import wrote."""
    own = set(changes)
    found = [
        change.commitment
        for change in (get_change(db, number) for number in changes)
        if change is not None and any(later.id not in own for later in _after(db, change))
    ]
    found += [key for key, (_, written) in notes.items() if rows.note(db, key) != written]
    return tuple(dict.fromkeys(found))


def take_back(
    db: sqlite_utils.Database,
    changes: Sequence[int],
    notes: Mapping[str, Note],
    now: datetime,
    source: Origin,
    by: Author,
) -> int:
    """Undo what an import wrote, the last first; what was undone by itself already is passed over.

    Returns:
        How many changes were undone, notes included.
    """
    undone = 0
    for number in reversed(changes):
        change = get_change(db, number)
        if change is not None and any(each.id == number for each in _standing(db, change)):
            undoing.undo(db, number, now, source=_said_by(db, change) or source, by=by)
            undone += 1
    for key, (before, _) in notes.items():
        undone += noting.set_note(db, key, before, now, by=by)
    return undone


def _said_by(db: sqlite_utils.Database, change: Change) -> Origin | None:
    """Whose word a vote was that comes back; of the others the change itself keeps it."""
    left = _standing(db, change)
    return left[-2].source if change.field is Field.DELIBERATION and len(left) > 1 else None


def _after(db: sqlite_utils.Database, change: Change) -> list[Change]:
    """What stands on a change that stands."""
    left = _standing(db, change)
    places = [place for place, each in enumerate(left) if each.id == change.id]
    return left[places[0] + 1 :] if places else []


def _standing(db: sqlite_utils.Database, change: Change) -> list[Change]:
    return standing(each for each in history(db, change.commitment) if each.subject == change.subject)
