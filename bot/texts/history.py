"""The history of a commitment: what the report said, then each change, dated, with its page and who made it."""

from collections.abc import Sequence
from datetime import datetime

from bot.texts import changing, statuses
from bot.texts.dates import in_french
from bot.texts.markup import bold, escape, pack, quoted, shortened, typeset
from bot.texts.staff.team import ROLES
from knowledge.authors import Via
from knowledge.changes import Change, Field
from knowledge.history.past import Past
from knowledge.models import Commitment, Document, Origin, Status
from scheduler.facts import NetChange

_A_PAGE = 2500
_LONGEST_WORDS = 300
_UNKNOWN = "non lisible"


def history(commitment: Commitment, past: Past, document: Document, now: datetime) -> tuple[str, ...]:
    """The pages, each a message with the same head; ``now`` is local, and so are the dates."""
    head = f"{bold(f'Historique : {commitment.title}')}\n\n{_report(commitment, past, document)}"
    if not past.changes:
        published = " Les étapes publiées depuis sont sur la fiche." if commitment.milestones else ""
        return (typeset(f"{head}\n\nDepuis, aucun changement n'a été enregistré ici.{published}"),)
    pages = pack(_lines(past.changes, now), limit=_A_PAGE)
    return tuple(typeset(f"{head}\n\n{page}{_place(number, len(pages))}") for number, page in enumerate(pages, start=1))


def _place(number: int, pages: int) -> str:
    return f"\n\nPage {number} sur {pages}, de la plus ancienne à la plus récente." if pages > 1 else ""


def _report(commitment: Commitment, past: Past, document: Document) -> str:
    day = in_french(document.date)
    if past.report_status is None:
        return f"Bilan du {day} : statut non lisible, l'icône n'apparaît pas dans la version texte."
    words = _words(statuses.as_printed(past.report_evidence or "", commitment))
    return f"Bilan du {day} : {bold(_word(past.report_status))}{words}."


def _lines(changes: Sequence[Change], now: datetime) -> list[str]:
    days = {each.id: _day(each, now) for each in changes}
    undone = {each.undoes: days[each.id] for each in changes if each.undoes is not None}
    return [_line(each, days, undone.get(each.id)) for each in changes]


def _line(change: Change, days: dict[int, str], undone: str | None) -> str:
    what = _undoing(change, days) if change.undoes is not None else _what(change)
    taken_back = f" {bold(f'Annulé le {undone}.')}" if undone else ""
    return f"– {days[change.id]} : {what}. {_by(change)}.{taken_back}"


def _what(change: Change) -> str:
    if change.field is not Field.STATUS or change.old == change.new:
        return changing.change(_net(change))
    became = f"le statut passe de {quoted(_word(change.old))} à {bold(_word(change.new))}"
    return f"{became}{_words(change.evidence or '')}{changing.when_and_where(_net(change))}"


def _undoing(change: Change, days: dict[int, str]) -> str:
    since = f" du {days[change.undoes]}" if change.undoes in days else ""
    if change.old == change.new:
        return f"annulation de la source précisée{since}"
    if change.field is Field.STATUS:
        return f"annulation du changement{since}, le statut redevient {bold(_word(change.new))}"
    return f"annulation du changement{since}, {changing.change(_net(change))}"


def _word(value: object) -> str:
    return statuses.WORDS[value] if isinstance(value, Status) else _UNKNOWN


def _words(evidence: str) -> str:
    return f", {quoted(shortened(evidence, _LONGEST_WORDS))}" if evidence else ""


def _net(change: Change) -> NetChange:
    return NetChange(
        field=change.field,
        old=change.old,
        new=change.new,
        event_date=change.event_date,
        url=change.url,
        recorded_at=change.recorded_at,
        source=change.source,
        correction=False,
    )


def _by(change: Change) -> str:
    """Who did it: never a number, never a name."""
    by = change.by
    if by is not None and by.role is not None:
        return f"Par une personne de l'équipe, rôle : {ROLES[by.role]}"
    if change.field is Field.OVERDUE:
        return "Constaté automatiquement"
    if by is not None and by.via is Via.COMMAND_LINE:
        return "Par la personne qui administre le robot"
    return {
        Origin.REPORT: "Par une mise à jour des données tirées du bilan",
        Origin.STAFF: "Par l'équipe",
        Origin.IMPORT: "Par l'import d'un fichier",
    }[change.source]


def _day(change: Change, now: datetime) -> str:
    return escape(in_french(change.recorded_at.astimezone(now.tzinfo).date().isoformat()))
