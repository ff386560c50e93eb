"""Updates by staff: what is asked, what would change, what was recorded."""

from collections.abc import Sequence
from datetime import date

from bot.texts import statuses
from bot.texts.dates import in_french
from bot.texts.markup import bold, escape, link, quoted, shortened, typeset
from knowledge.changes import Change, Field
from knowledge.entering import Entry, StatusEntry, VoteEntry
from knowledge.models import Commitment, Deliberation, Document, Origin, Status
from knowledge.wording import dues
from scheduler.hearing import Hearers

CONFIRM = "Confirmer"
CANCEL = "Annuler"
UNDO = "Annuler (24 h)"
NO_DATE = "Date inconnue"
NO_SOURCE = "Sans source"
OTHER_DATE = "Changer la date"
OTHER_SOURCE = "Changer la source"
CARD = "Voir la fiche"
NEW_STATUS = "Mettre à jour un statut"
NEW_VOTE = "Ajouter une délibération"
VERIFY = "Vérifier les plus anciens"
UNCHANGED = "Vérifié, rien n'a changé"
FIRST_STATUSES = "Statuts à confirmer"
SKIP = "Passer"
UNDO_LAST = "Annuler le précédent"

_LONGEST_TITLE = 300


def status(its: Status) -> str:
    """On a button."""
    return statuses.WORDS[its].capitalize()


def today(day: date) -> str:
    """On a button."""
    return f"Aujourd'hui ({in_french(day.isoformat())})"


def month(iso: str) -> str:
    """On a button."""
    return in_french(iso).capitalize()


def choose(*, vote: bool) -> str:
    """Which commitment."""
    what = "une délibération" if vote else "un statut"
    typed = "/deliberation p07 2026-03-12 Plan vélo" if vote else "/statut p07 en_cours"
    return typeset(
        f"Mettre à jour {what} : pour quel engagement ? Tapez quelques mots, ou son identifiant (p07, a2-13).\n"
        f"D'un seul coup : {typed}"
    )


def which(words: str) -> str:
    """What was found for some words."""
    return typeset(f"Pour {quoted(shortened(words, 60))}, lequel ? Sinon, tapez d'autres mots.")


def choose_status(commitment: Commitment, document: Document) -> str:
    """The status as it stands, before a new one."""
    return typeset(f"{title(commitment)}\n\nAujourd'hui : {standing(commitment, document)}\n\nNouveau statut ?")


def choose_date(commitment: Commitment, *, vote: bool) -> str:
    """When it happened."""
    what = "Date du vote ?" if vote else "Depuis quand ?"
    return typeset(f"{title(commitment)}\n\n{what} Choisissez, ou tapez la date : 12/03/2026, mars 2026, 2026.")


def ask_label(commitment: Commitment, most: int) -> str:
    """What a vote is called."""
    return typeset(
        f"{title(commitment)}\n\nTapez l'intitulé de la délibération ({most} caractères au plus). Une adresse à la fin"
        " (https://…) devient son lien."
    )


def ask_source(commitment: Commitment, *, vote: bool, required: bool) -> str:
    """What shows it."""
    if vote:
        what = "Tapez l'adresse de la délibération (https://…)."
    else:
        what = (
            "Quelle source ? Tapez une adresse (https://…), ou le nom d'un document :"
            " « procès-verbal du conseil du 27 juin 2025 »."
        )
    why = "\nPour « réalisé », une preuve est obligatoire." if required else ""
    return typeset(f"{title(commitment)}\n\n{what}{why}")


def preview(before: Commitment, entry: Entry, document: Document, hearers: Hearers) -> str:
    """Before and after, and who hears of it."""
    return typeset(
        f"{title(before)}\n\nAvant : {_before(before, entry, document)}\nAprès : {_after(entry)}\n\n"
        f"{told(hearers)}\nRien n'est encore enregistré."
    )


def nothing_new(before: Commitment, entry: Entry, document: Document) -> str:
    """All of it stands there already."""
    return typeset(f"{title(before)}\n\nC'est déjà noté : {_before(before, entry, document)}\nRien n'a changé.")


def recorded(before: Commitment, entry: Entry, document: Document, hearers: Hearers) -> str:
    """Done."""
    return typeset(
        f"C'est enregistré.\n\n{title(before)}\n\nAvant : {_before(before, entry, document)}\n"
        f"Maintenant : {_after(entry)}\n\n{told(hearers)}"
    )


def undone(change: Change, now_is: Commitment, document: Document) -> str:
    """Taken back."""
    what = standing(now_is, document)
    if change.field is Field.DELIBERATION and isinstance(change.new, Deliberation):
        what = f"la délibération du {in_french(change.new.date)} est retirée."
    return typeset(
        f"C'est annulé.\n\n{title(now_is)}\n\nMaintenant : {what}\n\nPersonne ne l'apprendra ; qui l'avait déjà appris"
        " reçoit une correction."
    )


