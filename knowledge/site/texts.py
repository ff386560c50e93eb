"""What the public pages say of changes: what, before and after, why, and by which role; never a name."""

from knowledge.authors import Author, Role
from knowledge.changes import Change, Field, Value
from knowledge.models import Commitment, Deliberation, DueDate, Kind, Milestone, Origin, Status
from knowledge.wording.dates import in_french, is_only_a_date
from knowledge.wording.statuses import WORDS
from knowledge.wording.typography import quoted, sentence

_UNREAD = "non lisible"
_NAMES = {
    Field.STATUS: "statut",
    Field.DELIBERATION: "délibération",
    Field.DUE: "échéance",
    Field.MILESTONE: "étape",
    Field.OVERDUE: "échéance dépassée",
}
_ROLES = {
    Role.READER: "lecture",
    Role.EDITOR: "rédaction",
    Role.APPROVER: "validation",
    Role.ADMIN: "administration",
}


def name(field: Field) -> str:
    """What of a commitment changed."""
    return _NAMES[field]


def rank(commitment: Commitment) -> str:
    """Where it stands in the report."""
    if commitment.kind is Kind.PRIORITY:
        return f"Chantier prioritaire n° {commitment.number}"
    if commitment.kind is Kind.INTERPELLATION:
        return f"Interpellation {commitment.id}"
    return f"Engagement {commitment.id}"


def value(field: Field, its: Value) -> str:
    """A value before or after a change."""
    match its:
        case Status():
            return WORDS[its]
        case Deliberation():
            return vote(its)
        case Milestone():
            return f"{in_french(its.date)} : {sentence(its.summary)}"
        case DueDate():
            return its.label
        case tuple() if its:
            return " ; ".join(due.label for due in its)
        case _:
            return _UNREAD if field is Field.STATUS else "aucune"


def vote(its: Deliberation) -> str:
    """A vote by its date, with its label where it says more."""
    day = in_french(its.date)
    return day if is_only_a_date(its.label) else f"{day} ({its.label})"


def told(change: Change) -> str:
    """A change in one line."""
    if change.field is Field.OVERDUE:
        gone = "n'est plus considérée comme dépassée" if change.new is None else "est passée"
        return f"l'échéance {quoted(value(change.field, change.new or change.old))} {gone}"
    if change.field in (Field.DELIBERATION, Field.MILESTONE):
        gone = " retirée" if change.new is None else ""
        return f"{name(change.field)}{gone} : {value(change.field, change.new or change.old)}"
    before, after = value(change.field, change.old), value(change.field, change.new)
    if change.old == change.new:
        return f"{name(change.field)} {quoted(after)}, source précisée"
    return f"{name(change.field)} {quoted(before)}, qui devient {quoted(after)}"


def who(author: Author | None, source: Origin, field: Field) -> str:
    """Who recorded a change, by their role."""
    if field is Field.OVERDUE:
        return "automatique, au passage de la date"
    if author is None:
        return "mise à jour des données" if source is Origin.REPORT else "équipe"
    if author.role is None:
        return "équipe qui fait fonctionner le service"
    return f"équipe, rôle {quoted(_ROLES[author.role])}"
