"""What filters may be about, and which commitments each word reaches."""

import re
from collections.abc import Iterable, Iterator

from knowledge.datafiles import CommitmentEntry, DataFiles, FoundTagEntry
from knowledge.models import Tag, TagKind


def tags(files: DataFiles) -> Iterator[Tag]:
    """Every theme as filed, every place, organisation and group of people as found in the report's wording."""
    entries = sorted(
        (entry for orientation in files.orientations for entry in orientation.commitments),
        key=lambda entry: (entry.number is None, entry.number or 0),
    )
    filed = ((TagKind.THEME, files.vocabulary.themes), (TagKind.TOPIC, files.vocabulary.topics))
    for kind, themes in filed:
        for theme in themes:
            reached = tuple(entry.id for entry in entries if entry.id in set(theme.commitments))
            yield Tag(kind=kind, name=theme.name, aliases=tuple(theme.aliases), commitments=reached)
    yield from _found(TagKind.PLACE, files.vocabulary.places, entries)
    yield from _found(TagKind.ORGANISATION, files.vocabulary.organisations, entries)
    yield from _found(TagKind.PEOPLE, files.vocabulary.people, entries)


def stands_in(strings: Iterable[str], text: str) -> bool:
    """Whether one of the strings stands in the text as whole words, upper or lower case."""
    straight = text.replace("’", "'")
    wanted = (re.escape(string.replace("’", "'")) for string in strings)
    return any(re.search(rf"(?<!\w){string}(?!\w)", straight, re.IGNORECASE) for string in wanted)


def wording(entry: CommitmentEntry) -> str:
    """All the report's words about a commitment."""
    return "\n".join(part for part in (entry.title, entry.details, entry.info) if part)


def _found(kind: TagKind, found: list[FoundTagEntry], entries: list[CommitmentEntry]) -> Iterator[Tag]:
    for tag in found:
        reached = tuple(entry.id for entry in entries if stands_in(tag.in_text, wording(entry)))
        yield Tag(kind=kind, name=tag.name, aliases=tuple(tag.aliases), commitments=reached)
