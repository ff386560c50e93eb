"""What the preview says by itself; the words of its page stand in the page."""

RESIDENT = "habite la métropole"
SUBSCRIBER = "suit déjà deux sujets"
EDITOR = "équipe : propose"
APPROVER = "équipe : approuve"
ADMIN = "équipe : administre"

OPERATOR = "vous-même, pour un essai sur votre ordinateur"
CONTACT = "aucun, c'est un essai"


def invented_vote() -> str:
    """The label of a vote that never was; it must be known as such wherever it is shown."""
    return "délibération inventée pour l'essai"
