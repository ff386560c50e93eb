"""The whole knowledge base as records in memory: 102 commitments are read once, not at every question."""

from dataclasses import dataclass, field
from functools import cached_property

from knowledge.errors import UnknownCommitmentError
from knowledge.models import Commitment, Document, EmergencyNumber, Fact, Orientation, Tag, Term


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Everything an answer may be made of, in document order."""

    document: Document
    orientations: tuple[Orientation, ...]
    commitments: tuple[Commitment, ...]
    facts: tuple[Fact, ...]
    glossary: tuple[Term, ...]
    emergency_numbers: tuple[EmergencyNumber, ...]
    tags: tuple[Tag, ...]
    _by_id: dict[str, Commitment] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {c.id: c for c in self.commitments})

    def get(self, commitment_id: str) -> Commitment:
        """The commitment of this id.

        Raises:
            UnknownCommitmentError: There is none.
        """
        try:
            return self._by_id[commitment_id]
        except KeyError:
            raise UnknownCommitmentError(commitment_id) from None

    def __contains__(self, commitment_id: object) -> bool:
        return commitment_id in self._by_id

    def get_orientation(self, orientation_id: str) -> Orientation:
        """The orientation of this id, ``o1`` to ``o5``; KeyError when there is none."""
        return self._orientations_by_id[orientation_id]

    def get_fact(self, fact_id: str) -> Fact:
        """The fact of this id; KeyError when there is none."""
        return self._facts_by_id[fact_id]

    @cached_property
    def _orientations_by_id(self) -> dict[str, Orientation]:
        return {o.id: o for o in self.orientations}

    @cached_property
    def _facts_by_id(self) -> dict[str, Fact]:
        return {f.id: f for f in self.facts}
