"""Why an update of staff's cannot be recorded or taken back; each short enough for a toast (200 characters)."""

from bot.texts.dates import in_french
from bot.texts.markup import escape, shortened, typeset


def stale_draft() -> str:
    """Pressed twice, or on an older message."""
    return typeset(
        "Déjà enregistré, annulé, ou changé depuis : ce bouton ne fait plus rien. Tapez /statut pour reprendre."
    )


def proof_missing() -> str:
    """A commitment is said to be done, and nothing shows it."""
    return typeset(
        "Pour « réalisé », il faut une preuve. Écrivez l'adresse d'une page (https://…) ou le nom d'un document."
    )


def future_date(day: str) -> str:
    """What has happened cannot be to come."""
    return typeset(f"La date « {in_french(day)} » est dans le futur. Donnez celle d'un fait passé, ou d'aujourd'hui.")


def no_address(address: str) -> str:
    """Not a page one can open."""
    return typeset(
        f"« {escape(shortened(address, 60))} » n'est pas une adresse. Une seule, qui commence par https:// ou http://"
    )


def too_long(length: int, most: int) -> str:
    """More than a card can show."""
    return typeset(f"C'est trop long : {length} caractères, pour {most} au plus. Raccourcissez, puis renvoyez.")


def unreadable_day(words: str) -> str:
    """Not a day."""
    return typeset(
        f"« {escape(shortened(words, 30))} » n'est pas une date qui existe. Par exemple : 2026-03-12, 12/03/2026,"
        " mars 2026, 2026."
    )


def unknown_status(word: str) -> str:
    """Not one of the three."""
    return typeset(f"« {escape(shortened(word, 30))} » n'est pas un statut. Choix : a_ouvrir, en_cours, realise.")


def already_undone() -> str:
    """Somebody was quicker."""
    return typeset("Cette mise à jour est déjà annulée.")


def built_upon() -> str:
    """Something came after it."""
    return typeset(
        "Impossible d'annuler : ce point a changé à nouveau depuis. Annulez d'abord le plus récent, ou corrigez."
    )


def too_late(hours: int) -> str:
    """The day is over."""
    return typeset(f"Plus de {hours} heures ont passé : on n'annule plus. Corrigez par une nouvelle mise à jour.")


def unknown_change() -> str:
    """A button that was forged, or of a base put back."""
    return typeset("Je ne trouve pas cette mise à jour. Tapez /statut pour en faire une.")
