"""What the staff's console says of itself."""

from bot.texts.staff.team import ROLES
from knowledge.authors import Role


def greeting(number: int, role: Role) -> str:
    """At the start of a console that is typed at."""
    return (
        f"Console des agents. Vous êtes le membre {number}, rôle : {ROLES[role]}.\n"
        "Tapez une commande (/agent), le numéro d'un bouton, ou /fichier suivi d'un chemin. Fin : Ctrl-D."
    )


def ask_for_code() -> str:
    """Before the code is typed."""
    return "Votre code personnel (donné par /equipe) : "


def refused() -> str:
    """No such member, or not their code."""
    return (
        "Numéro de membre ou code refusé. Demandez un nouveau code avec /equipe, bouton « Mon code pour la console »."
    )


def joined(number: int, role: Role, code: str) -> str:
    """A member without a chat."""
    return (
        f"Bienvenue dans l'équipe. Vous êtes le membre {number}, rôle : {ROLES[role]}.\n"
        f"Votre code, montré une seule fois : {code}\n"
        f"Pour commencer : python -m bot staff --as {number}"
    )


def unreadable_file(path: str, error: OSError) -> str:
    """A file that cannot be opened."""
    match error:
        case FileNotFoundError():
            why = "il n'existe pas"
        case IsADirectoryError():
            why = "c'est un dossier"
        case PermissionError():
            why = "vous n'en avez pas le droit"
        case _:
            why = error.strerror or type(error).__name__
    return f"Le fichier {path} ne peut pas être lu : {why}."
