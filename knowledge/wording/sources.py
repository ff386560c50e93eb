"""Where it is written, and when it was last looked at."""

from collections.abc import Sequence
from datetime import date

from knowledge.models import Commitment, Document
from knowledge.wording.dates import in_french, last_day
from knowledge.wording.typography import quoted

_DAYS_BEFORE_OLD = 365


def printed_in(document: Document, pages: Sequence[int]) -> str:
    """The report and its pages: « pages 2 et 3 », « pages 1, 4 à 13 »."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    named = [f"{run[0]} à {run[-1]}" if len(run) > 2 else " et ".join(map(str, run)) for run in runs]
    where = f"page{'s' if len(pages) > 1 else ''} {', '.join(named)}"
    return f"{quoted(document.title)}, {document.publisher}, {in_french(document.date)}, {where}"


def checked(commitment: Commitment, today: date) -> str:
    """When it was last checked, and that nothing newer is known when that was long ago."""
    said = f"{'Statut vérifié' if commitment.status else 'Vérifié'} le {in_french(commitment.checked_at)}"
    old = (today - last_day(commitment.checked_at)).days > _DAYS_BEFORE_OLD
    recent = " ; pas d'information plus récente sur le statut" if old else ""
    return f"{said}{recent}"
