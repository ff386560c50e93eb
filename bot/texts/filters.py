"""What a list was filtered by, in words."""

from bot.texts.dates import in_french
from bot.texts.markup import quoted
from bot.texts.statuses import WORDS
from knowledge.catalogue import Catalogue
from knowledge.matching.filters import Filter
from knowledge.matching.wording import fold
from knowledge.models import Kind, TagKind

_KINDS = {
    Kind.PRIORITY: "chantiers prioritaires",
    Kind.ACTION: "engagements des tableaux",
    Kind.INTERPELLATION: "interpellations",
}
_TAGS = {
    TagKind.THEME: "thème",
    TagKind.TOPIC: "sujet",
    TagKind.PLACE: "lieu",
    TagKind.ORGANISATION: "organisme",
    TagKind.PEOPLE: "personnes concernées",
}


def in_words(wanted: Filter, catalogue: Catalogue) -> str:
    """The parts of a filter, separated by commas; empty when nothing is filtered."""
    parts = [_KINDS[wanted.kind] if wanted.kind else ""]
    if wanted.status:
        parts.append(f"statut {quoted(WORDS[wanted.status])}")
    if wanted.unknown_status:
        parts.append("statut non lisible")
    if wanted.orientation:
        title = catalogue.get_orientation(wanted.orientation).title
        parts.append(f"orientation {wanted.orientation[1:]} ({quoted(title)})")
    if wanted.not_kind:
        parts.append(f"hors {_KINDS[wanted.not_kind]}")
    if wanted.due:
        parts.append(_due(wanted.due, catalogue))
    if wanted.undated:
        parts.append("sans échéance indiquée")
    if wanted.voted is not None:
        parts.append(f"délibération en {in_french(wanted.voted)}" if wanted.voted else "avec une délibération")
    parts += [f"{_TAGS[tag.kind]} {quoted(tag.name)}" for tag in wanted.tags]
    if wanted.text:
        parts.append(f"texte contenant {quoted(' '.join(wanted.text))}")
    return ", ".join(part for part in parts if part)


def _due(period: str, catalogue: Catalogue) -> str:
    """A year or a month in French; a season as the report prints it."""
    if period[0].isdigit():
        return f"échéance en {in_french(period)}"
    labels = (due.label for commitment in catalogue.commitments for due in commitment.due)
    return f"échéance : {next((label for label in labels if fold(label) == period), period)}"
