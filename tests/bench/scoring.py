"""Scores the program's answers to questions whose right answer is known.

Rules: a single commitment must come first and not be refused; a list must hold nine tenths of what is wanted and
nine tenths of it must be wanted or allowed; a count must be the number; a fact must say every string wanted; what is
out of scope must be refused; a greeting must get the menu; of what fits a broad word, four fifths must be among the
first five.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

QUESTIONS = Path(__file__).with_name("questions.jsonl")

_MOST_OF_A_LIST = 0.9
_MOST_OF_CHOICES = 0.8
_OFFERED = 5
_WITHIN = 3
_FOLLOW_UP = "followup"
_GROUPS = ("residents", "noisy")


class Expect(StrEnum):
    """What kind of answer is right."""

    COMMITMENT = "commitment"
    LIST = "list"
    COUNT = "count"
    FACT = "fact"
    ABSTAIN = "abstain"
    MENU = "menu"
    CHOICES = "choices"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One line of the measuring set.

    Attributes:
        turns: What is said; the answer to the last is judged.
        group: ``residents``, ``noisy`` or ``structured``.
        gold: The ids wanted; ``also``, those allowed beside.
        number: The figure of a count; ``contains``, what a fact must say.
    """

    id: str
    turns: tuple[str, ...]
    group: str
    style: str
    expect: Expect
    gold: frozenset[str]
    also: frozenset[str]
    number: int | None
    contains: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the program answered (CONTRACT, "An answer as JSON"); as much of it as is judged."""

    outcome: str | None = None
    commitments: tuple[str, ...] = ()
    number: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: how many of how many."""

    name: str
    hits: int
    total: int

    @property
    def rate(self) -> float:
        """0 to 1; 0 when there was none."""
        return self.hits / self.total if self.total else 0.0


def read_questions(path: Path = QUESTIONS) -> tuple[Question, ...]:
    """The measuring set, which nothing learns from."""
    return tuple(_question(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line)


def read_answers(lines: Iterable[str]) -> dict[str, Answer]:
    """Lines of JSON as the program prints them, by id."""
    entries = [json.loads(line) for line in lines]
    return {
        entry["id"]: Answer(
            outcome=entry["outcome"],
            commitments=tuple(entry["commitments"]),
            number=entry["number"],
            text=entry["text"],
        )
        for entry in entries
    }


def passes(question: Question, answer: Answer) -> bool:
    """Whether the answer is right, by the rules in this module's head."""
    return _RULES[question.expect](question, answer)


def is_within(question: Question, answer: Answer) -> bool:
    """Whether a right commitment is among the first three of an answer that is no refusal."""
    return answer.outcome != "refusal" and not question.gold.isdisjoint(answer.commitments[:_WITHIN])


def table(questions: Sequence[Question], answers: Mapping[str, Answer]) -> tuple[Row, ...]:
    """The rows that count, in a fixed order; a question without an answer is a miss."""
    pairs = [(question, answers.get(question.id, Answer())) for question in questions]
    rows: list[Row] = []
    for group in _GROUPS:
        rows += _found(group, [pair for pair in pairs if pair[0].group == group])
    in_scope = [pair for pair in pairs if pair[0].group in _GROUPS]
    out = [pair for pair in pairs if pair[0].expect is Expect.ABSTAIN]
    rows.append(_row("in scope: refused", in_scope, lambda q, a: a.outcome == "refusal"))
    rows.append(_row("out of scope: refused", out, passes))
    rows.append(_row("out of scope: answered as sure", out, lambda q, a: a.outcome == "answer"))
    structured = [pair for pair in pairs if pair[0].group not in _GROUPS]
    for expect in (Expect.COUNT, Expect.MENU, Expect.FACT, Expect.LIST, Expect.CHOICES):
        rows.append(_row(expect.value, [pair for pair in structured if pair[0].expect is expect], passes))
    rows.append(_row("follow-ups", [pair for pair in pairs if pair[0].style == _FOLLOW_UP], passes))
    rows.append(_row("commitment", [pair for pair in structured if pair[0].expect is Expect.COMMITMENT], passes))
    return tuple(rows)


_Pair = tuple[Question, Answer]
_Rule = Callable[[Question, Answer], bool]


def _found(group: str, pairs: list[_Pair]) -> list[Row]:
    return [
        _row(f"{group}: first", pairs, passes),
        _row(f"{group}: within three", pairs, is_within),
        _row(f"{group}: right and sure", pairs, lambda q, a: passes(q, a) and a.outcome == "answer"),
    ]


def _row(name: str, pairs: list[_Pair], rule: _Rule) -> Row:
    return Row(name=name, hits=sum(rule(*pair) for pair in pairs), total=len(pairs))


def _commitment(question: Question, answer: Answer) -> bool:
    return answer.outcome != "refusal" and not question.gold.isdisjoint(answer.commitments[:1])


def _list(question: Question, answer: Answer) -> bool:
    given = frozenset(answer.commitments)
    if not given:
        return False
    complete = len(given & question.gold) / len(question.gold) if question.gold else 1.0
    exact = len(given & (question.gold | question.also)) / len(given)
    return min(complete, exact) >= _MOST_OF_A_LIST


def _fact(question: Question, answer: Answer) -> bool:
    said = _folded(answer.text)
    return all(_folded(wanted) in said for wanted in question.contains)


def _choices(question: Question, answer: Answer) -> bool:
    found = question.gold.intersection(answer.commitments[:_OFFERED])
    return len(found) >= _MOST_OF_CHOICES * min(_OFFERED, len(question.gold))


_RULES: dict[Expect, _Rule] = {
    Expect.COMMITMENT: _commitment,
    Expect.LIST: _list,
    Expect.COUNT: lambda question, answer: answer.number == question.number,
    Expect.FACT: _fact,
    Expect.ABSTAIN: lambda question, answer: answer.outcome == "refusal",
    Expect.MENU: lambda question, answer: answer.outcome == "menu",
    Expect.CHOICES: _choices,
}


def _folded(text: str) -> str:
    """Without case, accents, curly apostrophes, or spaces inside numbers (« 650 000 » is 650000)."""
    straight = text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace("œ", "oe")
    letters = (c for c in unicodedata.normalize("NFKD", straight) if unicodedata.category(c) != "Mn")
    return re.sub(r"(?<=\d) (?=\d)", "", " ".join("".join(letters).split()))


def _question(entry: dict[str, Any]) -> Question:
    return Question(
        id=entry["id"],
        turns=tuple(entry["turns"] if "turns" in entry else [entry["q"]]),
        group=entry["set"],
        style=entry["style"],
        expect=Expect(entry["expect"]),
        gold=frozenset(entry["gold"]),
        also=frozenset(entry["also"]),
        number=entry.get("answer_number"),
        contains=tuple(entry.get("answer_contains", ())),
    )
