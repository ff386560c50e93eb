"""Menus and lists to go through, a page at a time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from bot import keyboards
from bot.conversation.listings import Listing, encode, select, tag_token
from bot.conversation.votes import votes
from bot.keyboards import PAGE_SIZE
from bot.replies import Button, Reply
from bot.texts import browse, buttons, lists
from bot.texts.statuses import PLURALS, UNKNOWN_PLURAL
from knowledge.catalogue import Catalogue
from knowledge.matching.filters import NO_FILTER, Filter
from knowledge.models import Status, TagKind

_MOST_NEIGHBOURS = 4
_TAGS_A_PAGE = 16

_Item = TypeVar("_Item")


def data_of(listing: Listing, catalogue: Catalogue) -> str:
    """What a button carries to open this list."""
    return f"l:{encode(listing, catalogue)}"


def list_page(listing: Listing, catalogue: Catalogue, number: int) -> Reply:
    """One page of a list; an empty list says so and offers its neighbours."""
    if not listing.commitments:
        rows = keyboards.in_rows(_neighbours(listing.filters, catalogue), 1)
        return Reply(text=lists.empty(listing.filters, catalogue, neighbours=bool(rows)), rows=rows + keyboards.home())
    head = lists.header(listing.filters, catalogue, len(listing.commitments))
    return _page_of(listing, catalogue, number, head=head, base=data_of(listing, catalogue))


def orientation_page(orientation_id: str, catalogue: Catalogue, number: int) -> Reply:
    """One page of an orientation."""
    listing = select(catalogue, Filter(orientation=orientation_id))
    its = catalogue.get_orientation(orientation_id)
    head = lists.orientation(its, catalogue, len(listing.commitments))
    return _page_of(listing, catalogue, number, head=head, base=f"o:{orientation_id}")


def votes_page(year: str, catalogue: Catalogue, number: int) -> Reply | None:
    """One page of a year's votes; None when there was none."""
    of_year = [vote for vote in votes(catalogue) if vote.date.startswith(year)]
    if not of_year:
        return None
    number, last, shown = _cut(of_year, number, PAGE_SIZE)
    rows = keyboards.choices([vote.commitment for vote in shown]) + keyboards.pages(f"d:{year}", number, last)
    text = browse.votes_of_year(year, shown, number=number, pages=last)
    return Reply(text=text, rows=rows + keyboards.home())


def years(catalogue: Catalogue) -> Reply:
    """The years of the votes."""
    found = votes(catalogue)
    each = [Button(label=year, data=f"d:{year}:1") for year in sorted({vote.date[:4] for vote in found})]
    return Reply(
        text=browse.years_of_votes(found), rows=keyboards.in_rows(each, 4) + keyboards.timeline() + keyboards.home()
    )


def orientations(catalogue: Catalogue) -> Reply:
    """The orientations."""
    return Reply(
        text=browse.orientations(catalogue), rows=keyboards.orientations(catalogue.orientations) + keyboards.home()
    )


def status_rows(catalogue: Catalogue) -> keyboards.Rows:
    """One button for each status, how many in each."""
    found = _by_status(select(catalogue, NO_FILTER), catalogue, even_empty=True)
    return keyboards.in_rows(tuple(found), 1) + keyboards.home()


def tags_page(kind: TagKind, catalogue: Catalogue, number: int) -> Reply:
    """Places or themes, those with most commitments first."""
    tags = [tag for tag in catalogue.tags if tag.kind is kind and tag.commitments]
    tags.sort(key=lambda tag: -len(tag.commitments))
    number, last, shown = _cut(tags, number, _TAGS_A_PAGE)
    each = [
        Button(label=buttons.counted(tag.name, len(tag.commitments)), data=f"l:{tag_token(tag.kind, tag.name)}:1")
        for tag in shown
    ]
    rows = keyboards.in_rows(each, 2) + keyboards.pages(f"g:{kind}", number, last)
    return Reply(text=browse.tags(kind), rows=rows + keyboards.home())


def _page_of(listing: Listing, catalogue: Catalogue, number: int, *, head: str, base: str) -> Reply:
    number, last, shown = _cut(listing.commitments, number, PAGE_SIZE)
    rows = keyboards.choices(shown) + keyboards.pages(base, number, last)
    if last > 1:
        rows += keyboards.in_rows(tuple(_narrower(listing, catalogue)), 2)
    return Reply(text=lists.page(head, shown, number=number, pages=last), rows=rows + keyboards.home())


def _cut(items: Sequence[_Item], number: int, size: int) -> tuple[int, int, Sequence[_Item]]:
    """The page asked for, or the nearest there is; how many pages; what stands on it."""
    last = max(1, -(-len(items) // size))
    number = min(number, last)
    return number, last, items[(number - 1) * size : number * size]


def _narrower(listing: Listing, catalogue: Catalogue) -> Iterator[Button]:
    """The same list in one orientation, or else with one status."""
    if listing.filters.orientation is None:
        counts = Counter(each.orientation for each in listing.commitments)
        for orientation in catalogue.orientations:
            if 0 < counts[orientation.id] < len(listing.commitments):
                narrower = Listing(
                    filters=replace(listing.filters, orientation=orientation.id),
                    commitments=tuple(each for each in listing.commitments if each.orientation == orientation.id),
                )
                label = buttons.counted(buttons.orientation(orientation.id[1:]), counts[orientation.id])
                yield Button(label=label, data=f"{data_of(narrower, catalogue)}:1")
    elif listing.filters.status is None and not listing.filters.unknown_status:
        yield from _by_status(listing, catalogue, even_empty=False)


def _by_status(listing: Listing, catalogue: Catalogue, *, even_empty: bool) -> Iterator[Button]:
    for status in (*Status, None):
        fitting = tuple(each for each in listing.commitments if each.status is status)
        if fitting or even_empty:
            filters = replace(listing.filters, status=status, unknown_status=status is None)
            data = data_of(Listing(filters=filters, commitments=fitting), catalogue)
            label = (PLURALS[status] if status else UNKNOWN_PLURAL).capitalize()
            yield Button(label=buttons.counted(label, len(fitting)), data=f"{data}:1")


def _neighbours(wanted: Filter, catalogue: Catalogue) -> tuple[Button, ...]:
    """The same filter with one part less, where that finds something."""
    wider = [select(catalogue, filters) for filters in _with_one_part_less(wanted) if filters != NO_FILTER]
    return tuple(
        Button(
            label=buttons.counted(lists.as_label(each.filters, catalogue), len(each.commitments)),
            data=f"{data_of(each, catalogue)}:1",
        )
        for each in wider
        if each.commitments
    )[:_MOST_NEIGHBOURS]


def _with_one_part_less(wanted: Filter) -> Iterator[Filter]:
    known = replace(wanted, text=())
    if wanted.orientation:
        yield replace(known, orientation=None)
    if wanted.status or wanted.unknown_status:
        yield replace(known, status=None, unknown_status=False)
    if wanted.kind or wanted.not_kind:
        yield replace(known, kind=None, not_kind=None)
    if wanted.due or wanted.undated:
        yield replace(known, due=None, undated=False)
    if wanted.voted is not None:
        yield replace(known, voted=None)
    for tag in wanted.tags:
        yield replace(known, tags=tuple(each for each in wanted.tags if each != tag))
