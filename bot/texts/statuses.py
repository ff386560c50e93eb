"""A status in words, always with its date and what it rests on."""

from bot.texts.markup import bold, escape, link, quoted
from knowledge.models import Commitment, Document
from knowledge.wording.statuses import (
    PLURALS,
    PROOF,
    UNKNOWN,
    UNKNOWN_PLURAL,
    WORDS,
    as_printed,
    basis,
    before_proof,
    counted,
    since,
    word,
)

__all__ = ["PLURALS", "UNKNOWN", "UNKNOWN_PLURAL", "WORDS", "as_printed", "counted", "shown_by", "since", "word"]


def with_basis(commitment: Commitment, document: Document) -> str:
    """The status in bold, then its date, the words it rests on and its page; or plainly that it is not legible."""
    said = f"{bold(word(commitment).capitalize())}{escape(basis(commitment, document))}"
    url = commitment.status_url
    return f"{said} {before_proof(commitment)} {link(PROOF, url)}." if commitment.status and url else said


def shown_by(url: str | None, document: str | None) -> str:
    """What shows a status: a document in words, a page, or both."""
    return ", ".join([*([quoted(document)] if document else []), *([link(PROOF, url)] if url else [])])
