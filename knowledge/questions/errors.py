"""What can go wrong with questions that found no answer and with what staff teach from them."""

from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import KnowledgeError


class NothingToKeepError(KnowledgeError):
    """Without its personal data a question says nothing any more."""


@dataclass
class UnknownQuestionError(KnowledgeError):
    """No kept question of this number waits."""

    question: int


class SampleError(KnowledgeError):
    """Words that cannot be taught."""


class EmptySampleError(SampleError):
    """Nothing, or only words without a topic."""


@dataclass
class LongSampleError(SampleError):
    """More characters than people ask with."""

    length: int
    most: int


class PersonalSampleError(SampleError):
    """They point to a person."""


@dataclass
class TakenSampleError(SampleError):
    """They stand already: under the same thing, or under another (``about`` as in the samples)."""

    about: str
    is_same: bool


@dataclass
class UnwritableFolderError(KnowledgeError):
    """Files cannot be written there."""

    folder: Path
    why: str

    def __str__(self) -> str:
        return f"{self.folder}: cannot be written ({self.why})"
