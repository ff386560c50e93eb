"""Menus to go through the commitments."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.texts import statuses
from bot.texts.counts import known_today
from bot.texts.dates import in_french
from bot.texts.lists import numbered
from bot.texts.markup import bold, escape, pack, sentence, typeset
from knowledge.catalogue import Catalogue
from knowledge.models import Commitment, Fact, Status, TagKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """A vote about a commitment: of the report or staff, or a dated deliberation that came since."""

    date: str
    commitment: Commitment
    said: str | None


def home(catalogue: Catalogue) -> str:
    """The first menu, when one comes back to it."""
    return typeset(
        f"Les {len(catalogue.commitments)} engagements, par orientation, par statut, par vote, par lieu ou par thème."
        "\nOu écrivez votre question."
    )


def orientations(catalogue: Catalogue) -> str:
    """The orientations and how many commitments each holds."""
    counts = Counter(commitment.orientation for commitment in catalogue.commitments)
    lines = "\n".join(
        f"{each.id[1:]}. {escape(each.title)} – {numbered(counts[each.id])}" for each in catalogue.orientations
    )
    return typeset(f"{bold('Les orientations')}\n\n{lines}\n\nTapez un numéro pour ouvrir une orientation.")


def report(facts: Sequence[Fact], catalogue: Catalogue) -> tuple[str, ...]:
    """The report's own figures, dated, beside what is known today, then the same by orientation."""
    day = in_french(catalogue.document.date)
    said = "\n".join(f"– {escape(fact.answer)}" for fact in facts)
    each = "\n".join(
        f"– Orientation {orientation.id[1:]} : {_breakdown(orientation.id, catalogue)}"
        for orientation in catalogue.orientations
    )
    return pack(
        [
            bold(f"Le bilan du {day}"),
            f"Ce que dit le bilan :\n{said}",
            known_today(catalogue.commitments, day),
            f"Par orientation, aujourd'hui :\n{each}",
        ]
    )


def by_status(facts: Sequence[Fact], catalogue: Catalogue) -> tuple[str, ...]:
    """The statuses, what each word means, and what is known today."""
    day = in_french(catalogue.document.date)
    said = "\n".join(f"– {escape(fact.answer)}" for fact in facts)
    return pack([bold("Les statuts"), said, known_today(catalogue.commitments, day), "Choisissez un statut :"])


def years_of_votes(votes: Sequence[Vote]) -> str:
    """How many votes each year."""
    years = Counter(vote.date[:4] for vote in votes)
    lines = "\n".join(
        f"– {year} : {count} délibération{'s' if count > 1 else ''}" for year, count in sorted(years.items())
    )
    return typeset(
        f"{bold('Les délibérations, par date')}\n\n{lines}\n\nCelles du bilan, et celles publiées depuis."
        " Choisissez une année :"
    )


def votes_of_year(year: str, shown: Sequence[Vote], *, number: int, pages: int) -> str:
    """One page of a year's votes, oldest first."""
    place = f"Page {number} sur {pages}. " if pages > 1 else ""
    lines = "\n".join(f"{rank}. {_vote(vote)}" for rank, vote in enumerate(shown, start=1))
    return typeset(f"{bold(f'Délibérations de {year}')}\n\n{lines}\n\n{place}Tapez un numéro pour ouvrir la fiche.")


def tags(kind: TagKind) -> str:
    """Head of a menu of places or themes."""
    what = {TagKind.PLACE: "lieu", TagKind.THEME: "thème"}.get(kind, "mot")
    return typeset(f"{bold(f'Les engagements par {what}')}\n\nLes plus fréquents d'abord. Choisissez un {what} :")


def _vote(vote: Vote) -> str:
    said = f" : {escape(sentence(vote.said))}" if vote.said else ""
    return f"{in_french(vote.date)} – {bold(vote.commitment.title)}{said}"


def _breakdown(orientation_id: str, catalogue: Catalogue) -> str:
    its = [each for each in catalogue.commitments if each.orientation == orientation_id]
    known = Counter(each.status for each in its)
    parts = [statuses.counted(status, known[status]) for status in (*Status, None) if known[status]]
    return f"{numbered(len(its))}, dont {', '.join(parts)}"
