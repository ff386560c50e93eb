"""Announcements as staff see them: their page, the list, what is asked for."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from bot.texts.dates import in_french
from bot.texts.markup import bold, escape, pack, plain, quoted, shortened, typeset, units
from scheduler.announcements.audiences import Counted
from scheduler.announcements.lapsing import APPROVED_FOR
from scheduler.announcements.records import Announcement, Purpose
from scheduler.announcements.states import State
from scheduler.facts import Audience, AudienceKind
from scheduler.ports import MediaKind

TEST = "Tester sur moi"
SUBMIT = "Soumettre à validation"
APPROVE = "Approuver"
REFUSE = "Refuser"
LAUNCH = "Lancer l'envoi"
PAUSE = "Suspendre"
RESUME = "Reprendre l'envoi"
RESEND = "Renvoyer aux échecs"
CORRECT = "Corriger le texte"
CORRECT_SENT = "Corriger chez tout le monde"
ADD_NOTE = "Écrire un mot de correction"
CANCEL = "Annuler l'annonce"
AUDIENCE = "À qui"
HOUR = "Quand"
MEDIA = "Image ou document"
WITHOUT_MEDIA = "Sans image ni document"
AT_LAUNCH = "Dès le lancement"
LIST = "Toutes les annonces"
NEW = "Écrire une annonce"
OPEN = "Voir l'annonce"
EVERYBODY = "Toutes les personnes abonnées"
ONE_COMMITMENT = "Celles qui suivent un engagement"
STAFF_ONLY = "L'équipe seulement (essai)"
RESERVE_ON = "Réserve électorale : arrêter les annonces"
RESERVE_OFF = "Fin de la réserve électorale"
CONFIRM_LAUNCH = "Confirmer l'envoi"
CONFIRM_CANCEL = "Confirmer l'annulation"
CONFIRM_RESERVE = "Confirmer la réserve"
ANNOUNCEMENTS = "Les annonces"

STATES = {
    State.DRAFT: "brouillon",
    State.SUBMITTED: "attend une validation",
    State.REFUSED: "refusée",
    State.APPROVED: "validée, à lancer",
    State.SCHEDULED: "validée et programmée",
    State.EXPIRED: "validation expirée",
    State.RUNNING: "en cours d'envoi",
    State.PAUSED: "suspendue",
    State.CANCELLED: "annulée",
    State.DONE: "envoyée",
}
_NAMES = {Purpose.MESSAGE: "Annonce", Purpose.CORRECTION: "Correction", Purpose.NOTE: "Mot de correction"}
REASONS = {
    "staff": "demandé par l'équipe",
    "reserve": "réserve électorale",
    "Reserve": "réserve électorale",
    "faults": "plus de 5 % d'échecs",
    "expired": "la validation ne vaut que 72 heures",
    "restored": "sauvegarde remise en place ; vérifiez qu'elle n'est pas déjà partie",
    "role": "une des deux personnes n'a plus le rôle qu'il faut",
    "PastTime": "l'heure prévue est passée de plus d'une heure",
    "Nobody": "il n'y a personne à qui l'envoyer",
}
_LONGEST_LABEL = 45
_LONGEST_EXCERPT = 300
_LONGEST_IN_NOTICE = 3000


def name(found: Announcement) -> str:
    """« Annonce 12 », « Correction 13 de l'annonce 12 »."""
    return f"{_NAMES[found.purpose]} {found.id}{f' (du message {found.of})' if found.of else ''}"


def label(found: Announcement) -> str:
    """One announcement, short enough for a button."""
    return shortened(f"{name(found)} – {STATES[found.state]} – {_line(found)}", _LONGEST_LABEL)


def page(found: Announcement, counted: Counted | None, todo: str, timezone: tzinfo) -> str:
    """Everything about one, above what may be done with it."""
    lines = [
        bold(f"{name(found)} : {STATES[found.state]}"),
        f"À : {audience(found.audience)}{how_many(counted)}.",
        f"Quand : {_when(found, timezone)}.",
        *([f"Avec {_media(found)}."] if found.media else []),
        f"Texte : {quoted(_excerpt(found))}",
        *([f"Raison : {escape(reason(found))}."] if found.reason else []),
        *_people(found, timezone),
        bold(todo),
    ]
    return typeset("\n".join(lines))


_DECIDE, _WAIT = "« Approuver » ou « Refuser »", "une autre personne doit l'approuver ou la refuser"


