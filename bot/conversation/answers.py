"""From what was understood to what is shown."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from bot import keyboards
from bot.conversation import pages
from bot.conversation.listings import Listing, select
from bot.replies import Reply, Turn
from bot.texts import cards, counts, facts, lists, menus, refusals
from knowledge.catalogue import Catalogue
from knowledge.matching.meaning import MOST_OFFERED, Aspect, Meaning, Menu, Outcome
from knowledge.models import Refusal


def in_messages(texts: Sequence[str], rows: keyboards.Rows = ()) -> tuple[Reply, ...]:
    """Several messages; the buttons stand under the last."""
    return (*(Reply(text=text) for text in texts[:-1]), Reply(text=texts[-1], rows=rows))


def answer(meaning: Meaning, catalogue: Catalogue, today: date) -> Turn:
    """The replies to a message that was understood as this."""
    return _BY_OUTCOME[meaning.outcome](meaning, catalogue, today)


def card(
    commitment_id: str,
    catalogue: Catalogue,
    today: date,
    *,
    related: Iterable[str] = (),
    aspect: Aspect | None = None,
    asked: bool = False,
) -> tuple[Reply, ...]:
    """The card of one commitment.

    Raises:
        UnknownCommitmentError: There is none of this id.
    """
    commitment = catalogue.get(commitment_id)
    rows = keyboards.card(commitment, [catalogue.get(each) for each in related], asked=asked)
    return in_messages(cards.card(commitment, catalogue, today, aspect=aspect), rows)


def _answer(meaning: Meaning, catalogue: Catalogue, today: date) -> Turn:
    first, *others = meaning.commitments[:MOST_OFFERED]
    replies = card(first, catalogue, today, related=others, aspect=meaning.aspect, asked=True)
    return Turn(meaning=meaning, replies=replies)


def _choices(meaning: Meaning, catalogue: Catalogue, today: date) -> Turn:
    shown = [catalogue.get(each) for each in meaning.commitments[:MOST_OFFERED]]
    rows = keyboards.choices(shown)
    if meaning.filters:
        rows += keyboards.open_list(pages.data_of(select(catalogue, meaning.filters), catalogue))
    rows += keyboards.none_of_these()
    return Turn(meaning=meaning, replies=(Reply(text=lists.which(shown), rows=rows),))


def _list(meaning: Meaning, catalogue: Catalogue, today: date) -> Turn:
    listing = _listing(meaning, catalogue)
    head = lists.header(listing.filters, catalogue, len(listing.commitments))
    said = facts.fact(catalogue.get_fact(meaning.fact), catalogue.document) if meaning.fact else ()
    shown = (
        lists.whole(head, listing.commitments) if listing.commitments else pages.list_page(listing, catalogue, 1).text
    )
    whole = "\n\n".join([*said, shown])
    replies = (*(Reply(text=part) for part in said), pages.list_page(listing, catalogue, 1))
    return Turn(meaning=meaning, replies=replies, whole=whole)


def _count(meaning: Meaning, catalogue: Catalogue, today: date) -> Turn:
    fact = catalogue.get_fact(meaning.fact) if meaning.fact else None
    if fact is not None and fact.total is None:
        return Turn(meaning=meaning, replies=in_messages(facts.fact(fact, catalogue.document)))
    known = replace(meaning.filters, text=())
    listing = _listing(meaning, catalogue) if meaning.commitments else select(catalogue, known)
    scope = select(catalogue, replace(known, status=None, unknown_status=False)).commitments
    text = counts.count(meaning.number, meaning.filters, listing.commitments, scope, catalogue, fact)
    rows = keyboards.open_list(pages.data_of(listing, catalogue)) if listing.commitments else ()
    return Turn(meaning=meaning, replies=in_messages(text, rows))


def _fact(meaning: Meaning, catalogue: Catalogue, today: date) -> Turn:
    its = catalogue.get_fact(meaning.fact or "")
    rows = keyboards.see_also([catalogue.get(each) for each in meaning.commitments[:_MOST_RELATED]])
    return Turn(meaning=meaning, replies=in_messages(facts.fact(its, catalogue.document), rows))


def _menu(meaning: Meaning, catalogue: Catalogue, today: date) -> Turn:
    leaving = meaning.menu in (Menu.THANKS, Menu.GOODBYE)
    rows = keyboards.home() if leaving else keyboards.menu(catalogue.orientations)
    return Turn(meaning=meaning, replies=in_messages(menus.courtesy(meaning.menu, catalogue), rows))


def _refusal(meaning: Meaning, catalogue: Catalogue, today: date) -> Turn:
    near = [catalogue.get(each) for each in meaning.suggestions[:MOST_OFFERED] if meaning.reason in _SUGGESTING]
    text = refusals.refusal(
        meaning.reason or Refusal.NOT_UNDERSTOOD, catalogue, suggestions=tuple(each.title for each in near)
    )
    rows = keyboards.choices(near) + keyboards.none_of_these() if near else ()
    return Turn(meaning=meaning, replies=in_messages(text, rows))


def _listing(meaning: Meaning, catalogue: Catalogue) -> Listing:
    fitting = tuple(catalogue.get(each) for each in meaning.commitments)
    return Listing(filters=meaning.filters, commitments=fitting)


# Elsewhere the nearest commitments would be beside the point: nobody who insults or is in danger wants a card.
_MOST_RELATED = 3
_SUGGESTING = (Refusal.NEAR_MISS, Refusal.OTHER_TOWN, Refusal.VAGUE, Refusal.NOT_UNDERSTOOD)

_BY_OUTCOME: dict[Outcome, Callable[[Meaning, Catalogue, date], Turn]] = {
    Outcome.ANSWER: _answer,
    Outcome.CHOICES: _choices,
    Outcome.LIST: _list,
    Outcome.COUNT: _count,
    Outcome.FACT: _fact,
    Outcome.MENU: _menu,
    Outcome.REFUSAL: _refusal,
}
