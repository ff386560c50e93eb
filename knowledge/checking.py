"""Every rule the data must keep; one fault a line (``python -m knowledge check``)."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator

from knowledge.datafiles import CommitmentEntry, DataFiles, OrientationEntry
from knowledge.errors import DataFault
from knowledge.matching.wording import words
from knowledge.models import Kind, Status

BY_KIND = {Kind.PRIORITY: 28, Kind.ACTION: 73, Kind.INTERPELLATION: 1}
BY_ORIENTATION = {"o1": 12, "o2": 24, "o3": 25, "o4": 30, "o5": 11}
# Only what the report's words give; its icons did not survive in the text.
BY_STATUS = {Status.REALISE: 4, Status.EN_COURS: 17, Status.A_OUVRIR: 0, None: 81}
WITH_DELIBERATION = 14
FEWEST_FACTS = 45


def check(files: DataFiles) -> list[DataFault]:
    """Every fault of the data files against the rules that need no other source."""
    return [
        *_counts(files),
        *_identities(files),
        *_wordings(files),
        *_statuses(files),
        *_dates(files),
        *_references(files),
        *_samples(files),
    ]


def wording_hash(entry: CommitmentEntry) -> str:
    """The hash that freezes a title and its INFOS."""
    return hashlib.sha256(f"{entry.title}\n{entry.info or ''}".encode()).hexdigest()


def entries(files: DataFiles) -> Iterator[tuple[OrientationEntry, CommitmentEntry]]:
    """Every commitment with its orientation."""
    for orientation in files.orientations:
        for entry in orientation.commitments:
            yield orientation, entry


def where(orientation: OrientationEntry, entry: CommitmentEntry) -> str:
    """The place of a commitment in the data files, for a fault."""
    return f"commitments/{orientation.id}.yaml: {entry.id}"


def _counts(files: DataFiles) -> Iterator[DataFault]:
    everyone = [entry for _, entry in entries(files)]
    if len(everyone) != sum(BY_KIND.values()):
        yield DataFault("commitments", f"{len(everyone)} commitments instead of {sum(BY_KIND.values())}")
    kinds = Counter(entry.kind for entry in everyone)
    for kind, wanted in BY_KIND.items():
        if kinds[kind] != wanted:
            yield DataFault("commitments", f"{kinds[kind]} of kind {kind} instead of {wanted}")
    for orientation in files.orientations:
        wanted = BY_ORIENTATION.get(orientation.id, 0)
        if len(orientation.commitments) != wanted:
            found = len(orientation.commitments)
            yield DataFault(f"commitments/{orientation.id}.yaml", f"{found} commitments instead of {wanted}")
    voted = sum(1 for entry in everyone if entry.deliberations)
    if voted != WITH_DELIBERATION:
        yield DataFault("commitments", f"{voted} commitments with a deliberation instead of {WITH_DELIBERATION}")
    if len(files.facts) < FEWEST_FACTS:
        yield DataFault("facts.yaml", f"{len(files.facts)} facts, at least {FEWEST_FACTS} are needed")


def _identities(files: DataFiles) -> Iterator[DataFault]:
    seen = Counter(entry.id for _, entry in entries(files))
    yield from (DataFault("commitments", f"{key} stands {n} times") for key, n in seen.items() if n > 1)
    facts = Counter(fact.id for fact in files.facts)
    yield from (DataFault("facts.yaml", f"{key} stands {n} times") for key, n in facts.items() if n > 1)
    terms = Counter(term.term.lower() for term in files.glossary)
    yield from (DataFault("glossary.yaml", f"{key} stands {n} times") for key, n in terms.items() if n > 1)
    for orientation, entry in entries(files):
        place = where(orientation, entry)
        if (entry.number is not None) != (entry.kind is Kind.PRIORITY):
            yield DataFault(place, "a priority project has a number, and nothing else has one")
        if entry.number is not None and entry.id != f"p{entry.number:02d}":
            yield DataFault(place, f"number {entry.number} does not fit the id")
        if entry.number is None and not entry.id.startswith(f"a{orientation.id[1]}-"):
            yield DataFault(place, f"the id does not fit orientation {orientation.id}")
        if (entry.summary is not None) != (entry.details is not None):
            yield DataFault(place, "a summary goes with the report's paragraph, and only with it")


def _wordings(files: DataFiles) -> Iterator[DataFault]:
    for orientation, entry in entries(files):
        if files.wording.get(entry.id) != wording_hash(entry):
            yield DataFault(where(orientation, entry), "title or info is not the wording adopted (wording.yaml)")


def _statuses(files: DataFiles) -> Iterator[DataFault]:
    for orientation, entry in entries(files):
        place = where(orientation, entry)
        if (entry.status is None) != (entry.status_evidence is None):
            yield DataFault(place, "a status needs the words it rests on, and they need a status")
        elif entry.status_evidence is not None and not _quoted(entry.status_evidence, entry):
            yield DataFault(place, "status_evidence is not in the report's wording of this commitment")


def as_adopted(files: DataFiles) -> Iterator[DataFault]:
    """Whether the statuses are in number those that the report's words give."""
    found = Counter(entry.status for _, entry in entries(files))
    for status, wanted in BY_STATUS.items():
        if found[status] != wanted:
            yield DataFault("commitments", f"{found[status]} with status {status or 'unknown'} instead of {wanted}")


def _dates(files: DataFiles) -> Iterator[DataFault]:
    for orientation, entry in entries(files):
        for due in entry.due:
            if due.starts and due.ends and due.starts[:4] > due.ends[:4]:
                yield DataFault(where(orientation, entry), f"due date « {due.label} » ends before it starts")
            printed = set(re.findall(r"20\d\d", due.label))
            if due.starts and printed and due.starts[:4] not in printed:
                yield DataFault(where(orientation, entry), f"due date « {due.label} » does not start in {due.starts}")
        if max(entry.pages) > files.document.pages:
            yield DataFault(where(orientation, entry), f"the report has {files.document.pages} pages")


def _quoted(evidence: str, entry: CommitmentEntry) -> bool:
    whole = " ".join(words(" ".join(part for part in (entry.title, entry.details, entry.info) if part)))
    return " ".join(words(evidence)) in whole


def _references(files: DataFiles) -> Iterator[DataFault]:
    known = {entry.id for _, entry in entries(files)}
    for milestone in files.milestones:
        if milestone.id not in known:
            yield DataFault("milestones.yaml", f"{milestone.id} is no commitment")
    for theme in (*files.vocabulary.themes, *files.vocabulary.topics):
        for key in theme.commitments:
            if key not in known:
                yield DataFault(f"vocabulary.yaml: {theme.name}", f"{key} is no commitment")
    for reason, messages in files.others.refusals.items():
        for message in messages:
            for key in set(message.near) - known:
                yield DataFault(f"others.yaml: {reason}", f"{key} is no commitment")
    yield from (DataFault("samples", f"{key} is no commitment") for key in files.samples.keys() - known)
    yield from (DataFault("samples", f"{key} has no samples") for key in known - files.samples.keys())


def _samples(files: DataFiles) -> Iterator[DataFault]:
    asked: dict[str, str] = {}
    for key, entry in files.samples.items():
        for question in entry.questions:
            folded = " ".join(words(question)) or question
            if asked.setdefault(folded, key) != key:
                yield DataFault(f"samples: {key}", f"« {question} » stands under {asked[folded]} too")
