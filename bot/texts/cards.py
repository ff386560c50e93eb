"""A card: everything known about one commitment, each part from a field of the base."""

from datetime import date

from bot.texts import statuses
from bot.texts.dates import in_french
from bot.texts.facts import printed_in
from bot.texts.markup import bold, escape, link, pack, quoted, sentence
from knowledge.catalogue import Catalogue
from knowledge.matching.meaning import Aspect
from knowledge.models import Commitment, Deliberation, Kind
from knowledge.wording import dues, sources
from knowledge.wording.dates import is_only_a_date
from knowledge.wording.glossary import explained

_MOST_TERMS = 3
# What came since the report answers these better than the report does.
_NEWER_MAY_EXIST = (Aspect.STATUS, Aspect.DATE)


def card(commitment: Commitment, catalogue: Catalogue, today: date, *, aspect: Aspect | None = None) -> tuple[str, ...]:
    """The card as messages, one nearly always; what was asked (``aspect``) comes first under the title."""
    parts = {
        Aspect.STATUS: statuses.with_basis(commitment, catalogue.document),
        Aspect.CONTENT: _content(commitment),
        Aspect.DATE: escape(dues.line(commitment, today)),
        Aspect.DELIBERATION: _votes(commitment),
        Aspect.SINCE: _since(commitment),
    }
    source = _source_line(commitment, catalogue, today)
    first = ""
    if aspect is Aspect.SOURCE:
        first, source = source, ""
    elif aspect is not None:
        first = parts.pop(aspect) or _nothing(aspect)
        if aspect in _NEWER_MAY_EXIST and parts.get(Aspect.SINCE):
            first = f"{parts.pop(Aspect.SINCE)}\n\n{first}"
        if aspect is Aspect.DELIBERATION:
            first = f"{first}{_votes_since(commitment)}"
    head = bold(commitment.title)
    caveat = f"À noter : {escape(commitment.caveat)}" if commitment.caveat else ""
    note = escape(commitment.note) if commitment.note else ""
    body = [head, first, *parts.values(), caveat, note]
    return pack([*body, _glossary(commitment, catalogue), _orientation(commitment, catalogue), source])


def source(commitment: Commitment, catalogue: Catalogue) -> tuple[str, ...]:
    """Where it is written, and what the page says, word for word."""
    document = catalogue.document
    said = [part for part in (commitment.details, commitment.info) if part]
    quote = "\n".join(f"{quoted(part)}" for part in said) or "Le bilan ne donne que ce titre."
    where = printed_in(catalogue.document, commitment.pages)
    return pack(
        [
            f"Source : {where}.",
            bold(commitment.title),
            f"Ce que dit le bilan :\n{quote}" if said else quote,
            link("Lire le bilan", document.url) if document.url else "",
        ]
    )


def _content(commitment: Commitment) -> str:
    if commitment.summary:
        return f"Ce qui est fait : {escape(commitment.summary)}"
    if commitment.info and commitment.status and commitment.info != commitment.status_evidence:
        return f"Le bilan indique : {quoted(commitment.info)}."
    if commitment.info is None:
        return "Ce qui est fait : le bilan n'en dit rien de plus."
    return ""


def _votes(commitment: Commitment) -> str:
    if not commitment.deliberations:
        return ""
    votes = " ; ".join(_vote(vote) for vote in commitment.deliberations)
    plural = "s" if len(commitment.deliberations) > 1 else ""
    return f"Délibération{plural} du conseil métropolitain : {votes}."


def _vote(vote: Deliberation) -> str:
    day = in_french(vote.date)
    text = link(day, vote.url) if vote.url else escape(day)
    return text if is_only_a_date(vote.label) else f"{text} ({escape(vote.label)})"


def _votes_since(commitment: Commitment) -> str:
    days = [in_french(step.date) for step in commitment.milestones if step.kind == "deliberation"]
    return f" Depuis le bilan : {', '.join(days)} (voir plus bas)." if days else ""


def _since(commitment: Commitment) -> str:
    if not commitment.milestones:
        return ""
    steps = "\n".join(
        f"– {in_french(step.date)} : {escape(sentence(step.summary))} {link('Voir la page', step.source_url)}"
        for step in commitment.milestones
    )
    return f"Depuis le bilan :\n{steps}"


def _nothing(aspect: Aspect) -> str:
    return {
        Aspect.DATE: "Pour quand : le bilan ne donne pas de date pour cet engagement.",
        Aspect.DELIBERATION: "Le bilan ne cite aucune délibération pour cet engagement.",
        Aspect.SINCE: "Depuis le bilan : aucune étape publiée n'est connue ici pour cet engagement.",
        Aspect.CONTENT: "Ce qui est fait : le bilan n'en dit rien de plus.",
    }.get(aspect, "")


def _glossary(commitment: Commitment, catalogue: Catalogue) -> str:
    shown = " ".join(
        part for part in (commitment.title, commitment.summary, commitment.info, commitment.caveat) if part
    )
    found = explained(shown, catalogue.glossary)[:_MOST_TERMS]
    lines = [f"{escape(term.term)} : {escape(sentence(term.meaning))}" for term in found]
    return "Mots expliqués :\n" + "\n".join(lines) if lines else ""


def _orientation(commitment: Commitment, catalogue: Catalogue) -> str:
    orientation = catalogue.get_orientation(commitment.orientation)
    place = f"chantier prioritaire n° {commitment.number}, " if commitment.kind is Kind.PRIORITY else ""
    return f"Dans le bilan : {place}orientation {orientation.id[1:]}, {quoted(orientation.title)}."


def _source_line(commitment: Commitment, catalogue: Catalogue, today: date) -> str:
    where = printed_in(catalogue.document, commitment.pages)
    return f"Source : {where}. {sources.checked(commitment, today)}."
