"""Start, help, courtesies."""

from bot.texts.dates import in_french
from bot.texts.markup import bold, escape, pack
from bot.texts.refusals import EXAMPLES
from knowledge.catalogue import Catalogue
from knowledge.matching.meaning import Menu

_COMMANDS = (
    ("/orientations", "les grands thèmes"),
    ("/chantiers", "les chantiers prioritaires"),
    ("/statuts", "les engagements par statut"),
    ("/deliberations", "les votes, par date"),
    ("/bilan", "les chiffres du bilan"),
    ("/chercher", "suivi de vos mots : les engagements les plus proches"),
    ("/suivre", "être prévenu quand un engagement change"),
    ("/abonnements", "ce que vous suivez"),
    ("/pause", "ne plus rien recevoir pour un temps, puis /reprendre"),
    ("/arreter", "ne plus suivre"),
    ("/settings", "heures d'envoi et silence (aussi : /reglages)"),
    ("/privacy", "vos données (aussi : /confidentialite)"),
    ("/mesdonnees", "tout ce que je garde sur vous, puis /supprimer pour l'effacer"),
    ("/apropos", "qui me fait fonctionner, d'où viennent mes réponses"),
    ("/aide", "ce message (aussi : /help)"),
)


def start(catalogue: Catalogue, operator: str | None, *, official: bool) -> tuple[str, ...]:
    """The first message; its first line says that it is a machine."""
    return pack(
        [
            f"Je suis un robot.\nJe dis où en sont les {_scope(catalogue)}.",
            operated_by(catalogue, operator, official=official),
            f"Écrivez votre question avec vos mots. Par exemple :\n{_examples()}",
            "Pour être prévenu quand un engagement change : touchez « Suivre » sur sa fiche, ou tapez /suivre.",
            "N'envoyez pas de données personnelles. Je ne garde pas vos messages sans votre accord : /privacy."
            " Aide : /aide.",
        ]
    )


def operated_by(catalogue: Catalogue, operator: str | None, *, official: bool) -> str:
    """Who runs the bot, and whether it is an official service."""
    if operator is None:
        return "Essai sur cet ordinateur : aucun exploitant n'est indiqué. Ce n'est pas un service officiel."
    if official:
        return f"Qui me fait fonctionner : {bold(operator)}."
    publisher = escape(catalogue.document.publisher)
    return f"Qui me fait fonctionner : {bold(operator)}. Ce n'est pas un service officiel de {publisher}."


def help_(catalogue: Catalogue) -> tuple[str, ...]:
    """What one can do."""
    return pack(
        [
            f"Je suis un robot. Posez-moi une question sur l'un des {_scope(catalogue)}. Par exemple :\n{_examples()}",
            "Vous pouvez ensuite demander : « et la délibération ? », « c'est pour quand ? », « le deuxième ».",
            "Vous pouvez aussi parcourir :\n" + "\n".join(f"{name} – {what}" for name, what in _COMMANDS),
            "Les boutons se touchent, ou leur numéro se tape.",
        ]
    )


def courtesy(kind: Menu | None, catalogue: Catalogue) -> tuple[str, ...]:
    """The answer to a greeting, thanks, goodbye; help for the rest."""
    if kind is Menu.HELLO:
        return pack(
            [
                f"Bonjour ! Je suis un robot. Je dis où en sont les {_scope(catalogue)}.",
                f"Posez-moi votre question. Par exemple :\n{_examples()}",
            ]
        )
    if kind is Menu.THANKS:
        return pack(["Avec plaisir. Avez-vous une autre question sur les engagements ?"])
    if kind is Menu.GOODBYE:
        return pack(["Au revoir, et merci de votre intérêt. Vous pouvez revenir quand vous voulez."])
    return help_(catalogue)


def _scope(catalogue: Catalogue) -> str:
    document = catalogue.document
    return (
        f"{len(catalogue.commitments)} engagements de {escape(document.publisher)} après sa Convention citoyenne,"
        f" d'après le bilan du {in_french(document.date)} et les étapes publiées depuis"
    )


def _examples() -> str:
    return "\n".join(f"– {example}" for example in EXAMPLES)