def todo(found: Announcement, *, tested: bool, may_decide: bool) -> str:
    """The one thing to do next, for whoever looks at it."""
    match found.state:
        case State.DRAFT | State.EXPIRED if not tested:
            return "À faire : « Tester sur moi », puis relire le message reçu."
        case State.DRAFT | State.EXPIRED:
            return "À faire : « Soumettre à validation »."
        case State.SUBMITTED:
            return f"À faire : {_DECIDE if may_decide else _WAIT}."
        case State.REFUSED:
            return "À faire : « Corriger le texte », puis tester et soumettre de nouveau."
        case State.APPROVED:
            return "À faire : « Lancer l'envoi »."
        case State.SCHEDULED:
            return "Rien à faire : elle partira seule à l'heure prévue."
        case State.RUNNING:
            return "Rien à faire : l'envoi est en cours."
        case State.PAUSED:
            return "À faire : reprendre l'envoi, le corriger, ou l'annuler."
        case State.CANCELLED | State.DONE:
            return "Terminé."


def audience(whom: Audience) -> str:
    """Whom it is for."""
    match whom.kind:
        case AudienceKind.ALL:
            return "toutes les personnes abonnées"
        case AudienceKind.ORIENTATION:
            return f"les personnes qui suivent l'orientation {whom.name.removeprefix('o')} ou un de ses engagements"
        case AudienceKind.COMMITMENT:
            return f"les personnes qui suivent l'engagement {whom.name}"
        case AudienceKind.STAFF:
            return "l'équipe seulement"
        case AudienceKind.RECIPIENTS:
            return "les personnes qui ont reçu le message"


def reason(found: Announcement) -> str:
    """Why it was refused, or stopped by itself."""
    known = REASONS.get(found.reason or "")
    if known is None and found.state is State.PAUSED:
        return f"Telegram refuse le message ({found.reason})"
    return known or found.reason or ""


def listed(each: Iterable[Announcement], *, reserve: bool) -> tuple[str, ...]:
    """The latest announcements."""
    lines = [f"– {name(found)} : {STATES[found.state]}. {escape(_line(found))}" for found in each]
    stopped = bold("Réserve électorale : aucune annonce ne part. Les faits et les bilans continuent.")
    return pack(
        [bold(ANNOUNCEMENTS), *([stopped] if reserve else []), "\n".join(lines) or "Aucune annonce pour l'instant."]
    )


def when(moment: datetime, timezone: tzinfo | None = None) -> str:
    """A moment, local; as it is without a zone."""
    local = moment.astimezone(timezone) if timezone else moment
    return f"le {in_french(local.date().isoformat())} à {local:%H:%M}"


def done(found: Announcement) -> str:
    """What an act led to, in one line."""
    return bold(f"{name(found)} : {STATES[found.state]}.")


def submitted_notice(found: Announcement) -> str:
    """To those who may approve it."""
    head = typeset(
        f"{bold(f'{name(found)} : validation demandée')}\nPar le membre {found.submitted_by}."
        f" À : {audience(found.audience)}."
    )
    return f"{head}\n\n{found.html if is_whole(found) else quoted(_excerpt(found))}"


def is_whole(found: Announcement) -> bool:
    """Whether the notice shows all of the message: it carries nothing, and is not too long."""
    return found.media is None and units(found.html) <= _LONGEST_IN_NOTICE


def waiting(count: int) -> str:
    """A line of the staff's first page."""
    return "1 annonce attend votre validation" if count == 1 else f"{count} annonces attendent votre validation"


def how_many(counted: Counted | None) -> str:
    """How many it reaches, and whom it leaves out and why."""
    if counted is None:
        return ""
    left = [
        f"{counted.paused} en pause" if counted.paused else "",
        f"{counted.blocked} qui ont bloqué le robot" if counted.blocked else "",
    ]
    out = ", ".join(each for each in left if each)
    later = f" ; {counted.later} en heures calmes la recevront à leur fin" if counted.later else ""
    return f" ({persons(counted.reached)}{f' ; pas {out}' if out else ''}{later})"


def persons(count: int) -> str:
    """« 12 personnes »."""
    return f"{count} personne{'s' if count > 1 else ''}"


def _when(found: Announcement, timezone: tzinfo) -> str:
    if found.started_at is not None:
        return f"partie {when(found.started_at, timezone)}"
    return when(found.starts_at, timezone) if found.starts_at else "dès que quelqu'un la lance"


def _media(found: Announcement) -> str:
    if found.media is None or found.media.kind is MediaKind.PHOTO:
        return "une image"
    return f"le document {quoted(found.media.name)}" if found.media.name else "un document"


def _people(found: Announcement, timezone: tzinfo) -> list[str]:
    lines = [f"Soumise par le membre {found.submitted_by}."] if found.submitted_by else []
    if found.approved_by and found.approved_at:
        until = when(found.approved_at + APPROVED_FOR, timezone)
        good = f", valable jusqu'au {until.removeprefix('le ')}" if found.started_at is None else ""
        lines.append(f"Validée par le membre {found.approved_by}{good}.")
    return lines


def _line(found: Announcement) -> str:
    return shortened(" ".join(plain(found.html).split()), 80)


def _excerpt(found: Announcement) -> str:
    return shortened(" ".join(plain(found.html).split()), _LONGEST_EXCERPT)
