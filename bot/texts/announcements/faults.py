"""Why something cannot be done with an announcement, and what to do next; short enough for a box."""

from datetime import datetime

from bot.texts.announcements.pages import STATES, when
from bot.texts.markup import escape, shortened, typeset
from bot.texts.staff.team import ROLES
from knowledge.authors import Role
from scheduler.announcements.states import State


def unknown(number: int) -> str:
    """There is none."""
    return typeset(f"Il n'y a pas d'annonce {number}. Voir /annonces.")


def stale(number: int) -> str:
    """Something happened to it since the button was shown."""
    return typeset(f"L'annonce {number} a changé depuis : rouvrez-la avec /annonces avant de décider.")


def forbidden(number: int, state: str) -> str:
    """Not where it stands."""
    return typeset(f"Impossible : l'annonce {number} est maintenant « {STATES[State(state)]} ». Voir /annonces.")


def no_right(needed: Role) -> str:
    """The role does not do."""
    return typeset(f"Impossible : il faut le rôle « {ROLES[needed]} ». Une personne qui l'a peut le faire.")


def same_person() -> str:
    """Four eyes."""
    return typeset("Impossible : vous avez écrit ou soumis ce texte. Une autre personne doit l'approuver.")


def untested() -> str:
    """The trial comes first."""
    return typeset("D'abord « Tester sur moi » : recevez ce texte-ci et relisez-le, puis soumettez.")


def trial_failed(why: str) -> str:
    """The messenger refused it, or the chat."""
    return typeset(f"Le test n'est pas arrivé ({escape(shortened(why, 60))}). Corrigez, puis testez de nouveau.")


def no_reason() -> str:
    """A refusal says why."""
    return typeset("Un refus doit dire pourquoi. Écrivez la raison.")


def empty() -> str:
    """Nothing was written."""
    return typeset("Le texte est vide. Écrivez l'annonce.")


def too_long(length: int, most: int, *, with_media: bool) -> str:
    """More than fits."""
    where = " sous une image ou un document" if with_media else ""
    return typeset(f"Trop long : {length} signes, {most} au plus{where}. Raccourcissez de {length - most} signes.")


def past(wanted: datetime) -> str:
    """It would have to start before now."""
    return typeset(f"C'est déjà passé ({when(wanted)}). Choisissez une heure à venir.")


def skipped(wanted: datetime, resumes: datetime) -> str:
    """The clock skips this hour."""
    return typeset(
        f"Cette heure n'existe pas : le {wanted:%d/%m/%Y} on avance l'horloge. Choisissez {resumes:%H:%M} ou plus tard."
    )


def too_early(earliest: datetime) -> str:
    """The approval would be over by then."""
    return typeset(f"Une validation vaut 72 heures : approuvez {when(earliest)} au plus tôt, ou avancez l'envoi.")


def fixed() -> str:
    """Only the words are new."""
    return typeset("Une correction change les mots seulement : ni les destinataires, ni l'image.")


def nobody() -> str:
    """Nobody to send it to."""
    return typeset("Il n'y a personne à qui l'envoyer. Choisissez d'autres destinataires.")


def reserve() -> str:
    """Announcements are stopped."""
    return typeset(
        "Réserve électorale : aucune annonce ne part. Une personne du rôle « administration » peut y mettre fin."
    )


def nothing_to_correct() -> str:
    """Nobody is known to have it."""
    return typeset("Rien à corriger : personne ne l'a reçue, ou l'envoi date de plus de 29 jours et n'est plus connu.")


def under_way(other: int) -> str:
    """One at a time."""
    return typeset(f"Il y en a déjà une : l'annonce {other}. Terminez-la ou annulez-la d'abord. Voir /annonces.")


def still_leaving(number: int) -> str:
    """Pause it first."""
    return typeset(f"L'annonce {number} est en cours d'envoi : suspendez-la d'abord, puis lancez la correction.")


def nothing_failed() -> str:
    """Nothing can be sent again."""
    return typeset("Rien à renvoyer : aucun échec, ou des discussions fermées au robot.")


def unreadable_moment(words: str) -> str:
    """Words that are no day and hour."""
    return typeset(f"Je n'ai pas compris « {escape(shortened(words, 30))} ». Exemple : 2026-12-24 18:00, ou demain 9h.")


def no_media() -> str:
    """Something else was sent."""
    return typeset("Envoyez une image ou un document. À la console ce n'est pas possible : joignez-le dans Telegram.")


def denied() -> str:
    """Anything else that is not allowed."""
    return typeset("Cela n'est pas possible. Voir /annonces.")
