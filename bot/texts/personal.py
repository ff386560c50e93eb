"""What is held about a person: shown, given, erased."""

from bot.texts.markup import bold, pack, typeset

_OF_TEAM = (
    "Vous restez membre de l'équipe : votre rôle et votre numéro chiffré sont gardés pour cela. Pour partir, demandez"
    " à une personne qui administre l'équipe de vous retirer avec /equipe."
)


def my_data(*, held: bool) -> str:
    """Comes with the file."""
    if not held:
        return typeset("Je ne garde rien sur vous. Le fichier le dit aussi.")
    return typeset(
        "Voici, dans ce fichier, tout ce que je garde sur vous. Pour l'effacer : /supprimer. Vos droits : /privacy."
    )


def ask_to_erase(count: int, asked: int) -> tuple[str, ...]:
    """The one question before everything is erased.

    Args:
        count: Subscriptions.
        asked: Questions sent to staff that wait for an answer.
    """
    what = {0: "Vos réglages", 1: "Votre abonnement et vos réglages"}.get(count, f"Vos {count} abonnements et réglages")
    return pack(
        [
            bold("Effacer tout ce que je garde sur vous ?"),
            f"{what} seront effacés tout de suite, sans retour possible.",
            *(["Ce que vous avez demandé aux agents aussi : vous n'aurez pas leur réponse."] if asked else []),
            "Les sauvegardes, où vous n'êtes pas lisible sans la clé, disparaissent en 30 jours ; si l'une d'elles"
            " sert avant, votre effacement y est refait.",
        ]
    )


def erased(*, of_team: bool) -> str:
    """Done."""
    if of_team:
        return typeset(f"C'est effacé : de ce que vous suiviez, je ne garde plus rien. {_OF_TEAM}")
    return typeset(
        "C'est effacé : je ne garde plus rien sur vous. Vous pouvez aussi effacer cette conversation dans Telegram."
    )


def nothing_to_erase(*, of_team: bool) -> str:
    """Nobody is known here."""
    if of_team:
        return typeset(f"Vous ne suivez rien : il n'y a rien à effacer de ce côté. {_OF_TEAM}")
    return typeset("Je ne garde rien sur vous : il n'y a rien à effacer.")


def not_erased() -> str:
    """The person went back on it."""
    return typeset("Rien n'a été effacé.")
