"""Check the data against the report's own text: every word of it, and nothing that is not there.

The report was laid out in columns: a title may stand cut over two places, with other text between. So a wording is
looked for as its letters and digits in that order, within a bounded stretch.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from knowledge.checking import entries, where
from knowledge.datafiles import CommitmentEntry, DataFiles, FoundTagEntry
from knowledge.errors import DataFault
from knowledge.vocabulary import stands_in

# Letters that stand together at least, and how far apart two columns may push the next ones.
_PIECE = 12
_STRETCH = 3_000
_NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3})*")
_PERIODS = (
    *"janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    *("printemps", "l'été", "automne", "hiver"),
)


def trace(files: DataFiles, report: str) -> list[DataFault]:
    """Every title, INFOS or summary that the report's text does not bear out."""
    plain = _letters(report)
    faults: list[DataFault] = []
    for orientation, entry in entries(files):
        place = where(orientation, entry)
        for name, wording in (("title", entry.title), ("info", entry.info), ("details", entry.details)):
            if wording and not _in_order(_letters(wording), plain):
                faults.append(DataFault(place, f"{name} is not in the report, letter for letter"))
        faults += [DataFault(place, what) for what in _summary_faults(entry, files)]
    return faults


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(character for character in folded if character.isalnum())


def _in_order(wanted: str, text: str) -> bool:
    """Whether the letters stand in the text in that order, whole or in pieces that follow each other closely."""
    start = text.find(wanted[:_PIECE])
    while start >= 0:
        if _follows(wanted, text, start):
            return True
        start = text.find(wanted[:_PIECE], start + 1)
    return False


def _follows(wanted: str, text: str, start: int) -> bool:
    """From a first piece on, each next one stands after the last, within one page's stretch."""
    done, place = 0, start
    while done < len(wanted):
        piece = wanted[done : done + _PIECE]
        found = text.find(piece, place, place + _STRETCH)
        if found < 0:
            return False
        length = len(piece)
        while done + length < len(wanted) and text.startswith(wanted[done : done + length + 1], found):
            length += 1
        done, place = done + length, found + length
    return True


def _summary_faults(entry: CommitmentEntry, files: DataFiles) -> Iterator[str]:
    if entry.summary is None or entry.details is None:
        return
    said, printed = _figures(entry.summary), _figures(entry.details)
    yield from (f"the summary adds the figure {figure}" for figure in said - printed)
    yield from (f"the summary lost the figure {figure}" for figure in printed - said)
    for word in _PERIODS:
        if stands_in([word], entry.summary) != stands_in([word], entry.details):
            yield f"« {word} » stands in only one of the summary and the report's paragraph"
    for tag in (*files.vocabulary.places, *files.vocabulary.organisations):
        yield from _name_faults(tag, entry.summary, entry.details)


def _figures(text: str) -> Counter[str]:
    return Counter(re.sub(r"\D", "", figure) for figure in set(_NUMBER.findall(text)))


def _name_faults(tag: FoundTagEntry, summary: str, details: str) -> Iterator[str]:
    here, there = stands_in(tag.in_text, summary), stands_in(tag.in_text, details)
    if here and not there:
        yield f"the summary adds « {tag.name} »"
    if there and not here:
        yield f"the summary lost « {tag.name} »"
