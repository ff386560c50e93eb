"""For when it is due, who says so, and whether that has passed."""

from collections.abc import Iterable
from datetime import date

from knowledge.models import Commitment, DueDate, Status
from knowledge.wording.dates import in_french, is_over


def line(commitment: Commitment, today: date) -> str:
    """Every due date as printed, those that have passed marked, and what is known then; empty when there is none."""
    said = when(commitment, today)
    return f"{said} {known_then}" if (known_then := passed(commitment, today)) else said


def passed(commitment: Commitment, today: date) -> str:
    """That due dates have passed, and of when the status known is; empty when none has, or when it is done."""
    over = sum(is_over(due.ends, today) for due in commitment.due)
    if not over or commitment.status is Status.REALISE:
        return ""
    which = "Cette date est passée" if over == 1 else "Ces dates sont passées"
    if commitment.status is None:
        return f"{which} et le statut n'est pas connu."
    return f"{which} ; le statut connu est celui du {in_french(commitment.checked_at)}."


def moved(commitment: Commitment) -> str:
    """What the report says where another date holds now, with how often it slipped; empty when the report's holds."""
    if not commitment.due_moved:
        return ""
    printed = commitment.replaced_due
    said = f"Selon le bilan : {_labels(printed)}." if printed else "Le bilan ne donne pas de date."
    return f"{said} Échéance repoussée {commitment.slips} fois." if commitment.slips else said


def when(commitment: Commitment, today: date | None = None) -> str:
    """Who says which date, that of an update beside the report's; with ``today``, those that have passed are marked."""
    if not commitment.due:
        return ""
    marks = {due: " (date passée)" for due in commitment.due if today and is_over(due.ends, today)}
    now = " ; ".join(f"{due.label}{marks.get(due, '')}" for due in commitment.due)
    if said := moved(commitment):
        return f"Pour quand, d'après une mise à jour : {now}. {said}"
    return f"Pour quand, selon le bilan : {now}."


def _labels(dues: Iterable[DueDate]) -> str:
    return " ; ".join(due.label for due in dues)
