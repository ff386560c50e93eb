"""A status in words, always with its date and what it rests on."""

from datetime import datetime
from zoneinfo import ZoneInfo

from knowledge.models import Commitment, Document, Origin, Status
from knowledge.wording.dates import in_french
from knowledge.wording.typography import quoted

WORDS = {Status.REALISE: "réalisé", Status.EN_COURS: "en cours", Status.A_OUVRIR: "à ouvrir"}
PLURALS = {Status.REALISE: "réalisés", Status.EN_COURS: "en cours", Status.A_OUVRIR: "à ouvrir"}
UNKNOWN = "statut non lisible"
UNKNOWN_PLURAL = "au statut non lisible"
PROOF = "la page qui le montre"
_PLACE = ZoneInfo("Europe/Paris")


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
        shown = f", d'après {quoted(commitment.status_evidence)}" if commitment.status_evidence else ""
        return f"{since(commitment.status_date)}, indiqué par l'équipe{_noted(commitment)}{shown}."
    said = commitment.status_evidence
    words = f" : {quoted(as_printed(said, commitment))}" if said else ""
    return f", d'après le texte du bilan du {in_french(commitment.as_of)}{words}."


def since(day: str | None) -> str:
    """« , depuis le 12 mars 2026 », « , depuis mars 2026 »; nothing when it is not known."""
    if day is None:
        return ""
    return f", depuis {'le ' if len(day) > len('2026-03') else ''}{in_french(day)}"


def before_proof(commitment: Commitment) -> str:
    """What stands before the link to the page that shows a status, ``commitment.status_url``."""
    return "Voir aussi :" if commitment.status_source is Origin.REPORT else "Source :"


def _noted(commitment: Commitment) -> str:
    """When it was recorded, where nothing else dates it."""
    if commitment.status_date is not None or commitment.status_noted is None:
        return ""
    day = datetime.fromisoformat(commitment.status_noted).astimezone(_PLACE).date()
    return f" le {in_french(day.isoformat())}"


def _unknown(commitment: Commitment, document: Document) -> str:
    said = f" Le bilan indique : {quoted(commitment.info)}." if commitment.info else ""
    return f" : dans la version texte du bilan du {in_french(document.date)}, l'icône du statut n'apparaît pas.{said}"


def as_printed(evidence: str, commitment: Commitment) -> str:
    """Words printed in capitals are shown as the title or text writes them; same letters, other case."""
    if not evidence.isupper():
        return evidence
    place = commitment.wording.lower().find(evidence.lower())
    return commitment.wording[place : place + len(evidence)] if place >= 0 else evidence.lower()
