"""The net of several changes of one commitment between two tellings."""

from collections.abc import Iterable, Set

from knowledge.changes import Change, Field, Value, encode, standing
from knowledge.models import Status
from knowledge.overdue import put_off
from scheduler.facts import Condition, NetChange


class History:
    """The changes that may have to be told, by commitment and subject; each net is worked out once."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._chains: dict[str, dict[str, list[Change]]] = {}
        for change in changes:
            self._chains.setdefault(change.commitment, {}).setdefault(change.subject, []).append(change)
        self._nets: dict[tuple[str, int], tuple[tuple[str, NetChange, int], ...]] = {}

    @property
    def commitments(self) -> Set[str]:
        """Those of which something changed."""
        return self._chains.keys()

    def nets(self, commitment: str, after: int) -> tuple[tuple[str, NetChange, int], ...]:
        """What changed after a change number: each subject, its net, and what it withdraws.

        The last is the number of the newest change taken back when the net only takes back, else 0.
        """
        key = commitment, after
        if key not in self._nets:
            chains = self._chains.get(commitment, {}).items()
            nets = ((subject, _net([c for c in chain if c.id > after])) for subject, chain in chains)
            self._nets[key] = tuple((subject, *net) for subject, net in nets if net is not None)
        return self._nets[key]


def wanted(condition: Condition, field: Field, old: Value, new: Value) -> bool:
    """Whether a change is of the kind that a person asked to hear of; a page named for what stays is none."""
    if old == new:
        return False
    match condition:
        case Condition.ANY:
            return True
        case Condition.DONE:
            return field is Field.STATUS and new is Status.REALISE
        case Condition.LATE:
            return field is Field.OVERDUE or (isinstance(old, tuple) and isinstance(new, tuple) and put_off(old, new))


def _net(chain: list[Change]) -> tuple[NetChange, int] | None:
    if not chain:
        return None
    left = standing(chain)
    if not left or encode(chain[0].old) == encode(chain[-1].new):
        return None
    newest = left[-1]
    moved = [change for change in left if change.old != change.new]
    undone = [change.undoes for change in moved if change.undoes is not None]
    correction = len(undone) == len(moved)
    net = NetChange(
        field=newest.field,
        old=chain[0].old,
        new=chain[-1].new,
        event_date=newest.event_date,
        url=newest.url,
        recorded_at=newest.recorded_at,
        source=newest.source,
        correction=correction,
    )
    return net, max(undone) if correction else 0
