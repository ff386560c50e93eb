"""What is held about a person: shown, given, erased."""

from bot.texts.markup import bold, pack, typeset


def my_data(*, held: bool) -> str:
    """Comes with the file."""
    if not held:
        return typeset("Je ne garde rien sur vous. Le fichier le dit aussi.")
    return typeset(
        "Voici, dans ce fichier, tout ce que je garde sur vous. Pour l'effacer : /supprimer. Vos droits : /privacy."
    )


def ask_to_erase(count: int) -> tuple[str, ...]:
    """The one question before everything is erased."""
    what = {0: "Vos réglages", 1: "Votre abonnement et vos réglages"}.get(count, f"Vos {count} abonnements et réglages")
    return pack(
        [
            bold("Effacer tout ce que je garde sur vous ?"),
            f"{what} seront effacés tout de suite, sans retour possible.",
            "Les sauvegardes, où vous n'êtes pas lisible sans la clé, disparaissent en 30 jours ; si l'une d'elles"
            " sert avant, votre effacement y est refait.",
        ]
    )


def erased() -> str:
    """Done."""
    return typeset(
        "C'est effacé : je ne garde plus rien sur vous. Vous pouvez aussi effacer cette conversation dans Telegram."
    )


def nothing_to_erase() -> str:
    """Nobody is known here."""
    return typeset("Je ne garde rien sur vous : il n'y a rien à effacer.")


def not_erased() -> str:
    """The person went back on it."""
    return typeset("Rien n'a été effacé.")
