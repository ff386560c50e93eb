"""What came of an announcement and of its correction, and the floors of the issue for both."""

from dataclasses import dataclass

from scheduler.delivery import HANDS
from scheduler.outbox import State as Delivered


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came of the announcement.

    Attributes:
        lost: Recorded as sent, and not there; or without any final state.
        doubled: There more than once.
        unwanted: Recorded as refused or cancelled, and there all the same.
        in_flight: Deliveries being made at the kills.
        unanswered: Calls that the server broke off, or answered with 5xx.
        seconds: During which the program was delivering: neither down, nor starting, nor paused by staff.
    """

    audience: int
    states: dict[Delivered, int]
    lost: int
    doubled: int
    unwanted: int
    in_flight: int
    unanswered: int
    kills: int
    resumed: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What came of its correction: of those who got the announcement, how many have the new text."""

    got: int
    have: int
    doubled: int
    states: dict[Delivered, int]
    seconds: float


def check(sent: Sent) -> None:
    """The floors of the issue, for the sending."""
    assert sent.lost == 0 and sent.doubled == 0 and sent.unwanted == 0, sent
    assert sum(sent.states.values()) == sent.audience, sent
    assert sent.states[Delivered.UNCERTAIN] <= sent.in_flight + sent.unanswered, sent
    assert sent.in_flight <= HANDS * sent.kills and sent.resumed >= 1, sent


def check_corrected(sent: Sent, corrected: Corrected) -> None:
    """The floors of the issue, for the correction.

    An edit of which nobody knows is made again a few seconds later, however few there are: so much is added.
    """
    assert corrected.got > 0 and corrected.have >= 0.999 * corrected.got, corrected
    assert corrected.doubled == 0, corrected
    assert corrected.seconds <= 2 * sent.seconds + 10, (sent, corrected)
