"""What is added to the words of an announcement: why it came, and that it was corrected."""

from datetime import date

from bot.texts.dates import in_french
from bot.texts.markup import italic, typeset
from knowledge.catalogue import Catalogue
from scheduler.facts import Audience, AudienceKind, Form


def heads(form: Form) -> tuple[str, ...]:
    """What stands above it: nothing, most often."""
    if form is Form.INSTEAD:
        return (italic("Ce message remplace une annonce que vous avez peut-être déjà reçue. Seul ce texte compte."),)
    return ()


def foot(form: Form, audience: Audience, catalogue: Catalogue, corrected_on: date | None) -> str:
    """What stands below it."""
    stop = "" if audience.kind is AudienceKind.STAFF else " /arreter pour arrêter."
    lines = [italic(f"{_because(audience, catalogue)}{stop}")]
    if form is Form.EDITED and corrected_on is not None:
        lines.insert(0, italic(f"Texte corrigé le {in_french(corrected_on.isoformat())}."))
    return typeset("\n".join(lines))


def _because(audience: Audience, catalogue: Catalogue) -> str:
    match audience.kind:
        case AudienceKind.ALL:
            return "Annonce envoyée à toutes les personnes qui suivent des engagements."
        case AudienceKind.ORIENTATION:
            number = audience.name.removeprefix("o")
            return f"Annonce envoyée aux personnes qui suivent des engagements de l'orientation {number}."
        case AudienceKind.COMMITMENT:
            return f"Annonce envoyée aux personnes qui suivent cet engagement : {catalogue.get(audience.name).title}."
        case AudienceKind.STAFF:
            return "Essai envoyé à l'équipe seulement."
        case AudienceKind.RECIPIENTS:
            return "Message envoyé aux personnes qui ont reçu notre annonce."
