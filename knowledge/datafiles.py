"""The shape of the data files that staff read and edit, and their reading.

One pydantic model a file; an unknown key, a missing one or a wrong value is a fault with its place.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from knowledge.errors import DataError, DataFault
from knowledge.models import Kind, Refusal, Status

DATA = Path(__file__).parent / "data"

_ISO = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_ID = r"^(p\d{2}|a[1-5]-\d{2})$"
IsoDate = Annotated[str, Field(pattern=_ISO)]
CommitmentId = Annotated[str, Field(pattern=_ID)]
Text = Annotated[str, Field(min_length=1)]
Pages = Annotated[list[int], Field(min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class DocumentEntry(_Entry):
    """``document.yaml``."""

    title: Text
    publisher: Text
    date: IsoDate
    pages: int
    url: str | None = None


class DeliberationEntry(_Entry):
    """A vote, as the report prints it."""

    date: IsoDate
    label: Text
    url: str | None = None


class DueEntry(_Entry):
    """A due date, as the report prints it."""

    label: Text
    starts: IsoDate | None = Field(default=None, alias="from")
    ends: IsoDate | None = Field(default=None, alias="to")


class CommitmentEntry(_Entry):
    """One commitment of ``commitments/oN.yaml``."""

    id: CommitmentId
    kind: Annotated[Kind, Field(strict=False)]
    number: int | None = None
    title: Text
    details: Text | None = None
    summary: Annotated[str, Field(min_length=1, max_length=600)] | None = None
    info: Text | None = None
    status: Annotated[Status, Field(strict=False)] | None = None
    status_evidence: Text | None = None
    deliberations: list[DeliberationEntry] = []
    due: list[DueEntry] = []
    caveat: Text | None = None
    pages: Pages


class OrientationEntry(_Entry):
    """One file ``commitments/oN.yaml``."""

    id: Annotated[str, Field(pattern=r"^o[1-5]$")]
    title: Text
    intro: Text
    nicknames: list[Text] = []
    pages: Pages
    commitments: list[CommitmentEntry]


class MilestoneEntry(_Entry):
    """One row of ``milestones.yaml``."""

    id: CommitmentId
    date: IsoDate
    kind: Annotated[str, Field(pattern="^(deliberation|milestone)$")]
    summary: Text
    source_url: Annotated[str, Field(pattern="^https?://")]


class FactEntry(_Entry):
    """One fact of ``facts.yaml``, with how people ask for it."""

    id: Annotated[str, Field(pattern="^[a-z0-9-]+$")]
    answer: Text
    number: int | None = None
    total: Text | None = None
    about: Annotated[str, Field(pattern="^o[1-5]$")] | None = None
    pages: list[int]
    samples: Annotated[list[Text], Field(min_length=5)]


class TermEntry(_Entry):
    """One term of ``glossary.yaml``."""

    term: Text
    meaning: Text


class EmergencyEntry(_Entry):
    """One number of ``emergency_numbers.yaml``."""

    number: Annotated[str, Field(pattern=r"^\d{2,4}$")]
    who: Text


class FoundTagEntry(_Entry):
    """A place, an organisation or people: found in the report by the strings of ``in_text``."""

    name: Text
    aliases: list[Text] = []
    in_text: Annotated[list[Text], Field(min_length=1)]


class ThemeEntry(_Entry):
    """A theme or a topic: its commitments are filed by hand."""

    name: Text
    aliases: list[Text] = []
    commitments: Annotated[list[CommitmentId], Field(min_length=1)]


class VocabularyEntry(_Entry):
    """``vocabulary.yaml``: what filters may be about."""

    themes: list[ThemeEntry]
    topics: list[ThemeEntry]
    places: list[FoundTagEntry]
    organisations: list[FoundTagEntry]
    people: list[FoundTagEntry]


class SamplesEntry(_Entry):
    """How residents talk about one commitment, in ``samples/oN.yaml``."""

    words: list[Text] = []
    questions: list[Text]


class OtherEntry(_Entry):
    """A message that is not about one commitment; ``near`` are those one might suggest."""

    q: Text
    near: list[CommitmentId] = []


class OthersEntry(_Entry):
    """``others.yaml``: refusals by reason, then greetings, lists and counts."""

    refusals: dict[Annotated[Refusal, Field(strict=False)], list[OtherEntry]]
    menu: list[Text]
    lists: list[Text]
    counts: list[Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFiles:
    """Everything the data folder holds, valid in shape."""

    document: DocumentEntry
    orientations: list[OrientationEntry]
    milestones: list[MilestoneEntry]
    facts: list[FactEntry]
    glossary: list[TermEntry]
    emergency_numbers: list[EmergencyEntry]
    vocabulary: VocabularyEntry
    samples: dict[str, SamplesEntry]
    others: OthersEntry
    wording: dict[str, str]


def digest(folder: Path = DATA) -> str:
    """A hash of every data file, to know whether the base must be filled again."""
    whole = hashlib.sha256()
    for path in _files(folder):
        whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def read(folder: Path = DATA) -> DataFiles:
    """Read and validate every data file.

    Raises:
        DataError: Every fault of shape, in one go.
    """
    faults: list[DataFault] = []

    def one(name: str, shape: type[_Shape] | Any) -> Any:
        try:
            return TypeAdapter(shape).validate_python(_yaml(folder / name))
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                place = ".".join(str(step) for step in fault["loc"])
                faults.append(DataFault(f"{name}: {place}", fault["msg"]))
        except (OSError, yaml.YAMLError, ValueError, TypeError) as error:
            faults.append(DataFault(name, " ".join(str(error).split())))
        return None

    numbers = range(1, 6)
    samples: dict[str, SamplesEntry] = {}
    loaded = {
        "document": one("document.yaml", DocumentEntry),
        "orientations": [one(f"commitments/o{n}.yaml", OrientationEntry) for n in numbers],
        "milestones": one("milestones.yaml", list[MilestoneEntry]),
        "facts": one("facts.yaml", list[FactEntry]),
        "glossary": one("glossary.yaml", list[TermEntry]),
        "emergency_numbers": one("emergency_numbers.yaml", Annotated[list[EmergencyEntry], Field(min_length=1)]),
        "vocabulary": one("vocabulary.yaml", VocabularyEntry),
        "others": one("others.yaml", OthersEntry),
        "wording": one("wording.yaml", dict[CommitmentId, str]),
    }
    for n in numbers:
        part = one(f"samples/o{n}.yaml", dict[CommitmentId, SamplesEntry]) or {}
        faults += [
            DataFault(f"samples/o{n}.yaml", f"{key} already has samples") for key in part.keys() & samples.keys()
        ]
        samples |= part
    if faults:
        raise DataError(faults)
    return DataFiles(samples=samples, **loaded)


_Shape = TypeVar("_Shape")


class _UniqueKeyLoader(yaml.CSafeLoader):
    """YAML keeps the last of two equal keys in silence; here the second is a fault."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key {key.value!r} stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _yaml(path: Path) -> Any:
    with path.open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=_UniqueKeyLoader)  # noqa: S506 - a child of the safe loader


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.rglob("*.yaml"))
