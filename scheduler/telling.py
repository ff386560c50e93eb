"""What one person is told in one go, from what they follow and what has changed."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

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


def interests_of(text: str, numbers: Iterable[int]) -> tuple[Interest, ...]:
    """Read the rows that ``fanout`` writes into ``outbox.facts``; the numbers are those of the subscriptions."""
    return tuple(
        Interest(
            subscription=number,
            target=Target(kind=TargetKind(kind), name=name),
            condition=Condition(condition),
            due=bool(due),
            upto=upto,
            started=started,
            state=bool(state),
        )
        for number, (kind, name, condition, due, upto, started, state) in zip(numbers, json.loads(text), strict=True)
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
        changed = {
            key for interest in interests if interest.due for key in self._reach.of(interest.target)
        } & self._history.commitments
        lines = (
            self._line(key, interests, heard.get(key, 0))
            for key in sorted(changed, key=lambda key: self._reach.order[key])
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
        """Whether there is anything to tell."""
        return any(i.due and i.state and self._reach.of(i.target) for i in interests) or bool(
            self.lines(interests, heard)
        )

    def _line(self, commitment: str, interests: tuple[Interest, ...], heard: int) -> Line | None:
        """All that is new of one commitment once an interest that is due has something to tell of it.

        What another interest would have told later is told along; of each subject the net since the last telling,
        or, where that comes to nothing, since the interest that is due last told or began.
        """
        covering = [i for i in interests if commitment in self._reach.of(i.target)]
        own: dict[str, tuple[NetChange, int]] = {}
        for interest in (i for i in covering if i.due):
            for subject, net, withdrawn in self._history.nets(commitment, max(interest.upto, heard)):
                if interest.wants(net, withdrawn):
                    own.setdefault(subject, (net, withdrawn))
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
