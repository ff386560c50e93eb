"""Questions without answer, as staff read them: how many, which, how they were asked."""

from collections.abc import Iterable, Sequence

from bot.texts.dates import in_french
from bot.texts.markup import bold, escape, pack, quoted, shortened, typeset
from knowledge.matching.meaning import Meaning, Outcome
from knowledge.misses import Asked
from knowledge.models import Commitment, Refusal
from knowledge.questions.kept import Group

QUESTIONS = "Les questions"
SETTLED = "Traitée"
THIS_GROUP = "Revenir à ce groupe"
REOPEN = "Remettre dans la liste"

_LONGEST_LABEL = 60
_LONGEST_SHOWN = 160
_MOST_WORDINGS = 8

# Kinds of misses.
KINDS = {
    "not_this": "« Ce n'est pas ça »",
    "none_of_these": "« Aucun de ceux-là »",
    Refusal.NOT_UNDERSTOOD: "pas compris",
    Refusal.VAGUE: "trop vague",
    Refusal.NEAR_MISS: "proche, mais pas un engagement",
    Refusal.OTHER_SERVICE: "démarche ou service du quotidien",
    Refusal.OTHER_TOWN: "autre territoire",
    Refusal.NATIONAL: "État ou vie nationale",
    Refusal.OTHER_CONVENTION: "autre convention",
    Refusal.OTHER_GENERAL: "tout autre sujet",
    Refusal.OPINION: "demande d'avis",
    Refusal.CHITCHAT: "bavardage",
    Refusal.PERSONAL_DATA: "données personnelles",
    Refusal.EMERGENCY: "urgence",
    Refusal.ABUSE: "injure",
    Refusal.INJECTION: "détournement du robot",
    Refusal.GIBBERISH: "illisible",
    Refusal.TOO_LONG: "trop long",
    Refusal.BAD_INPUT: "message vide ou abîmé",
}
_OUTCOMES = {
    Outcome.ANSWER: "une fiche",
    Outcome.CHOICES: "un choix",
    Outcome.LIST: "une liste",
    Outcome.COUNT: "un nombre",
    Outcome.FACT: "une explication",
    Outcome.MENU: "le menu",
    Outcome.REFUSAL: "un refus",
}


def page(
    week: Asked, month: Asked, groups: Sequence[Group], *, number: int, pages: int, total: int, sent: int
) -> tuple[str, ...]:
    """The counts, then one page of groups, numbered as their buttons are."""
    place = f" Page {number} sur {pages}." if pages > 1 else ""
    lines = [f"{n}. {_times(group.count)} : {_shown(group.texts[0])}" for n, group in enumerate(groups, start=1)]
    head = f"Gardées avec l'accord des personnes, {total} groupe{'s' if total > 1 else ''}.{place}"
    return pack(
        [
            bold("Questions sans réponse"),
            _counts(week, month),
            f"Questions envoyées par des habitants, en attente de réponse : {sent}." if sent else "",
            "\n".join([head, *lines]) if groups else "Aucune question gardée n'attend.",
        ]
    )


def group(its: Group, now: Meaning, commitments: Iterable[Commitment]) -> tuple[str, ...]:
    """One group: how it was asked, why it was not answered, what the bot says to it today."""
    said = "\n".join(f"– {_shown(text)}" for text in its.texts[:_MOST_WORDINGS])
    more = len(its.texts) - _MOST_WORDINGS
    found = ", ".join(f"{escape(each.id)} {escape(shortened(each.title, 60))}" for each in commitments)
    why = f" ({KINDS[now.reason]})" if now.reason else ""
    answer = f"{_OUTCOMES[now.outcome]}{why}{f' : {found}' if found else ''}"
    return pack(
        [
            bold(f"Demandé {_times(its.count)}, la dernière le {in_french(its.last.isoformat())}"),
            f"{said}\n… et {more} autres façons de le dire." if more > 0 else said,
            f"Pourquoi sans réponse : {', '.join(KINDS.get(kind, kind) for kind in its.kinds)}.",
            f"Aujourd'hui, le robot répond au premier par {answer}.",
            "Ces mots sont à lire, pas à recopier : écrivez les exemples avec les vôtres.",
        ]
    )


def label(its: Group) -> str:
    """A group, short enough for a button."""
    return shortened(f"{its.count} × {its.texts[0]}", _LONGEST_LABEL)


def settled(count: int) -> str:
    """A group is dealt with."""
    said = "La question est traitée." if count == 1 else f"Les {count} questions sont traitées."
    return typeset(f"{said} Leurs mots seront effacés cette nuit.")


def reopened(*, done: bool) -> str:
    """A group is back, or gone."""
    return typeset("C'est remis dans la liste." if done else "Trop tard : ces questions sont effacées.")


def settled_already() -> str:
    """Nothing waits in this group; short enough for a toast."""
    return typeset("Cette question est déjà traitée, ou effacée. Tapez /questions.")


def waiting(groups: int, sent: int) -> str | None:
    """A line of the staff's first page."""
    parts = []
    if sent:
        parts.append(f"{sent} question{'s' if sent > 1 else ''} d'habitants à qui répondre")
    if groups:
        parts.append(f"{groups} groupe{'s' if groups > 1 else ''} de questions sans réponse")
    return typeset(", ".join(parts)) if parts else None


def _counts(week: Asked, month: Asked) -> str:
    kinds = sorted(month.misses, key=lambda kind: (-week.misses[kind], -month.misses[kind], kind))
    lines = [f"– {KINDS.get(kind, kind)} : {week.misses[kind]} / {month.misses[kind]}" for kind in kinds]
    asked = f"Questions posées, 7 jours / 30 jours : {week.outcomes.total()} / {month.outcomes.total()}."
    return "\n".join([asked, *lines])


def _times(count: int) -> str:
    return f"{count} fois"


def _shown(text: str) -> str:
    return quoted(shortened(text, _LONGEST_SHOWN))
