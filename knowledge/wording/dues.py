"""For when it is due, and whether that has passed."""

from datetime import date

from knowledge.models import Commitment, Status
from knowledge.wording.dates import in_french, is_over


def line(commitment: Commitment, today: date) -> str:
    """Every due date as printed, those that have passed marked, and what is known then; empty when there is none."""
    if not commitment.due:
        return ""
    over = [due for due in commitment.due if is_over(due.ends, today)]
    labels = [f"{due.label}{' (date passée)' if due in over else ''}" for due in commitment.due]
    said = f"Pour quand, selon le bilan : {' ; '.join(labels)}."
    if not over or commitment.status is Status.REALISE:
        return said
    passed = "Cette date est passée" if len(over) == 1 else "Ces dates sont passées"
    if commitment.status is None:
        return f"{said} {passed} et le statut n'est pas connu."
    return f"{said} {passed} ; le statut connu est celui du {in_french(commitment.checked_at)}."
