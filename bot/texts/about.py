"""Who runs the bot, where its answers come from, what becomes of what one writes. Built from the settings only."""

from bot.texts.dates import in_french
from bot.texts.markup import bold, escape, link, pack, quoted
from bot.texts.menus import operated_by
from knowledge.catalogue import Catalogue
from knowledge.measured import Measured

# Of the notice below; each subscription keeps the one that the person could read. Change it with the notice.
VERSION = "2026-11-23.2"


def about(
    catalogue: Catalogue, operator: str | None, contact: str | None, told: Measured | None, *, official: bool
) -> tuple[str, ...]:
    """Who, from what, how, and how well when it was last measured."""
    document = catalogue.document
    title = quoted(document.title)
    return pack(
        [
            bold("À propos"),
            operated_by(catalogue, operator, official=official),
            f"Contact : {escape(contact)}" if contact else "",
            f"Mes réponses viennent du bilan {title}, publié par {escape(document.publisher)} le"
            f" {in_french(document.date)}, et d'étapes publiées depuis, chacune avec sa page.",
            link("Lire le bilan", document.url) if document.url else "",
            "Je n'invente rien : chaque chiffre, date ou lieu est dans ma base. Quand je ne sais pas, je le dis.",
            "Les icônes de statut du bilan ne se lisent pas dans sa version texte : je ne donne un statut que si des"
            " mots le disent.",
            _measured(told) if told else "",
            "Je n'ai pas de lien avec la société Telegram. Vos données : /privacy.",
        ]
    )


def _measured(told: Measured) -> str:
    right = round(100 * told.right_first / told.about_one)
    refused = round(100 * told.refused / told.out_of_scope)
    return (
        f"Je peux me tromper. Le {in_french(told.day)}, sur {told.questions} questions écrites pour me mesurer, "
        f"j'ai trouvé"
        f" le bon engagement pour {right} % des questions d'habitants, et reconnu {refused} % des questions hors sujet."
    )


def privacy(operator: str | None, contact: str | None) -> tuple[str, ...]:
    """The privacy notice."""
    if operator is None:
        return pack(
            [
                bold("Confidentialité"),
                "Ceci est un essai sur cet ordinateur : rien de ce que vous écrivez n'est enregistré ni envoyé.",
            ]
        )
    return pack(
        [
            bold("Confidentialité"),
            f"Responsable : {escape(operator)}. Contact, y compris du délégué à la protection des données :"
            f" {escape(contact or operator)}.",
            "Ce que je traite : le texte de votre message, le temps de répondre ; le fil de la conversation, en mémoire"
            " vive, 30 minutes au plus, pour comprendre « et pour quand ? » ; le nombre de vos messages, une minute.",
            "Si vous ne suivez rien, je n'enregistre rien sur vous. Je compte par jour les questions, les refus et les"
            " « Ce n'est pas ça » (avec l'engagement), sans texte ni nom.",
            "Si vous touchez « Aider les agents », votre question est gardée avec le jour, sans vous, sans les données"
            " personnelles que j'y reconnais, 90 jours au plus. Si vous confirmez « Demander aux agents », elle est"
            " gardée avec le numéro chiffré de la conversation jusqu'à la réponse, 30 jours au plus.",
            "Si vous touchez « Suivre », vous acceptez que j'enregistre : le numéro de notre conversation, chiffré, la"
            " clé étant gardée à part ; ce que vous suivez, le rythme, l'heure, le silence, les pauses, les dates ; les"
            " messages que je vous envoie de moi-même et s'ils sont arrivés. Jamais votre nom, votre pseudonyme, votre"
            " photo ni vos autres questions.",
            "Combien de temps : tant que vous suivez quelque chose (/arreter). Tout est effacé 28 jours après la fin de"
            " votre dernier abonnement, ou si vous me bloquez. Les messages envoyés, 30 jours ; ensuite, des nombres"
            " seulement. Les sauvegardes, chiffrées de même, 30 jours.",
            "À tout moment : /mesdonnees vous donne tout ce que je garde sur vous, /supprimer l'efface.",
            "Les journaux techniques ne contiennent ni message, ni nom, ni identifiant de personne. Aucun suivi des"
            " ouvertures ni des liens. Aucune décision automatique à votre sujet.",
            "N'envoyez pas de données personnelles, surtout sur votre santé, vos opinions ou un dossier.",
            "Telegram transporte et conserve nos échanges, selon ses propres règles et hors de l'Union européenne."
            " Telegram en est responsable de son côté. Vous pouvez y effacer la conversation.",
            "Vos droits : accès, rectification, effacement, limitation, opposition. Écrivez au contact ci-dessus ; la"
            " réponse vient en un mois au plus. Vous pouvez aussi saisir la CNIL : www.cnil.fr.",
        ]
    )
