"""What Telegram shows of the bot: its commands and its descriptions."""

from knowledge.authors import Role

COMMANDS = (
    ("start", "Accueil"),
    ("chercher", "Chercher un engagement : /chercher suivi de vos mots"),
    ("orientations", "Parcourir les orientations"),
    ("chantiers", "Parcourir les chantiers prioritaires"),
    ("statuts", "Parcourir par statut"),
    ("deliberations", "Parcourir les votes, par date"),
    ("bilan", "Les chiffres du bilan"),
    ("suivre", "Être prévenu quand un engagement change"),
    ("abonnements", "Ce que vous suivez"),
    ("pause", "Ne rien recevoir pour un temps"),
    ("reprendre", "Finir la pause"),
    ("arreter", "Ne plus suivre"),
    ("help", "Aide"),
    ("settings", "Réglages"),
    ("privacy", "Confidentialité : ce que deviennent vos messages"),
    ("mesdonnees", "Tout ce qui est gardé sur vous, en un fichier"),
    ("supprimer", "Effacer tout ce qui est gardé sur vous"),
    ("apropos", "Qui fait fonctionner ce robot"),
)
GROUP_COMMANDS = tuple(
    (name, what) for name, what in COMMANDS if name in ("chercher", "bilan", "orientations", "help", "privacy")
)
_STAFF = (
    (Role.READER, "agent", "Espace des agents : ce qui attend"),
    (Role.EDITOR, "statut", "Mettre à jour un statut"),
    (Role.EDITOR, "deliberation", "Ajouter une délibération"),
    (Role.EDITOR, "verifier", "Confirmer que rien n'a changé"),
    (Role.EDITOR, "annonce", "Écrire une annonce"),
    (Role.READER, "annonces", "Les annonces"),
    (Role.READER, "questions", "Les questions restées sans réponse"),
    (Role.READER, "journal", "Tout ce que l'équipe a fait"),
    (Role.READER, "equipe", "L'équipe, les invitations, votre code"),
)
SHORT_DESCRIPTION = "Robot : où en sont les engagements pris après la Convention citoyenne de Nantes ?"


def staff_commands(role: Role) -> tuple[tuple[str, str], ...]:
    """What a member's own menu adds."""
    return tuple((name, what) for needed, name, what in _STAFF if role.may(needed))


def description(operator: str) -> str:
    """Shown before the first message; at most 512 characters."""
    return (
        "Je suis un robot. Posez-moi une question, avec vos mots, sur les engagements de Nantes Métropole après sa"
        " Convention citoyenne : statut, dates, votes, source."
        f" Qui me fait fonctionner : {operator[:200]}. N'envoyez pas de données personnelles."
    )
