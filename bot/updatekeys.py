"""Buttons about updates, and the short strings that come back when one is pressed.

``us`` a new status · ``ut`` a new deliberation · ``us:p07`` of a commitment
``ud:12.3.c.p07`` draft 12, version 3: its commitment · ``….s.realise`` status · ``….d.2026-03`` date, ``….d.`` unknown
``….q`` no source · ``….e.d`` and ``….e.q`` answer the date, the source again
``uc:12.3`` record it · ``ux:12`` drop it · ``uu:345`` take change 345 back · ``uv:p07`` looked at, nothing has changed
``ul`` those looked at the longest ago · ``uw:p07`` confirm a status: this one · ``uw:p07.realise`` · ``uw:p07.passer``
``ub:345`` take the last one back and show it again
``uh`` how to send a file · ``ui:7`` yes to file 7, by who sent it · ``uk:7`` by a second person · ``uj:7`` no
``uo:7`` take the whole file back · ``uq:7`` look at a file that waits
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bot.keyboards import Rows, in_rows
from bot.replies import Button
from bot.texts import buttons
from bot.texts.staff import files
from bot.texts.staff import updating as texts
from knowledge.models import Commitment, Status
from scheduler.drafts import Draft, DraftKind, Step

NEW_STATUS = "us"
NEW_VOTE = "ut"
OLDEST = "ul"
FIRST_STATUSES = "uw"
PASSED = "passer"
SEND_FILE = "uh"
LOOK = "uq"

_MOST_DIGITS = 12


def number(value: str) -> int:
    """The number in a button, which may be forged; 0 when it is none."""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS else 0


def draft(its: Draft, found: Iterable[Commitment], today: date) -> Rows:
    """The answers to what a draft lacks, and the way out.

    Args:
        found: The commitments to choose from, when that is asked.
    """
    match its.step:
        case Step.COMMITMENT:
            rows: Rows = tuple(
                (Button(label=buttons.title(each.title), data=_of(its, f"c.{each.id}"), numbered=True),)
                for each in found
            )
        case Step.STATUS:
            statuses = [Button(label=texts.status(each), data=_of(its, f"s.{each}")) for each in Status]
            rows = (tuple(statuses), (Button(label=texts.UNCHANGED, data=f"uv:{its.commitment}"),))
        case Step.DATE:
            rows = in_rows(_days(its, today), 2)
        case Step.SOURCE if its.status is not Status.REALISE:
            rows = ((Button(label=texts.NO_SOURCE, data=_of(its, "q")),),)
        case Step.CONFIRM:
            rows = _confirm(its)
        case _:
            rows = ()
    return (*rows, (Button(label=texts.CANCEL, data=f"ux:{its.id}"),))


def recorded(change: int | None, commitment: str) -> Rows:
    """The way back, and on."""
    first = (Button(label=texts.UNDO, data=f"uu:{change}"),) if change is not None else ()
    return tuple(row for row in (first, (_card(commitment), Button(label=texts.NEW_STATUS, data=NEW_STATUS))) if row)


def undone(commitment: str) -> Rows:
    """Where to go from there."""
    return ((_card(commitment), Button(label=texts.NEW_STATUS, data=f"us:{commitment}")),)


def oldest(found: Sequence[Commitment]) -> Rows:
    """One tap each."""
    return tuple((Button(label=buttons.title(each.title), data=f"uv:{each.id}.l", numbered=True),) for each in found)


def first_status(commitment: str, last: int | None) -> Rows:
    """One tap each; ``last`` is the change just made, to be taken back."""
    statuses = tuple(Button(label=texts.status(each), data=f"uw:{commitment}.{each}") for each in Status)
    return (statuses, (Button(label=texts.SKIP, data=f"uw:{commitment}.{PASSED}"),), *undo_last(last))


def undo_last(last: int | None) -> Rows:
    """The way back to the one before."""
    return ((Button(label=texts.UNDO_LAST, data=f"ub:{last}"),),) if last is not None else ()


def proof(commitment: str) -> Rows:
    """Instead of a proof."""
    return (
        (
            Button(label=texts.SKIP, data=f"uw:{commitment}.{PASSED}"),
            Button(label=texts.CANCEL, data=f"{FIRST_STATUSES}:{commitment}"),
        ),
    )


def checked(commitment: str) -> Rows:
    """Where to go from there."""
    return ((_card(commitment), Button(label=texts.VERIFY, data=OLDEST)),)


def proposed(number: int) -> Rows:
    """Under a file that was sent."""
    return ((Button(label=files.CONFIRM, data=f"ui:{number}"), Button(label=files.CANCEL, data=f"uj:{number}")),)


def pending(number: int) -> Rows:
    """Under a file that waits for somebody else."""
    return ((Button(label=files.CANCEL, data=f"uj:{number}"),),)


def second_person(number: int) -> Rows:
    """Under a file that waits for who looks at it."""
    return ((Button(label=files.CONFIRM, data=f"uk:{number}"), Button(label=files.REFUSE, data=f"uj:{number}")),)


def written(number: int) -> Rows:
    """The way back."""
    return ((Button(label=files.UNDO, data=f"uo:{number}"),),)


def _card(commitment: str) -> Button:
    return Button(label=texts.CARD, data=f"c:{commitment}")


def _days(its: Draft, today: date) -> list[Button]:
    before = today.replace(day=1) - timedelta(days=1)
    days = [Button(label=texts.today(today), data=_of(its, f"d.{today.isoformat()}"))]
    days += [Button(label=texts.month(f"{each:%Y-%m}"), data=_of(its, f"d.{each:%Y-%m}")) for each in (today, before)]
    if its.kind is DraftKind.STATUS:
        days.append(Button(label=texts.NO_DATE, data=_of(its, "d.")))
    return days


def _confirm(its: Draft) -> Rows:
    return (
        (Button(label=texts.CONFIRM, data=f"uc:{its.id}.{its.version}"),),
        (
            Button(label=texts.OTHER_DATE, data=_of(its, "e.d")),
            Button(label=texts.OTHER_SOURCE, data=_of(its, "e.q")),
        ),
    )


def _of(its: Draft, answer: str) -> str:
    return f"ud:{its.id}.{its.version}.{answer}"
