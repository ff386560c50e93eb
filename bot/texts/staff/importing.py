"""Files that agents send: what is wrong with them, what they would change, what became of them."""

from collections.abc import Sequence

from bot.texts.dates import in_french
from bot.texts.markup import escape, quoted, shortened, typeset
from bot.texts.statuses import UNKNOWN, WORDS
from knowledge.importing.comparing import Difference, Source, Value, What
from knowledge.importing.faults import Code, Fault, Unit
from knowledge.importing.gate import Reason, Why
from knowledge.models import Deliberation, DueDate, Status

_LONGEST_VALUE = 60
_LONGEST_TEXT = 200

_UNITS = {Unit.LINE: "Ligne", Unit.COMMITMENT: "Engagement n°"}
_FAULTS = {
    Code.EMPTY: "le fichier est vide",
    Code.TOO_BIG: "le fichier dépasse {limit} Mo",
    Code.NOT_UTF8: "le fichier n'est pas en UTF-8 ; enregistrez-le au format « CSV UTF-8 »",
    Code.NOT_TEXT: "ce n'est ni un CSV ni un JSON ; depuis un tableur, enregistrez au format « CSV UTF-8 »",
    Code.NOT_CSV: "à partir d'ici, ce n'est plus un CSV : un guillemet est ouvert et jamais fermé, ou mal placé",
    Code.NOT_JSON: "ce n'est pas un document JSON",
    Code.NOT_AN_EXPORT: "ce JSON ne vient pas d'un export : il n'a pas de liste d'engagements",
    Code.TOO_MANY_LINES: "le fichier a plus de {limit} lignes",
    Code.NO_ID_COLUMN: "il manque la colonne id ; la première ligne doit nommer les colonnes",
    Code.UNKNOWN_COLUMN: "cette colonne n'est pas connue",
    Code.COLUMN_TWICE: "cette colonne est là deux fois",
    Code.TOO_MANY_CELLS: "il y a plus de cases que de colonnes ({limit})",
    Code.NO_ID: "il manque l'identifiant de l'engagement",
    Code.UNKNOWN_ID: "aucun engagement {value}",
    Code.UNKNOWN_RESULT: "aucun engagement n'a cet identifiant ni ce titre : {value}",
    Code.NOT_A_TEXT: "ce n'est pas la forme d'un export",
    Code.NOT_A_STATUS: "{value} n'est pas un statut ; écrivez a_ouvrir, en_cours ou realise",
    Code.NOT_A_DATE: "{value} n'est pas une date ; écrivez 2026, 2026-11 ou 2026-11-30",
    Code.IN_THE_FUTURE: "{value} est dans le futur",
    Code.NOT_AN_ADDRESS: "{value} n'est pas une adresse ; elle commence par http:// ou https://",
    Code.TOO_LONG: "le texte dépasse {limit} caractères",
    Code.SOURCE_MISSING: "pour « réalisé », indiquez l'adresse d'une page qui le montre",
    Code.DATE_MISSING: "une délibération a besoin de sa date",
    Code.ENDS_BEFORE_START: "la fin ({value}) vient avant le début",
    Code.HALF_CLEARED: "un tiret efface toute la délibération ou toute l'échéance : mettez-le seul",
    Code.CONFLICT: "cette case dit autre chose que {place}",
}


def fault(this: Fault) -> str:
    """« Ligne 3, colonne status : … »."""
    place = "une autre case de la même ligne" if this.other == this.number else f"la ligne {this.other}"
    if this.unit is Unit.COMMITMENT and this.other != this.number:
        place = f"l'engagement n° {this.other}"
    limit = None if this.limit is None else this.limit // 2**20 if this.code is Code.TOO_BIG else this.limit
    value = quoted(shortened(this.value or "", _LONGEST_VALUE))
    said = _FAULTS[this.code].format(value=value, limit=limit, place=place)
    where = [f"{_UNITS[this.unit]} {this.number}"] if this.number is not None else []
    if this.column is not None:
        where.append(f"colonne {escape(this.column or 'sans nom')}")
    head = ", ".join(where)
    whole = f"{head} : {said}." if head else f"{said}."
    return typeset(f"{whole[:1].upper()}{whole[1:]}")


def faults_head(count: int) -> str:
    """Before the faults: nothing was done."""
    what = "1 erreur" if count == 1 else f"{count} erreurs"
    return typeset(f"Le fichier n'est pas pris : {what}. Rien n'est changé. Corrigez-le, puis renvoyez-le.")


