"""A figure: the report's, dated, beside what its text lets one know today."""

from collections import Counter
from collections.abc import Sequence

from bot.texts import statuses
from bot.texts.dates import in_french
from bot.texts.facts import source
from bot.texts.filters import in_words
from bot.texts.lists import numbered
from bot.texts.markup import escape, pack
from knowledge.catalogue import Catalogue
from knowledge.matching.filters import Filter
from knowledge.models import Commitment, Fact, Status


def count(
    number: int | None,
    wanted: Filter,
    matching: Sequence[Commitment],
    scope: Sequence[Commitment],
    catalogue: Catalogue,
    fact: Fact | None,
) -> tuple[str, ...]:
    """The answer to « combien… ? ».

    Args:
        number: The figure; the report's own when it differs from what can be counted.
        wanted: What is counted.
        matching: The commitments that fit it today.
        scope: Those that fit it whatever their status.
        catalogue: The base.
        fact: The report's own sentence about this figure, when it has one.
    """
    document = catalogue.document
    day = in_french(document.date)
    words = in_words(wanted, catalogue)
    if fact is not None:
        return pack([escape(fact.answer), known_today(scope, day), source(fact, document)])
    if not matching and wanted.status and any(each.status is None for each in scope):
        said = f"Je n'en reconnais aucun pour : {words}."
    elif number is not None and number != len(matching):
        said = f"D'après le bilan du {day} : <b>{numbered(number)}</b>{f', {words}' if words else ''}."
    else:
        said = f"<b>{numbered(len(matching))}</b>{f' : {words}' if words else ' en tout'}."
    return pack([said, known_today(scope, day) if scope else ""])


def known_today(commitments: Sequence[Commitment], day: str) -> str:
    """How many of them are known to be in each status."""
    known = Counter(commitment.status for commitment in commitments)
    shown = [Status.REALISE, Status.EN_COURS, *([Status.A_OUVRIR] if known[Status.A_OUVRIR] else []), None]
    parts = ", ".join(statuses.counted(status, known[status]) for status in shown)
    return (
        f"Ce que l'on sait aujourd'hui, sur {numbered(len(commitments))} : {parts}."
        f" Un statut n'est donné que si les mots du bilan du {day} ou une mise à jour le disent."
    )
