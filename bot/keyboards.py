"""Rows of buttons, and the short explicit strings that come back when one is pressed.

``c:p07`` a card · ``v:p07`` related ones · ``s:p07`` its source · ``h:p07`` its history
``n:p07`` it is not that one · ``z`` none of these
``o:o3`` an orientation · ``l:<filter>`` a list · ``d:2021`` votes of a year · ``g:place`` places · ``m:…`` menus
``i:12`` a digest, drawn
A page after them (``l:o3.se:2``) means browsing: the message is edited in place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.replies import Button
from bot.texts import buttons
from knowledge.models import Commitment, Orientation
from knowledge.site import paths

PAGE_SIZE = 8
LONGEST_DATA = 64
_FEW_PAGES = 6

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A callback string, read: what, about what, and the page when one is browsing."""

    action: str
    value: str = ""
    page: int | None = None


def read(data: str) -> Press | None:
    """The press that a callback string means; None when it is none of ours."""
    action, *rest = data.split(":")
    if len(data.encode()) > LONGEST_DATA or len(rest) > 2 or not action.isalpha():
        return None
    page = rest[1] if len(rest) == 2 else None
    if page is not None and not (page.isascii() and page.isdigit() and len(page) <= 3 and int(page) >= 1):
        return None
    return Press(action=action, value=rest[0] if rest else "", page=int(page) if page else None)


def choices(commitments: Iterable[Commitment]) -> Rows:
    """One numbered button a commitment, to press or to type."""
    return tuple((Button(label=buttons.title(each.title), data=f"c:{each.id}", numbered=True),) for each in commitments)


def none_of_these() -> Rows:
    """The way out of a choice."""
    return ((Button(label=buttons.NONE_OF_THESE, data="z"),),)


def see_also(related: Iterable[Commitment]) -> Rows:
    """One button a related commitment."""
    return tuple((Button(label=buttons.see_also(each.title), data=f"c:{each.id}"),) for each in related)


def card(commitment: Commitment, related: Sequence[Commitment], *, asked: bool) -> Rows:
    """The buttons of a card; ``asked`` when a question led to it, that may have meant another one."""
    rows = list(see_also(related))
    if not related:
        rows.append((Button(label=buttons.SEE_ALSO, data=f"v:{commitment.id}"),))
    rows.append(
        (
            Button(label=buttons.orientation(commitment.orientation[1:]), data=f"o:{commitment.orientation}"),
            Button(label=buttons.SOURCE, data=f"s:{commitment.id}"),
            Button(label=buttons.HISTORY, data=f"h:{commitment.id}"),
        )
    )
    if asked:
        rows.append((Button(label=buttons.NOT_THAT, data=f"n:{commitment.id}"),))
    return tuple(rows)


def public_page(commitment_id: str, site: str | None) -> Rows:
    """The way to the page of a commitment, when there is a site."""
    if site is None:
        return ()
    return ((Button(label=buttons.PUBLIC_PAGE, url=paths.address(site, paths.commitment(commitment_id))),),)


def pages(base: str, page: int, last: int) -> Rows:
    """Next, previous, and every page of a short list or the ends of a long one."""
    if last <= 1:
        return ()
    moves = [Button(label=buttons.NEXT, data=f"{base}:{page + 1}")] if page < last else []
    if page > 1:
        moves.append(Button(label=buttons.PREVIOUS, data=f"{base}:{page - 1}"))
    others = range(1, last + 1) if last <= _FEW_PAGES else (1, last)
    jumps = [Button(label=buttons.page(number), data=f"{base}:{number}") for number in others if abs(number - page) > 1]
    return tuple(tuple(row) for row in (moves, jumps) if row)


def history(commitment_id: str, page: int, last: int) -> Rows:
    """Under a history: its pages, and the card again."""
    return (
        *pages(f"h:{commitment_id}", page, last),
        (Button(label=buttons.BACK_TO_CARD, data=f"c:{commitment_id}"),),
    )


def open_list(data: str) -> Rows:
    """The list behind a figure."""
    return ((Button(label=buttons.WHOLE_LIST, data=data),),)


def orientations(each: Iterable[Orientation]) -> Rows:
    """The orientations, numbered."""
    return tuple((Button(label=buttons.title(its.title), data=f"o:{its.id}:1", numbered=True),) for its in each)


def menu(each: Iterable[Orientation]) -> Rows:
    """The first menu: from here any card is at most three presses away."""
    others = [
        Button(label=buttons.PRIORITIES, data="l:kp:1"),
        Button(label=buttons.STATUSES, data="m:statuts:1"),
        Button(label=buttons.VOTES, data="m:deliberations:1"),
        Button(label=buttons.REPORT, data="m:bilan"),
        Button(label=buttons.PLACES, data="g:place:1"),
        Button(label=buttons.THEMES, data="g:theme:1"),
    ]
    return orientations(each) + in_rows(others, 2)


def timeline() -> Rows:
    """Votes and steps, drawn."""
    return ((Button(label=buttons.TIMELINE, data="m:frise"),),)


def home() -> Rows:
    """The way back to the first menu."""
    return ((Button(label=buttons.HOME, data="m:accueil:1"),),)


def in_rows(each: Sequence[Button], width: int) -> Rows:
    """Buttons side by side."""
    return tuple(tuple(each[start : start + width]) for start in range(0, len(each), width))
