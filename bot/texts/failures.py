"""When something goes wrong: what happened, and what to do next."""

from bot.texts.markup import escape, shortened, typeset


def unknown_commitment(commitment_id: str) -> str:
    """An id that stands for nothing."""
    name = escape(shortened(commitment_id, 20))
    return typeset(f"Aucun engagement {name}. Essayez /chercher suivi de quelques mots.")


def stale_button() -> str:
    """A button that no longer leads anywhere; short enough for a toast."""
    return typeset("Ce bouton n'est plus valable. Posez votre question, ou tapez /start.")


def busy(reference: str) -> str:
    """The base is held by another program."""
    return typeset(f"La base est occupée. Essayez encore dans un instant. (Référence : {reference})")


def base_unavailable(reference: str) -> str:
    """The base cannot be read."""
    return typeset(f"La base n'est pas disponible pour le moment. Essayez plus tard. (Référence : {reference})")


def unexpected(reference: str) -> str:
    """Anything else."""
    return typeset(
        "Désolé, une erreur m'empêche de répondre. Essayez encore ; si cela continue,"
        f" donnez cette référence à l'exploitant : {reference}."
    )


def no_such_link() -> str:
    """A link to the bot that leads nowhere."""
    return typeset("Ce lien ne mène à aucun engagement. Voici l'accueil.")


def unknown_command(command: str) -> str:
    """A command that does not exist."""
    name = escape(shortened(command, 30))
    return typeset(f"Je ne connais pas la commande /{name}. Tapez /aide pour voir ce que je sais faire.")


def needs_no_words(command: str) -> str:
    """Words after a command that takes none."""
    return typeset(
        f"La commande /{escape(command)} s'emploie seule. Pour chercher des mots : /chercher suivi de vos mots."
    )


def unknown_words(command: str, words: str) -> str:
    """Words after a command, that it does not know."""
    name = escape(shortened(words, 30))
    return typeset(f"« {name} » ne dit rien à la commande /{command}. Tapez /{command} seule pour voir les choix.")


def text_only() -> str:
    """A photo, a voice message, a sticker, a place, a file, a contact."""
    return typeset(
        "Merci, mais je ne lis que le texte. Écrivez votre question avec vos mots, par exemple :"
        " « Où en est le plan Pleine terre ? »\nN'envoyez pas de photo ni de document personnels : je ne les ouvre pas."
    )


def too_fast() -> str:
    """More messages in a minute than can be read; short enough for a toast."""
    return typeset("Vous écrivez plus vite que je ne peux lire. Faites une pause d'une minute, puis réessayez.")


def administrators_only() -> str:
    """A group's settings are touched by one of its members; short enough for a toast."""
    return typeset(
        "Dans un groupe, seuls ses administrateurs peuvent suivre, arrêter ou effacer. Écrivez-moi en privé pour vous."
    )
