"""How often each commitment changed lately: what following it would have told."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from knowledge.changes import Change, list_changes, standing
from knowledge.database import Database

SIX_MONTHS = timedelta(days=182)


class Recent:
    """Counts of the last six months, in memory: a card must not wait for the base.

    Args:
        database: Already migrated.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counts: Counter[str] = Counter()

    def read(self, now: datetime) -> None:
        """Count anew; to be called at the start and now and then. It blocks."""
        chains: dict[tuple[str, str], list[Change]] = {}
        for change in list_changes(self._database.read(), since=now - SIX_MONTHS):
            chains.setdefault((change.commitment, change.subject), []).append(change)
        # A page named for a status that stays is a change of which nobody is told.
        self._counts = Counter(
            change.commitment for chain in chains.values() for change in standing(chain) if change.old != change.new
        )

    def of(self, commitment_id: str) -> int:
        """Of one commitment."""
        return self._counts[commitment_id]

    def by_rank(self, ids: Iterable[str]) -> list[tuple[int, int]]:
        """Of the lines of a list, from 1; those that did not change are left out."""
        return [(rank, self._counts[each]) for rank, each in enumerate(ids, start=1) if self._counts[each]]
