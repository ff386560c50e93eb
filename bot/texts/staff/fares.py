"""How the bot fares, for staff."""

from datetime import datetime

from bot.texts.dates import in_french
from bot.texts.markup import escape

_STOPS = {
    401: "le jeton du robot a été refusé",
    404: "Telegram ne connaît pas ce robot",
    409: "un autre programme servait le même robot",
}


def stopped(code: int, at: datetime) -> str:
    """Telegram stopped the program."""
    why = _STOPS.get(code, "raison inconnue")
    return f"Dernier arrêt par Telegram : {_when(at)}, erreur {code} ({why})."


def held(ref: str, since: datetime) -> str:
    """A delivery that is paused because its text was refused."""
    return f"Envoi suspendu depuis le {_when(since)} : {escape(ref)}. Telegram en a refusé le texte."


def queue(waiting: int, uncertain: int) -> str:
    """What is to be sent, and what may or may not have been."""
    one = "1 message attend" if waiting == 1 else f"{waiting} messages attendent" if waiting else "rien n'attend"
    if not uncertain:
        return f"Envois : {one}, aucun incertain." if waiting else f"Envois : {one}."
    doubt = "1 est incertain" if uncertain == 1 else f"{uncertain} sont incertains"
    return f"Envois : {one} ; {doubt} sur 30 jours (peut-être reçus, jamais répétés)."


def _when(at: datetime) -> str:
    return f"{in_french(at.date().isoformat())} à {at:%H:%M}"
