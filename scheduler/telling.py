"""What one person is told in one go, from what they follow and what has changed."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from scheduler.facts import Condition, Line, NetChange, Reason, Target, TargetKind
from scheduler.netting import History, wanted
from scheduler.targets import Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """A subscription as it stood when its time had come.

    Attributes:
        due: Whether it is one that is told now; the others are kept in mind, that nothing is told twice.
        upto: The number of the last change that it has covered.
        started: The number of the last change before it began.
        state: Whether the present state is wished without change.
    """

    subscription: int
    target: Target
    condition: Condition
    due: bool
    upto: int
    started: int
    state: bool

    def wants(self, net: NetChange, withdrawn: int) -> bool:
        """Whether a net change is to be told to it; ``withdrawn`` is the newest change that it takes back."""
        if wanted(self.condition, net.field, net.old, net.new):
            return True
        return withdrawn > self.started and wanted(self.condition, net.field, net.new, net.old)


def interests_of(text: str, numbers: Iterable[int] | None = None) -> tuple[Interest, ...]:
    """Read the rows that ``fanout`` writes into ``outbox.facts``.

    Args:
        numbers: Those of the subscriptions, in the same order; left out where nobody has to know them.
    """
    interests = tuple(_interest(*row) for row in json.loads(text))
    if numbers is None:
        return interests
    return tuple(replace(each, subscription=number) for each, number in zip(interests, numbers, strict=True))


@lru_cache(maxsize=20_000)
def _interest(kind: str, name: str, condition: str, due: int, upto: int, started: int, state: int) -> Interest:
    return Interest(
        subscription=0,
        target=Target(kind=TargetKind(kind), name=name),
        condition=Condition(condition),
        due=bool(due),
        upto=upto,
        started=started,
        state=bool(state),
    )


class Telling:
    """Works out lines; one for a piece of work, over changes up to one number."""

    def __init__(self, history: History, reach: Reach) -> None:
        self._history = history
        self._reach = reach

    def lines(self, interests: tuple[Interest, ...], heard: dict[str, int]) -> tuple[Line, ...]:
        """What is new to this person, a line a commitment, unordered.

        Args:
            interests: Everything they follow.
            heard: Up to which change they know all of a commitment, whatever an interest says.
        """
        changed = {key for i in interests if i.due for key in self._changed(i)}
        lines = (
            self._line(key, interests, heard.get(key, 0)) for key in sorted(changed, key=self._reach.order.__getitem__)
        )
        return tuple(line for line in lines if line is not None)

    def states(self, interests: tuple[Interest, ...]) -> dict[str, list[Reason]]:
        """The commitments whose present state is wished, in document order, with who wishes it."""
        found: dict[str, list[Reason]] = {}
        for interest in interests:
            if interest.due and interest.state:
                for key in self._reach.of(interest.target):
                    found.setdefault(key, []).append(_reason(interest))
        return dict(sorted(found.items(), key=lambda item: self._reach.order[item[0]]))

    def tells(self, interests: tuple[Interest, ...], heard: dict[str, int]) -> bool:
        """Whether there is anything to tell; stops at the first thing found."""
        due = [interest for interest in interests if interest.due]
        return any(interest.state and self._reach.of(interest.target) for interest in due) or any(
            self._own(key, interest, heard.get(key, 0)) for interest in due for key in self._changed(interest)
        )

    def _changed(self, interest: Interest) -> Iterator[str]:
        """The commitments it reaches of which something changed."""
        return (key for key in self._reach.of(interest.target) if key in self._history.commitments)

    def _own(self, commitment: str, interest: Interest, heard: int) -> dict[str, tuple[NetChange, int]]:
        """What one interest has to tell of a commitment, by subject."""
        return {
            subject: (net, withdrawn)
            for subject, net, withdrawn in self._history.nets(commitment, max(interest.upto, heard))
            if interest.wants(net, withdrawn)
        }

    def _line(self, commitment: str, interests: tuple[Interest, ...], heard: int) -> Line | None:
        """All that is new of one commitment once an interest that is due has something to tell of it.

        What another interest would have told later is told along; of each subject the net since the last telling,
        or, where that comes to nothing, since the interest that is due last told or began.
        """
        covering = [i for i in interests if self._reach.holds(i.target, commitment)]
        own: dict[str, tuple[NetChange, int]] = {}
        for interest in (i for i in covering if i.due):
            own = self._own(commitment, interest, heard) | own
        if not own:
            return None
        oldest = min(max(interest.upto, heard) for interest in covering)
        wide = {
            subject: (net, withdrawn)
            for subject, net, withdrawn in self._history.nets(commitment, oldest)
            if any(interest.wants(net, withdrawn) for interest in covering)
        }
        nets = [*wide.values(), *(found for subject, found in own.items() if subject not in wide)]
        reasons = [i for i in covering if any(i.wants(*found) for found in nets)]
        changes = tuple(replace(net, correction=any(i.started < withdrawn for i in reasons)) for net, withdrawn in nets)
        return Line(
            commitment=commitment,
            changes=tuple(sorted(changes, key=lambda net: net.recorded_at, reverse=True)),
            reasons=tuple(_reason(interest) for interest in reasons),
        )


def _reason(interest: Interest) -> Reason:
    return Reason(subscription=interest.subscription, target=interest.target)
