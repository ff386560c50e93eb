"""Questions that residents sent to staff, as staff read and answer them."""

from collections.abc import Sequence
from datetime import datetime

from bot.texts.dates import in_french
from bot.texts.markup import bold, escape, pack, quoted, shortened, typeset
from scheduler.enquiries import Enquiry

ENQUIRIES = "Questions envoyées"
ANSWER = "Répondre"
CONFIRM_ANSWER = "Confirmer l'envoi"
REWRITE = "Corriger"
CANCEL = "Annuler"

_LONGEST_LABEL = 60
_LONGEST_SHOWN = 160


def enquiries(shown: Sequence[Enquiry], *, number: int, pages: int, total: int) -> str:
    """Questions sent to be answered, the oldest first."""
    if not shown:
        return typeset("Aucune question n'attend de réponse.")
    lines = "\n".join(
        f"{n}. {_date(each.asked_at)} : {quoted(shortened(each.question, _LONGEST_SHOWN))}"
        for n, each in enumerate(shown, start=1)
    )
    place = f" Page {number} sur {pages}." if pages > 1 else ""
    return typeset(f"{bold(f'{ENQUIRIES} : {total}')}, la plus ancienne d'abord.{place}\n\n{lines}")


def enquiry_label(its: Enquiry) -> str:
    """One of them, short enough for a button."""
    return shortened(its.question, _LONGEST_LABEL)


def enquiry(its: Enquiry) -> tuple[str, ...]:
    """One question sent, and the answer as drafted."""
    return pack(
        [
            bold(f"Question envoyée le {_date(its.asked_at)}"),
            escape(its.question),
            "Votre réponse partira par le robot. Vous ne voyez pas qui demande ; le lien avec la personne sera effacé.",
            "Sans réponse dans 30 jours, la question est effacée.",
        ]
    )


def write_answer(most: int) -> str:
    """The answer itself."""
    return typeset(f"Écrivez votre réponse, {most} caractères au plus. Vous la relirez avant l'envoi.")


def look_over() -> str:
    """Above the answer as it will look."""
    return typeset("Voici ce que la personne lira. Confirmez, ou corrigez.")


def answer_sent() -> str:
    """It has left; nothing leads to the person any more."""
    return typeset("La réponse part. Le lien entre la question et la personne est effacé.")


def answered_already() -> str:
    """Nothing waits under this number; short enough for a toast."""
    return typeset(
        "Cette question n'attend plus : elle a reçu sa réponse, a été retirée, a plus de 30 jours, ou la personne a"
        " bloqué le robot."
    )


def empty_answer() -> str:
    """A file, a picture, nothing."""
    return typeset("Écrivez des mots : un fichier ou une image ne convient pas ici.")


def long_answer(length: int, most: int) -> str:
    """Too long for one message."""
    return typeset(f"Votre réponse fait {length} caractères : {most} au plus. Raccourcissez-la.")


def _date(moment: datetime) -> str:
    return in_french(moment.date().isoformat())
