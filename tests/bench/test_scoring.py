"""The scorer's rules on answers made by hand, and the measuring set's own promise: nothing has learned from it."""

from collections.abc import Iterator
from typing import Any

import pytest

from knowledge import datafiles
from knowledge.matching.calibrating import read_questions as read_calibration_questions
from knowledge.matching.wording import words
from tests.bench.quality import AIMS, missed
from tests.bench.scoring import Answer, Expect, Question, Row, passes, read_questions, table

FEWEST_QUESTIONS = 300
# « Bonjour », « merci », « le deuxième », « vélo »: nobody can write these otherwise.
SHORT = 2


def a_question(**changes: Any) -> Question:
    values: dict[str, Any] = {
        "id": "m001",
        "turns": ("Et les arbres ?",),
        "group": "residents",
        "style": "natural",
        "expect": Expect.COMMITMENT,
        "gold": frozenset({"p01"}),
        "also": frozenset(),
        "number": None,
        "contains": (),
    }
    return Question(**(values | changes))


def gold(count: int) -> frozenset[str]:
    return frozenset(f"p{n:02d}" for n in range(1, count + 1))


def ids(count: int) -> tuple[str, ...]:
    return tuple(sorted(gold(count)))


COMMITMENT = a_question()
LIST = a_question(expect=Expect.LIST, gold=gold(10), also=frozenset({"p20"}))
COUNT = a_question(expect=Expect.COUNT, number=102)
FACT = a_question(expect=Expect.FACT, contains=("650 000", "Métropole"))
ABSTAIN = a_question(expect=Expect.ABSTAIN)
MENU = a_question(expect=Expect.MENU)
CHOICES = a_question(expect=Expect.CHOICES, gold=gold(7))


@pytest.mark.parametrize(
    ("question", "answer", "right"),
    [
        (COMMITMENT, Answer(outcome="answer", commitments=("p01", "p02")), True),
        (COMMITMENT, Answer(outcome="choices", commitments=("p01", "p02")), True),
        (COMMITMENT, Answer(outcome="answer", commitments=("p02", "p01")), False),
        (COMMITMENT, Answer(outcome="refusal", commitments=("p01",)), False),
        (COMMITMENT, Answer(outcome="menu"), False),
        (LIST, Answer(outcome="list", commitments=ids(10)), True),
        (LIST, Answer(outcome="list", commitments=ids(9)), True),
        (LIST, Answer(outcome="list", commitments=ids(8)), False),
        (LIST, Answer(outcome="list", commitments=(*ids(10), "p20", "p30")), True),
        (LIST, Answer(outcome="list", commitments=(*ids(10), "p30", "p31")), False),
        (LIST, Answer(outcome="list"), False),
        (COUNT, Answer(outcome="count", number=102), True),
        (COUNT, Answer(outcome="count", number=101), False),
        (COUNT, Answer(outcome="fact", text="102"), False),
        (FACT, Answer(outcome="fact", text="La métropole compte 650\N{NO-BREAK SPACE}000 habitants."), True),
        (FACT, Answer(outcome="fact", text="La métropole est grande."), False),
        (ABSTAIN, Answer(outcome="refusal"), True),
        (ABSTAIN, Answer(outcome="choices", commitments=("p01",)), False),
        (MENU, Answer(outcome="menu"), True),
        (MENU, Answer(outcome="refusal"), False),
        (CHOICES, Answer(outcome="choices", commitments=("p01", "p02", "p03", "p04", "p20")), True),
        (CHOICES, Answer(outcome="choices", commitments=("p01", "p02", "p03", "p20", "p21", "p04")), False),
    ],
)
def test_an_answer_passes_by_the_rule_of_its_kind(question: Question, answer: Answer, right: bool) -> None:
    assert passes(question, answer) is right


def test_the_table_tells_first_from_sure_and_counts_a_missing_answer_as_a_miss() -> None:
    questions = [a_question(id=f"m{n}") for n in range(4)]
    answers = {
        "m0": Answer(outcome="answer", commitments=("p01",)),
        "m1": Answer(outcome="choices", commitments=("p01", "p02")),
        "m2": Answer(outcome="answer", commitments=("p02", "p03", "p01")),
    }
    hits = {row.name: (row.hits, row.total) for row in table(questions, answers)}
    assert hits["residents: first"] == (2, 4)
    assert hits["residents: within three"] == (3, 4)
    assert hits["residents: right and sure"] == (1, 4)
    assert hits["in scope: refused"] == (0, 4)


def test_follow_ups_count_in_their_own_kind_too() -> None:
    question = a_question(group="structured", style="followup", expect=Expect.LIST, gold=gold(1))
    hits = {row.name: row.hits for row in table([question], {"m001": Answer(outcome="list", commitments=("p01",))})}
    assert hits["list"] == hits["follow-ups"] == 1


def test_a_floor_is_missed_from_below_and_a_limit_from_above() -> None:
    rows = [
        Row(name="count", hits=9, total=10),
        Row(name="menu", hits=9, total=10),
        Row(name="in scope: refused", hits=1, total=10),
        Row(name="out of scope: answered as sure", hits=0, total=10),
        Row(name="commitment", hits=0, total=10),
    ]
    assert missed(rows) == ("count", "in scope: refused")


def test_every_aim_is_a_row_of_the_table() -> None:
    assert AIMS.keys() <= {row.name for row in table([], {})}


def test_the_measuring_set_is_large_names_each_question_once_and_has_every_kind() -> None:
    questions = read_questions()
    assert len(questions) >= FEWEST_QUESTIONS
    assert len({question.id for question in questions}) == len(questions)
    assert {question.expect for question in questions} == set(Expect)


def test_no_measuring_question_has_been_learned_from() -> None:
    learned = {_key(text) for text in _learned()}
    asked = {_key(text): text for question in read_questions() for text in question.turns}
    assert [text for key, text in asked.items() if key in learned and len(key) > SHORT] == []


def _key(text: str) -> tuple[str, ...]:
    return tuple(words(text))


def _learned() -> Iterator[str]:
    """Every sample question and calibration question; the residents' words are no questions."""
    files = datafiles.read()
    for entry in files.samples.values():
        yield from entry.questions
    for fact in files.facts:
        yield from fact.samples
    for messages in files.others.refusals.values():
        yield from (message.q for message in messages)
    yield from (*files.others.menu, *files.others.lists, *files.others.counts)
    yield from (question.text for question in read_calibration_questions())
