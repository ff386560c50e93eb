"""A change file on its way: sent, looked at, confirmed; the words for what it changes are in ``importing``."""

from collections.abc import Sequence

from bot.texts.markup import LIMIT, bold, escape, plain, shortened, typeset, units
from bot.texts.staff import importing
from knowledge.importing.faults import Fault
from knowledge.importing.gate import Reason

CONFIRM = "Confirmer"
CANCEL = "Annuler"
REFUSE = "Refuser"
UNDO = "Annuler l'import (24 h)"
IMPORT = "Envoyer un fichier"
LOOK = "Voir l'import"
ALL = "differences.txt"
FAULTS = "erreurs.txt"

_MOST_LINES = 30
_MOST_NAME = 80
_ROOM = 100
_COLUMNS = (
    "id, status, status_date, deliberation_date, deliberation_label, deliberation_url, due_label, due_from, due_to,"
    " source_url, note"
)


def how_to_send() -> str:
    """Before a file is sent."""
    return typeset(
        "Envoyez-moi le fichier ici : un CSV (UTF-8, virgule ou point-virgule, une ligne de titres), ou le JSON de"
        f" l'export.\nColonnes : <code>{_COLUMNS}</code>. Seule « id » est obligatoire, et « source_url » pour"
        " « realise ».\nJe montre chaque différence avant d'écrire. À la console : /fichier, puis le chemin."
    )


def not_a_file() -> str:
    """A picture, or words."""
    return typeset("Ce n'est pas un fichier CSV ou JSON. Envoyez-le comme un document.")


def too_big(size: int) -> str:
    """Telegram does not hand it over; nothing was fetched."""
    megabytes = size // 2**20
    return typeset(
        f"Ce fichier est trop gros ({megabytes} Mo) : 20 Mo au plus. Je ne l'ai pas ouvert, et rien n'est changé."
    )


def faults(found: Sequence[Fault]) -> tuple[str, str | None]:
    """What is wrong, and all of it as a text where a message cannot hold it."""
    lines = [importing.fault(each) for each in found]
    return _lines(importing.faults_head(len(lines)), lines)


def differences(lines: Sequence[str], head: str) -> tuple[str, str | None]:
    """What changes, and all of it as a text where a message cannot hold it."""
    return _lines(head, lines)


def proposed(number: int, file_name: str, told: str, reasons: Sequence[Reason]) -> str:
    """Under the differences, before they are confirmed."""
    last = importing.second_person(number, reasons) if reasons else "Rien n'est encore enregistré."
    return typeset(f"Fichier « {_name(file_name)} ». {told}\n{last}")


def waits(number: int, file_name: str, sender: int | None, told: str, reasons: Sequence[Reason]) -> str:
    """Under the differences, for the second person."""
    second = importing.second_person(number, reasons)
    return typeset(f"Fichier « {_name(file_name)} », envoyé par le membre {sender}. {told}\n{second}")


def written(number: int, count: int, told: str) -> str:
    """Done."""
    return f"{importing.applied(number, count)}\n{typeset(told)}"


def waiting(count: int) -> str:
    """In the staff's first page."""
    if count == 1:
        return typeset("1 import attend une deuxième personne")
    return typeset(f"{count} imports attendent une deuxième personne")


def notice(number: int, file_name: str, sender: int) -> str:
    """To those who may confirm."""
    return typeset(
        f"{bold('Import à confirmer')}\nLe membre {sender} a envoyé « {_name(file_name)} » (import n° {number})."
        " Une deuxième personne doit confirmer avant que rien ne soit écrit."
    )


def decided(number: int, *, confirmed: bool, by: int) -> str:
    """To who sent it."""
    what = "confirmé" if confirmed else "refusé"
    return typeset(f"Votre import n° {number} a été {what} par le membre {by}.")


def _lines(head: str, lines: Sequence[str]) -> tuple[str, str | None]:
    shown = [head]
    for line in lines[:_MOST_LINES]:
        if units("\n".join((*shown, line))) > LIMIT - _ROOM:
            break
        shown.append(line)
    left = len(lines) + 1 - len(shown)
    if left == 0:
        return "\n".join(shown), None
    shown.append(f"… et {left} autre{'s' if left > 1 else ''} : tout est dans le fichier joint.")
    return typeset("\n".join(shown)), "\n".join(plain(line) for line in lines) + "\n"


def _name(file_name: str) -> str:
    return escape(shortened(file_name or "sans nom", _MOST_NAME))