def difference(this: Difference, title: str) -> str:
    """One thing that would change: the old, then the new."""
    when = f", {in_french(this.date)}" if this.date and this.what is What.STATUS else ""
    said = f"{_value(this.what, this.old)} → {_value(this.what, this.new)}{when}"
    return typeset(f"– {escape(shortened(title, _LONGEST_VALUE))} ({this.commitment}), {_WHAT[this.what]} : {said}")


_WHAT = {
    What.STATUS: "statut",
    What.SOURCE: "source du statut",
    What.DELIBERATION: "délibération",
    What.DUE: "échéance",
    What.NOTE: "note",
}


def differences_head(count: int) -> str:
    """Before the differences: nothing is done yet."""
    if not count:
        return typeset("Ce fichier ne change rien : tout y est déjà comme dans la base.")
    what = "1 changement" if count == 1 else f"{count} changements"
    return typeset(f"Ce fichier ferait {what}. Rien n'est encore écrit.")


def second_person(number: int, reasons: Sequence[Reason]) -> str:
    """The file waits: why, and for whom."""
    said = " ; ".join(_reason(reason) for reason in reasons)
    return typeset(f"Import n° {number} : une deuxième personne doit confirmer ({said}). Rien n'est écrit jusque-là.")


def applied(number: int, count: int) -> str:
    """The file is written."""
    what = "1 changement est écrit" if count == 1 else f"{count} changements sont écrits"
    return typeset(f"Import n° {number} : {what}. Vous pouvez l'annuler en entier pendant 24 heures.")


def refused(number: int) -> str:
    """The file was refused."""
    return typeset(f"Import n° {number} refusé : rien n'est écrit.")


def undone(number: int, count: int) -> str:
    """The file was taken back."""
    what = "1 changement est annulé" if count == 1 else f"{count} changements sont annulés"
    return typeset(f"Import n° {number} annulé : {what}.")


def unknown(number: int) -> str:
    """No import has this number."""
    return typeset(f"Aucun import n° {number}.")


def decided(number: int, state: str) -> str:
    """Somebody decided already."""
    return typeset(f"Import n° {number} : {_STATES[state]}. Il n'y a plus rien à décider ici.")


_STATES = {
    "proposed": "il n'est pas encore appliqué",
    "pending": "il attend une deuxième personne",
    "applied": "il est déjà appliqué",
    "refused": "il a été refusé",
    "undone": "il a été annulé",
    "expired": "il a expiré",
}


def same_person(number: int) -> str:
    """Who sent it wants to confirm it."""
    return typeset(f"Import n° {number} : une autre personne que vous doit confirmer.")


def approver_needed(number: int) -> str:
    """Who wants to confirm may not."""
    return typeset(f"Import n° {number} : seule une personne qui approuve peut confirmer.")


def breaks_a_rule(faults: Sequence[Fault]) -> str:
    """The base has changed and the file no longer fits."""
    said = "\n".join(fault(each) for each in faults[:_MOST_FAULTS])
    return typeset(f"La base a changé depuis l'envoi, et ce fichier ne convient plus. Rien n'est écrit.\n{said}")


_MOST_FAULTS = 10


def built_upon(number: int, commitments: Sequence[str]) -> str:
    """Something came after it."""
    return typeset(
        f"Import n° {number} : impossible de l'annuler, ces engagements ont changé depuis :"
        f" {escape(', '.join(commitments))}. Annulez d'abord ces changements."
    )


def too_late(number: int, hours: int) -> str:
    """The time to take it back is over."""
    return typeset(
        f"L'import n° {number} ne peut plus être annulé : plus de {hours} heures ont passé."
        " Envoyez un fichier qui corrige."
    )


def _reason(reason: Reason) -> str:
    match reason.why:
        case Why.MANY:
            return f"{reason.count} des {reason.known} statuts connus changent"
        case Why.BACKWARDS:
            return f"{', '.join(reason.commitments)} reculerai{'ent' if reason.count > 1 else 't'}"
        case Why.DONE:
            return f"{reason.count} engagements deviennent réalisés"


def _value(what: What, value: Value) -> str:
    match value:
        case Status():
            return WORDS[value]
        case Source(date=date, url=url):
            return ", ".join(part for part in (in_french(date) if date else "", escape(url or "")) if part) or "aucune"
        case Deliberation(date=date, label=label):
            return f"{in_french(date)} ({escape(shortened(label, _LONGEST_TEXT))})"
        case str():
            return quoted(shortened(value, _LONGEST_TEXT))
        case None | ():
            return UNKNOWN if what is What.STATUS else "aucune"
        case _:
            return ", ".join(_due(due) for due in value)


def _due(due: DueDate) -> str:
    return quoted(shortened(due.label, _LONGEST_TEXT))
