"""A status in words, always with its date and what it rests on."""

from knowledge.models import Commitment, Document, Origin, Status
from knowledge.wording.dates import in_french
from knowledge.wording.typography import quoted

WORDS = {Status.REALISE: "réalisé", Status.EN_COURS: "en cours", Status.A_OUVRIR: "à ouvrir"}
PLURALS = {Status.REALISE: "réalisés", Status.EN_COURS: "en cours", Status.A_OUVRIR: "à ouvrir"}
UNKNOWN = "statut non lisible"
UNKNOWN_PLURAL = "au statut non lisible"


def counted(status: Status | None, count: int) -> str:
    """« 1 réalisé », « 4 réalisés », « 81 au statut non lisible »."""
    if status is None:
        return f"{count} {UNKNOWN_PLURAL}"
    return f"{count} {PLURALS[status] if count > 1 else WORDS[status]}"


def word(commitment: Commitment) -> str:
    """The status in a word or two, for lists."""
    return WORDS[commitment.status] if commitment.status else UNKNOWN


def basis(commitment: Commitment, document: Document) -> str:
    """What follows the word of a status: its date, and the words it rests on; or plainly that it is not legible."""
    if commitment.status is None:
        return _unknown(commitment, document)
    if commitment.status_source in (Origin.STAFF, Origin.IMPORT):
        words = f" : {quoted(commitment.status_evidence)}" if commitment.status_evidence else ""
        return f", d'après une mise à jour du {in_french(commitment.updated_at)}{words}."
    said = commitment.status_evidence
    words = f" : {quoted(as_printed(said, commitment))}" if said else ""
    return f", d'après le texte du bilan du {in_french(commitment.as_of)}{words}."


def _unknown(commitment: Commitment, document: Document) -> str:
    said = f" Le bilan indique : {quoted(commitment.info)}." if commitment.info else ""
    return f" : dans la version texte du bilan du {in_french(document.date)}, l'icône du statut n'apparaît pas.{said}"


def as_printed(evidence: str, commitment: Commitment) -> str:
    """Words printed in capitals are shown as the title or text writes them; same letters, other case."""
    if not evidence.isupper():
        return evidence
    place = commitment.wording.lower().find(evidence.lower())
    return commitment.wording[place : place + len(evidence)] if place >= 0 else evidence.lower()
