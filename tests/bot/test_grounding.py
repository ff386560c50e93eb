"""Nothing is made up: every number, date, place and organisation of every answer stands in a field of the base."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.asking import batch
from knowledge.catalogue import Catalogue
from knowledge.matching.meaning import Outcome
from knowledge.matching.wording import fold
from knowledge.models import Commitment, Status
from knowledge.service import Knowledge
from tests.trials import trial

QUESTIONS = Path(__file__).parents[1] / "bench" / "questions.jsonl"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
_NUMBER = re.compile(r"\d+(?:[   ]\d{3})*")
_KNOWN_TODAY = re.compile(r"sur (\d+)\s+engagements?\s:\s([^.]*)\.")
_RANK = re.compile(r"^\d+\. ", re.MULTILINE)


@pytest.fixture(scope="module")
def answers(knowledge: Knowledge) -> list[dict[str, object]]:
    conversation = trial(knowledge, UTC)
    lines = QUESTIONS.read_bytes().splitlines()
    return [json.loads(answer) for answer in batch(lines, conversation, knowledge.catalogue, lambda: NOW)]


def test_every_number_of_every_answer_is_in_the_base(answers: list[dict[str, object]], knowledge: Knowledge) -> None:
    printed = set(_NUMBER.findall(_fields(knowledge.catalogue)))
    digits = {re.sub(r"\D", "", number) for number in printed} | set(_parts_of_dates(knowledge.catalogue))
    for answer in answers:
        text = _KNOWN_TODAY.sub("", _RANK.sub("", str(answer["text"])))
        counted = {str(number) for number in _counted(answer, knowledge.catalogue)}
        shown = {re.sub(r"\D", "", number) for number in _NUMBER.findall(text)}
        assert shown <= digits | counted, (answer["id"], shown - digits - counted)


def test_what_is_known_today_adds_up(answers: list[dict[str, object]]) -> None:
    told = [found for answer in answers if (found := _KNOWN_TODAY.search(str(answer["text"])))]
    assert told
    for found in told:
        assert sum(map(int, re.findall(r"\d+", found.group(2)))) == int(found.group(1))


def test_every_month_of_every_answer_is_in_the_base(answers: list[dict[str, object]], knowledge: Knowledge) -> None:
    # A month is printed as such, or is the month of an ISO date of the base.
    base = _fields(knowledge.catalogue).lower()
    numbers = {int(month) for month in re.findall(r"\b20\d\d-(\d\d)", base)}
    for answer in answers:
        shown = {month for month in _MONTHS if re.search(rf"\b{month}\b", str(answer["text"]).lower())}
        for month in shown:
            assert re.search(rf"\b{month}\b", base) or _MONTHS.index(month) + 1 in numbers, (answer["id"], month)


def test_every_place_and_organisation_of_an_answer_is_in_what_it_speaks_of(
    answers: list[dict[str, object]], knowledge: Knowledge
) -> None:
    catalogue = knowledge.catalogue
    names = {tag.name for tag in catalogue.tags if tag.kind in ("place", "organisation")}
    for answer in answers:
        if answer["outcome"] != Outcome.ANSWER:
            continue
        commitments = answer["commitments"]
        assert isinstance(commitments, list)
        spoken = fold(_about(catalogue.get(commitments[0]), catalogue))
        for name in names:
            if _names(name, fold(str(answer["text"]))):
                assert _names(name, spoken), (answer["id"], name)


def test_a_status_is_never_told_without_its_words(answers: list[dict[str, object]], knowledge: Knowledge) -> None:
    for answer in answers:
        if answer["outcome"] != Outcome.ANSWER:
            continue
        commitments = answer["commitments"]
        assert isinstance(commitments, list)
        commitment = knowledge.catalogue.get(commitments[0])
        text = str(answer["text"]).replace(" ", " ")
        if commitment.status is None:
            assert "Statut non lisible" in text, answer["id"]
        else:
            assert fold(commitment.status_evidence or "?") in fold(text), answer["id"]


def _names(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", text) is not None


def _fields(catalogue: Catalogue) -> str:
    """Every text field of the base."""
    return "\n".join(_texts(catalogue))


def _texts(catalogue: Catalogue) -> Iterator[str]:
    document = catalogue.document
    yield from (document.title, document.publisher, document.date, str(document.pages))
    yield from (text for o in catalogue.orientations for text in (o.id, o.title, o.intro, str(o.pages)))
    yield from (_about(commitment, catalogue) for commitment in catalogue.commitments)
    yield from (text for fact in catalogue.facts for text in (fact.answer, str(fact.number), str(fact.pages)))
    yield from (text for term in catalogue.glossary for text in (term.term, term.meaning))
    yield from (text for each in catalogue.emergency_numbers for text in (each.number, each.who))
    yield from (tag.name for tag in catalogue.tags)


def _about(commitment: Commitment, catalogue: Catalogue) -> str:
    """Every field that a card may show."""
    orientation = catalogue.get_orientation(commitment.orientation)
    parts = [commitment.id, str(commitment.number), commitment.wording, commitment.summary, commitment.caveat]
    parts += [commitment.status_evidence, commitment.note, commitment.as_of, commitment.checked_at]
    parts += [str(commitment.pages), orientation.id, orientation.title, catalogue.document.title]
    parts += [catalogue.document.publisher, catalogue.document.date]
    parts += [f"{vote.date} {vote.label} {vote.url}" for vote in commitment.deliberations]
    parts += [f"{step.date} {step.summary} {step.source_url}" for step in commitment.milestones]
    parts += [f"{due.label} {due.starts} {due.ends}" for due in commitment.due]
    parts += [f"{term.term} {term.meaning}" for term in catalogue.glossary]
    return "\n".join(part for part in parts if part)


def _parts_of_dates(catalogue: Catalogue) -> Iterator[str]:
    """Years, months and days of the ISO dates, as French prints them."""
    for date in re.findall(r"\b\d{4}(?:-\d\d){0,2}", _fields(catalogue)):
        yield from (str(int(part)) for part in date.split("-"))


def _counted(answer: dict[str, object], catalogue: Catalogue) -> Iterator[object]:
    """Figures that are counts of what the base holds: of the answer's own list, of each status, of everything."""
    commitments = answer["commitments"]
    assert isinstance(commitments, list)
    everyone = catalogue.commitments
    sizes = {len(commitments), len(everyone), answer["number"]}
    for status in (*Status, None):
        sizes.add(sum(1 for each in everyone if each.status is status))
        sizes.add(sum(1 for each in commitments if catalogue.get(each).status is status))
    yield from sizes
