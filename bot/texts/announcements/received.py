"""What is added to the words of an announcement: why it came, and that it was corrected; its acts in the journal."""

from datetime import date

from bot.texts.dates import in_french
from bot.texts.markup import italic, typeset
from knowledge.catalogue import Catalogue
from scheduler.facts import Audience, AudienceKind, Form

# What each act is called in the journal; what stands in braces comes from its content.
ACTS = {
    "announcement.draft": "annonce {announcement} écrite",
    "announcement.edit": "annonce {announcement} modifiée",
    "announcement.test": "annonce {announcement} testée",
    "announcement.submit": "annonce {announcement} soumise : {html}",
    "announcement.approve": "annonce {announcement} approuvée",
    "announcement.refuse": "annonce {announcement} refusée : {reason}",
    "announcement.schedule": "annonce {announcement} programmée",
    "announcement.launch": "annonce {announcement} lancée vers {reached} destinataires",
    "announcement.start": "annonce {announcement} partie à son heure vers {reached} destinataires",
    "announcement.pause": "annonce {announcement} suspendue",
    "announcement.resume": "annonce {announcement} reprise",
    "announcement.cancel": "annonce {announcement} annulée",
    "announcement.resend": "annonce {announcement}, nouvel essai après échec : {deliveries} envois",
    "announcement.correct": "correction {correction} de l'annonce {announcement} : « {before} » devient « {after} »",
    "announcement.add_note": "mot de correction {note} après l'annonce {announcement}",
    "announcement.miss": "annonce {announcement} : elle n'est pas partie à son heure",
    "announcement.expire": "annonce {announcement} : validation expirée",
    "announcement.void": "annonce {announcement} : validation annulée",
    "announcement.finish": "annonce {announcement} : envoi terminé",
    "announcement.denied": "annonce {announcement} : acte refusé ({why})",
    "announcement.reserve": "réserve électorale {on}",
}

# Why an act was denied, as the record names it.
DENIALS = {
    "SamePerson": "il faut une autre personne",
    "ApproverNeeded": "il faut une personne qui valide",
    "NoRight": "le rôle ne suffit pas",
    "StaleVersion": "l'annonce avait changé",
    "ForbiddenAct": "plus possible à ce stade",
    "Untested": "texte pas encore testé",
    "UnknownAnnouncement": "elle n'existe pas",
}


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
