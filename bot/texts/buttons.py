"""What is written on buttons: short, each understandable alone."""

from bot.texts.markup import NBSP, shortened

NOT_THAT = "Ce n'est pas ça"
NONE_OF_THESE = "Aucun de ceux-là"
SEE_ALSO = "Voir aussi"
SOURCE = "La source"
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
OPEN_BOT = "Ouvrir dans le robot"

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
