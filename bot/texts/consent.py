"""What becomes of a question that found no answer, when a person lets it be kept or sends it to staff."""

from bot.texts.markup import NBSP, escape, pack, quoted, typeset

KEEP = f"Aider les agents{NBSP}: garder ma question, sans mon nom"
KEEP_NOT = "Ne pas garder ma question"
SEND = "Demander aux agents"
CONFIRM_SENDING = "Confirmer l'envoi"
CANCEL = "Annuler"
WITHDRAW = "Retirer ma question"

# Of what is told below, before a question is sent; change it with the words.
VERSION = "2026-11-23"


def kept(words: str) -> tuple[str, ...]:
    """It is kept: what exactly, for how long."""
    return pack(
        [
            f"Merci. Est gardé, avec le jour et sans rien qui mène à vous : {quoted(words)}",
            "Les agents le liront pour compléter mes réponses. Effacé dès que c'est traité, dans 90 jours au plus.",
        ]
    )


def kept_already() -> str:
    """A second tap."""
    return typeset("C'est déjà fait : cette question est gardée, sans votre nom.")


def not_kept() -> str:
    """The person went back on it."""
    return typeset("Votre question est effacée : rien n'en est gardé.")


def nothing_to_keep() -> str:
    """Without its personal data there is nothing left."""
    return typeset(
        "Rien n'a été gardé : sans les données personnelles, il ne reste rien de votre question."
        " Posez-la avec le sujet seul."
    )


def forgotten() -> str:
    """More than thirty minutes ago, or another question came since."""
    return typeset(
        "Cette question n'est plus en mémoire : je ne les retiens que 30 minutes, une à la fois."
        " Posez-la encore, puis touchez le bouton."
    )


def in_private() -> str:
    """Only the person may agree, and only alone."""
    return typeset("Cela ne se fait qu'en privé. Écrivez-moi directement, hors du groupe.")


def ask_to_send(words: str) -> tuple[str, ...]:
    """Before it is sent: what staff will read, what is kept, for how long."""
    return pack(
        [
            f"Les agents liront : {quoted(words)}",
            "J'enregistre ce texte avec le numéro chiffré de notre conversation, pour vous répondre ici. Les agents ne"
            " voient ni ce numéro ni votre nom.",
            "Ce lien est effacé dès que la réponse part, dans 30 jours au plus. Êtes-vous d'accord ?",
        ]
    )


def sent() -> str:
    """It is with staff."""
    return typeset(
        "Votre question est chez les agents. La réponse viendra ici. Sans réponse dans 30 jours, elle sera effacée."
        " Pour voir ce qui est gardé : /mesdonnees."
    )


def not_sent() -> str:
    """The person went back on it."""
    return typeset("Rien n'a été envoyé ni gardé.")


def withdrawn() -> str:
    """Taken back."""
    return typeset("Votre question est retirée : les agents ne la voient plus, rien n'en est gardé.")


def not_to_withdraw() -> str:
    """Answered, over, or taken back already."""
    return typeset("Cette question n'est plus chez les agents : elle a reçu sa réponse, ou elle est effacée.")


def too_many(most: int) -> str:
    """As many as one may."""
    return typeset(f"Vous avez déjà {most} questions chez les agents. Attendez une réponse, ou retirez-en une.")


def answer(question: str, said: str) -> str:
    """What comes back; ``said`` is a member's words, in the messenger's HTML."""
    return (
        typeset(f"Vous avez demandé aux agents : {quoted(question)}\n\nLeur réponse :")
        + f"\n\n{said}\n\n"
        + typeset(escape("Le lien entre cette question et vous est maintenant effacé."))
    )
