"""The layout of Decidim's accountability export: a result a line, nested names joined by slashes."""

from collections.abc import Collection
from datetime import date

from knowledge.exchange.dates import first_day
from knowledge.exchange.folding import folded
from knowledge.models import Commitment, Status
from knowledge.overdue import last_day

LOCALE = "fr"
SEPARATOR = ";"
COLUMNS = (
    *("id", "category/id", f"category/name/{LOCALE}", "scope/id", f"scope/name/{LOCALE}", "parent/id"),
    *(f"title/{LOCALE}", f"description/{LOCALE}", "start_date", "end_date"),
    *("status/id", "status/key", f"status/name/{LOCALE}", "progress", "created_at", "url", "component/id"),
    "proposal_urls",
)

_NAMES = {Status.A_OUVRIR: "À ouvrir", Status.EN_COURS: "En cours", Status.REALISE: "Réalisé"}
# Keys and names that platforms give to the three statuses, folded; anything else is asked back, never guessed.
_WORDS = {
    Status.A_OUVRIR: (
        "a ouvrir,a venir,a faire,a lancer,a demarrer,non commence,non commencee,non demarre,pas commence,prevu,prevue,"
        "planifie,planifiee,not started,pending,planned,upcoming,to do,todo"
    ),
    Status.EN_COURS: (
        "en cours,en cours de realisation,commence,commencee,demarre,demarree,engage,engagee,lance,lancee,"
        "in progress,ongoing,started,doing,under way"
    ),
    Status.REALISE: (
        "realise,realisee,termine,terminee,acheve,achevee,fait,faite,fini,finie,done,completed,complete,finished,"
        "achieved"
    ),
}
_STATUSES = {word: status for status, words in _WORDS.items() for word in words.split(",")}


def recognises(header: Collection[str]) -> bool:
    """Whether a header is of this layout."""
    return any(name.startswith("title/") for name in header) and any(name.startswith("status/") for name in header)


def status_of(word: str) -> Status | None:
    """Which of our statuses a key or a name stands for; None when it is none of those known."""
    return _STATUSES.get(folded(word))


def name_of(status: Status) -> str:
    """How people read it."""
    return _NAMES[status]


def period_of(commitment: Commitment) -> tuple[date | None, date | None]:
    """First and last day of the due dates in force; this layout has one of each and knows only days."""
    starts = [first_day(due.starts) for due in commitment.due if due.starts]
    ends = [last_day(due.ends) for due in commitment.due if due.ends]
    open_ended = any(due.ends is None for due in commitment.due)
    return min(starts, default=None), None if open_ended else max(ends, default=None)
