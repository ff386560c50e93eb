"""Settings: the hour, the quiet hours, the rhythm of each subscription."""

from bot.texts.markup import bold, escape, pack, typeset


def settings(hour: int, quiet: str, pause: str, count: int) -> tuple[str, ...]:
    """What is set now, and how to change it."""
    plural = "s" if count > 1 else ""
    return pack(
        [
            bold("Vos réglages"),
            f"Heure d'envoi des résumés : {hour} h.\nSilence : {quiet}.\nAbonnement{plural} : {count} (/abonnements).",
            pause,
            "Pendant le silence, je n'écris pas : ce qui arrive attend la fin du silence.",
            "Touchez un bouton, ou tapez par exemple : /reglages heure 18, /reglages silence 22:00-07:00,dimanche,"
            " /reglages silence aucun, /reglages p07 jour.",
            "Le rythme et les conditions se règlent pour chaque abonnement : /abonnements.",
        ]
    )


def no_settings_yet() -> tuple[str, ...]:
    """Nobody follows anything here."""
    return pack(
        [
            "Il n'y a rien à régler pour l'instant : vous ne suivez rien et je n'enregistre rien sur vous.",
            "Pour suivre un engagement : /suivre. Je garde en mémoire le fil de la conversation pendant 30 minutes,"
            " puis je l'oublie. Détails : /privacy.",
        ]
    )


def noted(hour: int, quiet: str) -> str:
    """The new hour or quiet hours."""
    return typeset(
        f"C'est noté. Vos résumés partent à {hour} h. Silence : {quiet}.\n\nUn résumé qui tomberait pendant le silence"
        " part à sa fin."
    )


def unknown_setting(words: str) -> str:
    """Something that cannot be set."""
    return typeset(
        f"« {escape(words)} » n'est pas un réglage que je connais. Par exemple : /reglages heure 18, /reglages silence"
        " 22:00-07:00,dimanche, /reglages p07 jour."
    )
