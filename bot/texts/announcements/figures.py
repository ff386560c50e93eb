"""How an announcement fares, in figures that sum to its audience."""

from bot.texts.announcements.pages import STATES, name, reason
from bot.texts.markup import NBSP, bold, escape, typeset
from scheduler.announcements.figures import Progress
from scheduler.announcements.records import Announcement, Purpose
from scheduler.announcements.states import State
from scheduler.delivery import GIVEN_UP
from scheduler.outbox import State as Delivered

_ERRORS = {
    "blocked": "robot bloqué",
    "deactivated": "compte supprimé",
    "kicked": "robot exclu du groupe",
    "not_found": "discussion introuvable",
    "message_gone": "message supprimé par la personne",
    "no_media": "groupe où ni image ni fichier ne sont admis",
    "interrupted": "robot interrompu pendant l'envoi",
    "restored": "peut-être parti avant la remise en place d'une sauvegarde",
    "shutdown": "robot arrêté pendant l'envoi",
    "stopped": "tout arrêté entre-temps",
    "paused": "mis en pause entre-temps",
    "staff": "annulé par l'équipe",
    "erased": "effacé à sa demande",
}
_MOST_ERRORS = 8


def progress(found: Announcement, seen: Progress) -> str:
    """The message that is edited while it leaves."""
    lines = [bold(f"{name(found)} : {STATES[found.state]}"), *_figures(seen)]
    if found.state is State.RUNNING and seen.rate:
        lines.append(f"Rythme : {_decimal(seen.rate)} par seconde{_left(seen)}.")
    if found.state is State.PAUSED:
        lines.append(f"Raison : {escape(reason(found))}.")
    return typeset("\n".join(lines))


def report(found: Announcement, seen: Progress) -> str:
    """How it ended."""
    lines = [bold(f"Bilan – {name(found)} : {STATES[found.state]}"), *_figures(seen), *_kinds(seen)]
    if found.purpose is Purpose.CORRECTION and found.state is State.DONE:
        lines.append("Vous pouvez écrire un mot aux personnes dont le message a changé, une seule fois.")
    if seen.states[Delivered.UNCERTAIN]:
        lines.append("Incertain : peut-être reçu, jamais renvoyé.")
    return typeset("\n".join(lines))


def _figures(seen: Progress) -> list[str]:
    waiting = seen.states[Delivered.PENDING] + seen.states[Delivered.SENDING]
    later = f" (dont {_number(seen.later)} plus tard, en heures calmes)" if seen.later else ""
    rows = [
        ("Envoyés", seen.states[Delivered.SENT], ""),
        ("En attente", waiting, later),
        ("Incertains", seen.states[Delivered.UNCERTAIN], ""),
        ("Échecs", seen.states[Delivered.FAILED], ""),
        ("Retirés", seen.states[Delivered.CANCELLED], ""),
        ("Effacés", seen.forgotten, ""),
    ]
    shown = [row for row in rows if row[1] or row[0] in ("Envoyés", "En attente", "Incertains", "Échecs")]
    return [
        *(f"{label} : {_number(count)}{more}" for label, count, more in shown),
        f"Total : {_number(seen.audience)}",
    ]


def _kinds(seen: Progress) -> list[str]:
    each = [*seen.errors.items(), *seen.dropped.items()][:_MOST_ERRORS]
    return [f"– {_error(error)} : {_number(count)}" for error, count in each]


def _error(error: str) -> str:
    if error.startswith(GIVEN_UP):
        return "Telegram demandait d'attendre, trop longtemps"
    return _ERRORS.get(error) or escape(error)


def _left(seen: Progress) -> str:
    if not seen.seconds_left:
        return ""
    minutes, seconds = divmod(round(seen.seconds_left), 60)
    return f", encore {minutes} min {seconds:02d} s" if minutes else f", encore {seconds} s"


def _number(count: int) -> str:
    return f"{count:,}".replace(",", NBSP)


def _decimal(rate: float) -> str:
    return f"{rate:.1f}".replace(".", ",")