def dropped() -> str:
    """Before anything was recorded."""
    return typeset("C'est abandonné : rien n'a changé.")


def told(hearers: Hearers) -> str:
    """How many people hear of it, and when."""
    everybody = hearers.at_once + hearers.later
    if everybody == 0:
        return "Personne ne suit ce sujet : aucun message ne partira."
    who = f"{_people(everybody)} l'apprendr{'ont' if everybody > 1 else 'a'}"
    parts = []
    if hearers.at_once:
        parts.append(f"{hearers.at_once} tout de suite (hors heures calmes)")
    if hearers.later:
        parts.append(f"{hearers.later} dans un résumé ou à la fin d'une pause")
    return f"{who} : {', '.join(parts)}."


def standing(commitment: Commitment, document: Document) -> str:
    """The status as cards say it."""
    if commitment.status is None:
        said = f" ; le bilan indique {quoted(commitment.info)}" if commitment.info else ""
        return f"{bold('Statut non lisible')}{said}."
    return statuses.with_basis(commitment, document)


def title(commitment: Commitment) -> str:
    """Its id and title."""
    return f"{escape(commitment.id)} – {bold(shortened(commitment.title, _LONGEST_TITLE))}"


def checked(commitment: Commitment, document: Document, *, again: bool) -> str:
    """Somebody looked and nothing has changed."""
    head = "C'était déjà vérifié aujourd'hui." if again else "C'est noté : vérifié aujourd'hui, rien n'a changé."
    return typeset(f"{head} Personne n'est prévenu.\n\n{title(commitment)}\n\n{standing(commitment, document)}")


def checked_longest_ago(found: Sequence[Commitment]) -> str:
    """Those that were looked at the longest ago."""
    lines = "\n".join(
        f"{rank}. {escape(shortened(each.title, 120))} – {statuses.word(each)}, vérifié le {in_french(each.checked_at)}"
        for rank, each in enumerate(found, start=1)
    )
    return typeset(
        f"{bold('Vérifiés il y a le plus longtemps')}\n{lines}\n\nRien n'a changé ? Touchez le numéro : c'est noté, et"
        " personne n'est prévenu. Pour un autre : /verifier p07"
    )


def all_checked() -> str:
    """Everything was looked at today."""
    return typeset("Tout a été vérifié aujourd'hui.")


def first_statuses_left(count: int) -> str:
    """In the staff's first page."""
    return f"{count} statut{'s' if count > 1 else ''} à confirmer"


def first_status(commitment: Commitment, place: int, everything: int, left: int, document: Document) -> str:
    """One commitment of which the report's text does not give the status."""
    due = escape(dues.when(commitment))
    lines = [
        f"{bold(FIRST_STATUSES)} : {place} sur {everything} (il en reste {left})",
        title(commitment),
        standing(commitment, document) + (f"\n{due}" if due else ""),
        "Un toucher suffit : c'est enregistré aussitôt. « Réalisé » demande une source.",
    ]
    return typeset("\n\n".join(lines))


def ask_proof(commitment: Commitment) -> str:
    """What shows that it is done."""
    return typeset(
        f"{title(commitment)}\n\nRéalisé : quelle preuve ? Tapez une adresse (https://…), ou le nom d'un document :"
        " « procès-verbal du conseil du 27 juin 2025 »."
    )


def first_statuses_over(left: int) -> str:
    """The end of the list."""
    if left == 0:
        return typeset("C'est fini : tous les statuts sont connus. Merci.")
    return typeset(f"Vous êtes au bout. Il en reste {left}, que vous avez passé{'s' if left > 1 else ''}.")


def _before(before: Commitment, entry: Entry, document: Document) -> str:
    match entry:
        case StatusEntry():
            return standing(before, document)
        case VoteEntry(vote=vote):
            known = next((v for v in before.deliberations if (v.date, v.label) == (vote.date, vote.label)), None)
            return _vote(known) if known else f"{_counted(len(before.deliberations))}."


def _after(entry: Entry) -> str:
    match entry:
        case StatusEntry(status=its, date=day, url=url, document=words):
            shown = statuses.shown_by(url, words)
            since = statuses.since(day) or (" (date inconnue)" if day is None else "")
            return f"{bold(status(its))}{since}{f' ; source : {shown}' if shown else ''}."
        case VoteEntry(vote=vote):
            return _vote(vote)


def _vote(vote: Deliberation) -> str:
    day = in_french(vote.date)
    theirs = " (bilan)" if vote.source is Origin.REPORT else ""
    return f"{link(day, vote.url) if vote.url else escape(day)}, {quoted(vote.label)}{theirs}."


def _counted(count: int) -> str:
    if count == 0:
        return "aucune délibération connue"
    return f"{count} délibération{'s' if count > 1 else ''} connue{'s' if count > 1 else ''}"


def _people(count: int) -> str:
    return f"{count} personne{'s' if count > 1 else ''}"
