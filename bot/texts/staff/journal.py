"""The journal: a line an act, newest first."""

from collections.abc import Iterable
from datetime import tzinfo
from typing import Any

from bot.texts import changing
from bot.texts.announcements import received
from bot.texts.markup import bold, escape, pack, quoted, shortened
from bot.texts.staff.team import ROLES
from knowledge.authors import Author, Role, Via
from knowledge.catalogue import Catalogue
from knowledge.changes import Field, decode
from knowledge.history.entries import Entry
from knowledge.models import Origin
from scheduler.facts import NetChange

JOURNAL = "Le journal"
_LONGEST = 120
_LONGEST_TITLE = 60
_DENIED = "staff.denied"  # the one kind without an author that people, not the program, bring about

# What each kind of act is called; what stands in braces comes from its content.
ACTS = {
    "base.filled": "base remplie à partir des données du bilan",
    "base.reloaded": "fichiers de données relus",
    "base.adopted": "tout ce qui précède scellé tel quel",
    "base.restored": "sauvegarde remise en place",
    "commitment.checked": "vérifié, inchangé",
    "commitment.basis": "même statut, autre source ou autres mots",
    "commitment.note": "note changée",
    "import.pending": "le fichier n° {import} attend une deuxième personne",
    "import.applied": "fichier n° {import} appliqué",
    "import.refused": "fichier n° {import} refusé",
    "import.undone": "fichier n° {import} annulé en entier",
    "import.denied": "fichier n° {import} : confirmation refusée ({why})",
    "import.expired": "fichier n° {import} abandonné, faute de décision",
    "member.joined": "le membre {member} rejoint l'équipe, rôle : {role}",
    "member.invited": "invitation faite, rôle : {role}",
    "member.role": "le membre {member} passe de « {old} » à « {new} »",
    "member.removed": "le membre {member} quitte l'équipe",
    "member.code": "nouveau code de console pour le membre {member}",
    "question.taught": "exemple ajouté : « {text} » ({about})",
    "question.word_taught": "mot ajouté : « {text} »",
    "question.lesson_removed": "retiré de ce que l'équipe a ajouté : « {text} »",
    "question.settled": "questions sans réponse traitées : {questions}",
    "question.reopened": "questions sans réponse remises dans la liste : {questions}",
    "question.answered": "réponse envoyée à une question d'habitant",
    _DENIED: "essai sans en avoir le droit : {what}",
    **received.ACTS,
}
_VIA = {Via.TELEGRAM: "", Via.CONSOLE: ", à la console", Via.COMMAND_LINE: ""}


def page(lines: Iterable[str], count: int) -> tuple[str, ...]:
    """One page."""
    total = f"{count} entrée{'s' if count > 1 else ''}, la plus récente d'abord."
    return pack([f"{bold('Journal')}\n{total}", "\n".join(lines) or "Rien n'a encore été fait."])


def line(entry: Entry, catalogue: Catalogue, timezone: tzinfo | None) -> str:
    """When, who, on what, what."""
    title = _title(entry.commitment, catalogue)
    what = _change(entry) if entry.change is not None else _act(entry)
    who = _who(entry.by) if entry.by or entry.kind != _DENIED else "quelqu'un hors de l'équipe"
    return f"{entry.seq}. {entry.at.astimezone(timezone):%d/%m/%Y %H:%M}, {who} : {title}{what}"


def _title(commitment: str | None, catalogue: Catalogue) -> str:
    if commitment is None or commitment not in catalogue:
        return ""
    return f"{escape(shortened(catalogue.get(commitment).title, _LONGEST_TITLE))} – "


def _act(entry: Entry) -> str:
    known = ACTS.get(entry.kind)
    if known is None:
        return escape(entry.kind)
    return known.format_map({name: _value(value) for name, value in entry.content.items()})


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "mise" if value else "levée"
    if value in list(Role):
        return ROLES[Role(value)]
    if isinstance(value, str) and value in received.DENIALS:
        return received.DENIALS[value]
    return escape(shortened(str(value), _LONGEST))


def _change(entry: Entry) -> str:
    content = entry.content
    field, source = Field(content["field"]), Origin(content["source"])
    undoing = "annulation : " if content["undoes"] is not None else ""
    net = NetChange(
        field=field,
        old=decode(field, content["old"], source),
        new=decode(field, content["new"], source),
        event_date=content["event_date"],
        url=content["url"],
        recorded_at=entry.at,
        source=source,
        correction=False,
    )
    evidence = content["evidence"]
    return f"{undoing}{changing.change(net)}{f' – {quoted(shortened(evidence, _LONGEST))}' if evidence else ''}"


def _who(by: Author | None) -> str:
    if by is None:
        return "le programme"
    if by.member is None:
        return "l'exploitant"
    role = f" ({ROLES[by.role]})" if by.role else ""
    return f"membre {by.member}{role}{_VIA[by.via]}"
