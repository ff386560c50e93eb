"""What is written on buttons: short, each understandable alone."""

from bot.texts.markup import NBSP, shortened

NOT_THAT = "Ce n'est pas ça"
NONE_OF_THESE = "Aucun de ceux-là"
SEE_ALSO = "Voir aussi"
SOURCE = "La source"
PUBLIC_PAGE = "Voir la page"
HISTORY = "Historique"
BACK_TO_CARD = "Revenir à la fiche"
NEXT = "Suite"
PREVIOUS = "Page précédente"
HOME = "Accueil"
WHOLE_LIST = "Voir la liste"
PRIORITIES = "Chantiers prioritaires"
STATUSES = "Statuts"
VOTES = "Délibérations"
REPORT = "Le bilan"
PLACES = "Par lieu"
THEMES = "Par thème"
TIMELINE = "Frise des délibérations et des étapes"
AS_PICTURE = "Voir en image"
OPEN_BOT = "Ouvrir dans le robot"

FOLLOW = "Suivre"
FOLLOW_AGAIN = "Suivre à nouveau"
UNFOLLOW = "Ne plus suivre"
STOP_ALL = "Tout arrêter"
PAUSE = "Suspendre les envois"
RESUME = "Reprendre les envois"
SUBSCRIPTIONS = "Mes abonnements"
SETTINGS = "Réglages"
ALL = "Tous les engagements"
WITH_STATE = "Chaque mois, redire où en est tout"
WITHOUT_STATE = "Ne plus redire où en est tout"
MY_DATA = "Mes données"
ERASE = "Effacer mes données"
CONFIRM_ERASING = "Confirmer l'effacement"
CANCEL = "Annuler"

_LONGEST = 60


def title(text: str) -> str:
    """A commitment's title, short enough for a button."""
    return shortened(text, _LONGEST)


def see_also(text: str) -> str:
    """A related commitment."""
    return f"{SEE_ALSO}{NBSP}: {shortened(text, _LONGEST - 12)}"


def orientation(number: str, text: str | None = None) -> str:
    """An orientation by its number, with its title where there is room."""
    return shortened(f"Orientation {number}{NBSP}: {text}", _LONGEST) if text else f"Orientation {number}"


def page(number: int) -> str:
    """One page of a list."""
    return f"Page {number}"


def counted(text: str, count: int) -> str:
    """A filter and how many it reaches."""
    return f"{shortened(text, _LONGEST)} ({count})"


def follow(recent: int) -> str:
    """Follow; with what the last six months would have told."""
    told = "aucun changement" if recent == 0 else f"{recent} changement{'s' if recent > 1 else ''}"
    return f"{FOLLOW} ({told} en 6 mois)"


def follow_rank(rank: int) -> str:
    """Follow the commitment of this line."""
    return f"{FOLLOW} n° {rank}"


def quiet(key: str) -> str:
    """A choice of quiet hours."""
    return {
        "nuit": "Silence de 20 h à 8 h",
        "dimanche": "Silence de 20 h à 8 h et le dimanche",
        "aucun": "Aucun silence",
    }[key]


def subscription(name: str, rhythm: str) -> str:
    """A subscription, short enough for a button."""
    return f"{shortened(name, _LONGEST - len(rhythm) - 3)} – {rhythm}"
