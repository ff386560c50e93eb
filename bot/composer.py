"""What has to be told, as messages: the words come from ``texts``, the splitting and the buttons from here."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bot import followkeys
from bot.texts import buttons, changing, statuses, targets
from bot.texts.announcements import received
from bot.texts.markup import LIMIT, typeset, units
from knowledge.catalogue import Catalogue
from scheduler.facts import AnnouncementFacts, AudienceKind, ChangeFacts, DigestFacts, Line, Reason
from scheduler.ports import Button, Part

_LONGEST_LINE = 1500
_MOST_CARDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """One line of a push: the head of the group it stands in, and the commitment whose card it opens."""

    group: str
    text: str
    commitment: str


@dataclass(slots=True)
class _Message:
    """A message being filled."""

    room: int
    text: str
    group: str = ""
    commitments: list[str] = field(default_factory=list)

    def takes(self, item: _Item) -> bool:
        """Add the line, with its group's head where it begins one; False when there is no room."""
        head = f"\n\n{item.group}" if item.group != self.group else ""
        added = typeset(f"{head}\n{item.text}")
        if units(self.text) + units(added) > self.room or len(self.commitments) >= _MOST_CARDS:
            return False
        self.text += added
        self.group = item.group
        self.commitments.append(item.commitment)
        return True


class FrenchComposer:
    """Writes digests, changes and corrections.

    Args:
        catalogue: Gives the knowledge base as it is now.
    """

    def __init__(self, catalogue: Callable[[], Catalogue]) -> None:
        self._catalogue = catalogue

    def digest(self, facts: DigestFacts) -> tuple[Part, ...]:
        """A digest, grouped by orientation, newest first."""
        catalogue = self._catalogue()
        head = changing.digest_head(facts.frequency, facts.local_date, len(facts.lines))
        items = [*_lines(facts.lines, catalogue), *_states(facts.states, catalogue)]
        notes = [changing.checked_long_ago(facts.last_checked)] if facts.last_checked else []
        parts = _parts(head, items, notes, facts.reasons, catalogue)
        return _with_picture(parts, facts.delivery) if facts.lines and facts.delivery else parts

    def change(self, facts: ChangeFacts) -> tuple[Part, ...]:
        """What has just changed."""
        catalogue = self._catalogue()
        return _parts(changing.change_head(), [*_lines(facts.lines, catalogue)], [], facts.reasons, catalogue)

    def correction(self, facts: ChangeFacts) -> tuple[Part, ...]:
        """What was told and is no longer so."""
        catalogue = self._catalogue()
        return _parts(changing.correction_head(), [*_lines(facts.lines, catalogue)], [], facts.reasons, catalogue)

    def announcement(self, facts: AnnouncementFacts) -> Part:
        """What staff announce, why it came, and how to hear nothing more."""
        text = "\n\n".join(
            [
                *received.heads(facts.form),
                facts.html,
                received.foot(facts.form, facts.audience, self._catalogue(), facts.corrected_on),
            ]
        )
        card = facts.audience.name if facts.audience.kind is AudienceKind.COMMITMENT else None
        rows = [*_cards([card] if card else [], self._catalogue())]
        if facts.audience.kind is not AudienceKind.STAFF:
            rows.append((Button(label=buttons.STOP_ALL, data=followkeys.STOP_ALL),))
        return Part(text=text, rows=tuple(rows))


def _lines(lines: Sequence[Line], catalogue: Catalogue) -> Iterator[_Item]:
    for line in lines:
        its = catalogue.get(line.commitment)
        group = catalogue.get_orientation(its.orientation)
        yield _Item(
            group=changing.orientation(group.id[1:], group.title),
            text=_line(its.title, [changing.change(each, slips=its.slips) for each in line.changes]),
            commitment=its.id,
        )


def _line(title: str, said: list[str]) -> str:
    for kept in range(len(said), 0, -1):
        more = [changing.and_others(len(said) - kept)] if kept < len(said) else []
        text = changing.one_line(title, [*said[:kept], *more])
        if units(text) <= _LONGEST_LINE:
            break
    return text


def _states(ids: Sequence[str], catalogue: Catalogue) -> Iterator[_Item]:
    for its in map(catalogue.get, ids):
        yield _Item(group=changing.states_head(), text=changing.state(its.title, statuses.word(its)), commitment=its.id)


def _parts(
    head: str, items: Sequence[_Item], notes: Sequence[str], reasons: Sequence[Reason], catalogue: Catalogue
) -> tuple[Part, ...]:
    """As few messages as the limit allows; each says why it came and how to stop."""
    tail = typeset(
        "\n\n".join(["", *notes, changing.because([targets.name(each.target, catalogue) for each in reasons])])
    )
    room = LIMIT - units(tail)
    messages = [_Message(room, typeset(head))]
    for item in items:
        if not messages[-1].takes(item):
            messages.append(_Message(room, typeset(head)))
            messages[-1].takes(item)
    stop = _stop_row(reasons)
    return tuple(Part(text=each.text + tail, rows=(*_cards(each.commitments, catalogue), stop)) for each in messages)


def _cards(ids: Sequence[str], catalogue: Catalogue) -> Iterator[tuple[Button, ...]]:
    for its in dict.fromkeys(ids):
        yield (Button(label=buttons.title(catalogue.get(its).title), data=f"c:{its}"),)


def _with_picture(parts: tuple[Part, ...], delivery: int) -> tuple[Part, ...]:
    """The last message offers the same as a picture, drawn when it is asked for: a digest leaves as text alone."""
    *others, last = parts
    row = (Button(label=buttons.AS_PICTURE, data=f"i:{delivery}"),)
    return (*others, Part(text=last.text, rows=(*last.rows[:-1], row, last.rows[-1])))


def _stop_row(reasons: Sequence[Reason]) -> tuple[Button, ...]:
    return (
        Button(label=buttons.UNFOLLOW, data=followkeys.stop_which([each.subscription for each in reasons])),
        Button(label=buttons.STOP_ALL, data=followkeys.STOP_ALL),
    )
