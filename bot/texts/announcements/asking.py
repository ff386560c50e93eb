"""What staff are asked about an announcement, and told in one line."""

from bot.texts.announcements.pages import audience, how_many, name, persons
from bot.texts.markup import quoted, typeset
from scheduler.announcements.audiences import Counted
from scheduler.announcements.records import Announcement
from scheduler.announcements.states import State


def ask_text() -> str:
    """Before a new announcement."""
    return typeset(
        "Écrivez le texte de l'annonce, avec sa mise en forme (4 096 signes au plus, 1 024 sous une image)."
        " Vous pouvez joindre une image ou un document. Rien ne part avant qu'une autre personne ait approuvé."
    )


def ask_new_text(found: Announcement) -> str:
    """Before another text."""
    if found.state in (State.DONE, State.PAUSED, State.CANCELLED):
        return typeset(
            f"Écrivez le texte juste, en entier. Il remplacera celui de {quoted(name(found))} chez toutes les personnes"
            " qui l'ont reçu, après l'accord d'une autre personne."
        )
    return typeset("Écrivez le nouveau texte, en entier. Une validation déjà donnée sera perdue.")


def ask_note() -> str:
    """Before the one note about a correction."""
    return typeset("Écrivez le mot à envoyer aux personnes dont le message a été corrigé. Il ne peut y en avoir qu'un.")


def ask_media() -> str:
    """Before a picture or document."""
    return typeset("Envoyez une image ou un document (un seul). Le texte ne peut alors dépasser 1 024 signes.")


def ask_hour() -> str:
    """Before a time."""
    return typeset(
        "Quand doit-elle partir ? Écrivez un jour et une heure : 2026-12-24 18:00, 24/12/2026 18h ou demain 9h."
    )


def ask_commitment() -> str:
    """Before the commitment whose followers it is for."""
    return typeset("De quel engagement ? Écrivez son identifiant, par exemple p07.")


def ask_audience() -> str:
    """Before an audience."""
    return typeset("À qui l'envoyer ?")


def ask_reason() -> str:
    """Before a refusal."""
    return typeset("Pourquoi la refusez-vous ? Écrivez la raison ; elle sera transmise.")


def confirm_launch(found: Announcement, counted: Counted | None) -> str:
    """Before it leaves."""
    return typeset(f"{name(found)} : l'envoyer maintenant à {audience(found.audience)}{how_many(counted)} ?")


def confirm_cancel(found: Announcement) -> str:
    """Before it is dropped."""
    left = " Ce qui est déjà parti reste chez les personnes ; le reste ne partira pas." if found.started_at else ""
    return typeset(f"{name(found)} : l'annuler pour de bon ?{left}")


def confirm_reserve() -> str:
    """Before announcements stop."""
    return typeset(
        "Arrêter toutes les annonces jusqu'à la fin de la réserve électorale ? Celles en cours sont suspendues."
    )


def reserve_switched(*, on: bool, paused: int) -> str:
    """The reserve began or ended."""
    if not on:
        return typeset("La réserve électorale est finie. Les annonces suspendues se reprennent une par une.")
    return typeset(f"Réserve électorale : aucune annonce ne part. Annonces suspendues : {paused}.")


def trial_sent() -> str:
    """The message comes by the way that all will come."""
    return typeset("Le message de test arrive dans cette discussion : relisez-le.")


def trial_shown() -> str:
    """For a member without a chat: what the console shows is the trial."""
    return typeset("Voici le message tel qu'il partira : relisez-le.")


def resent(count: int) -> str:
    """Sent again to those it failed to reach."""
    return typeset(f"Nouvel essai pour {persons(count)}, et aucune autre.")
