"""How an announcement fares: figures that always sum to its audience."""

from dataclasses import dataclass
from datetime import datetime

import sqlite_utils

from scheduler.announcements.records import Announcement
from scheduler.delivery import GIVEN_UP, MESSAGE_GONE, NO_MEDIA, STOPPED
from scheduler.errors import GoneReason
from scheduler.outbox import INTERRUPTED, RESTORED, State, text_of

# What says nothing against the announcement itself.
_INNOCENT = frozenset({*GoneReason, MESSAGE_GONE, NO_MEDIA, INTERRUPTED, RESTORED, STOPPED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The figures at one moment.

    Attributes:
        audience: All of them; the states and ``forgotten`` sum to it.
        states: How many deliveries stand in each.
        errors: Of those failed or uncertain: how many of each error.
        dropped: Of those cancelled: how many for each reason.
        forgotten: People erased since, at their wish or because they closed the chat long ago.
        later: Of those pending, how many wait for the end of quiet hours or of a wait that was asked for.
        rate: Deliveries a second since it runs; None when nothing says.
        seconds_left: None when it does not run, or nothing says.
    """

    audience: int
    states: dict[State, int]
    errors: dict[str, int]
    dropped: dict[str, int]
    forgotten: int
    later: int
    rate: float | None
    seconds_left: float | None

    @property
    def tried(self) -> int:
        """Calls that were made and whose outcome is recorded."""
        return sum(self.states[state] for state in (State.SENT, State.FAILED, State.UNCERTAIN))

    @property
    def faults(self) -> int:
        """Failures that speak against the announcement: not floods, closed chats, nor our own interruptions."""
        return sum(number for error, number in self.errors.items() if _is_fault(error))

    @property
    def is_over(self) -> bool:
        """Whether nothing waits any more."""
        return not (self.states[State.PENDING] or self.states[State.SENDING])


def progress(db: sqlite_utils.Database, found: Announcement, now: datetime) -> Progress:
    """How it stands now."""
    if found.figures is not None:
        states = dict.fromkeys(State, 0) | {State(name): number for name, number in found.figures["states"].items()}
        return _progress(found, states, found.figures["errors"], found.figures["dropped"], 0, now)
    counted = db.execute("SELECT state, count(*) FROM outbox WHERE ref = ? GROUP BY state", [found.ref])
    states = dict.fromkeys(State, 0) | {State(state): number for state, number in counted}
    errors, dropped = _errors(db, found, "'failed', 'uncertain'"), _errors(db, found, "'cancelled'")
    waiting = "SELECT count(*) FROM outbox WHERE ref = ? AND state = 'pending' AND not_before > ?"
    later = db.execute(waiting, [found.ref, text_of(now)]).fetchone()[0] if states[State.PENDING] else 0
    return _progress(found, states, errors, dropped, later, now)


def _errors(db: sqlite_utils.Database, found: Announcement, states: str) -> dict[str, int]:
    return dict(
        db.execute(
            "SELECT coalesce(error, state), count(*) FROM outbox"  # noqa: S608 - states named here
            f" WHERE ref = ? AND state IN ({states}) GROUP BY 1 ORDER BY 2 DESC, 1",
            [found.ref],
        ).fetchall()
    )


def _progress(
    found: Announcement,
    states: dict[State, int],
    errors: dict[str, int],
    dropped: dict[str, int],
    later: int,
    now: datetime,
) -> Progress:
    rate = left = None
    tried = sum(states[state] for state in (State.SENT, State.FAILED, State.UNCERTAIN))
    since, until = found.running_since, found.ended_at or now
    if since is not None and until > since:
        rate = max(0, tried - found.baseline.get("tried", 0)) / (until - since).total_seconds()
        left = (states[State.PENDING] - later) / rate if rate and found.ended_at is None else None
    return Progress(
        audience=found.reach,
        states=states,
        errors=errors,
        dropped=dropped,
        forgotten=found.reach - sum(states.values()),
        later=later,
        rate=rate,
        seconds_left=left,
    )


def _is_fault(error: str) -> bool:
    return error not in _INNOCENT and not error.startswith(GIVEN_UP)
