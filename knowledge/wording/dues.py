"""For when it is due, and whether that has passed."""

from datetime import date

from knowledge.models import Commitment, Status
from knowledge.wording.dates import in_french, is_over


def line(commitment: Commitment, today: date) -> str:
    """Every due date as printed, those that have passed marked, and what is known then; empty when there is none."""
    if not commitment.due:
        return ""
    labels = [f"{due.label}{' (date passée)' if is_over(due.ends, today) else ''}" for due in commitment.due]
    said = f"Pour quand, selon le bilan : {' ; '.join(labels)}."
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
