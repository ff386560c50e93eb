"""A status in words, always with its date and what it rests on."""

from bot.texts.markup import bold, escape
from knowledge.models import Commitment, Document
from knowledge.wording.statuses import PLURALS, UNKNOWN, UNKNOWN_PLURAL, WORDS, as_printed, basis, counted, word

__all__ = ["PLURALS", "UNKNOWN", "UNKNOWN_PLURAL", "WORDS", "as_printed", "counted", "with_basis", "word"]


def with_basis(commitment: Commitment, document: Document) -> str:
    """The status in bold, then its date and the words it rests on; or plainly that it is not legible."""
    return f"{bold(word(commitment).capitalize())}{escape(basis(commitment, document))}"
