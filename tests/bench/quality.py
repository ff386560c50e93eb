"""``make measure``: how well the real program answers our own measuring set, beside what it must reach."""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import asking
from knowledge.measured import Measured
from knowledge.service import Knowledge
from tests.bench.methods import NOW, path_in
from tests.bench.scoring import QUESTIONS, Answer, Question, Row, passes, read_answers, read_questions, table
from tests.trials import trial

KEPT_INDEX = Path(__file__).parents[2] / "var" / "index"
PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Aim:
    """What a row must reach, and what it should; ``most`` when the figure is one to stay under."""

    floor: float
    goal: float
    most: bool = False

    def is_met(self, row: Row) -> bool:
        """Whether the row reaches its floor."""
        return row.rate <= self.floor if self.most else row.rate >= self.floor


AIMS = {
    "residents: first": Aim(0.90, 0.98),
    "residents: within three": Aim(0.96, 0.998),
    "residents: right and sure": Aim(0.75, 0.95),
    "noisy: first": Aim(0.83, 0.95),
    "noisy: within three": Aim(0.92, 0.99),
    "noisy: right and sure": Aim(0.65, 0.90),
    "in scope: refused": Aim(0.05, 0.01, most=True),
    "out of scope: refused": Aim(0.80, 0.97),
    "out of scope: answered as sure": Aim(0.05, 0.0, most=True),
    "count": Aim(0.95, 1.0),
    "menu": Aim(0.90, 1.0),
    "fact": Aim(0.88, 1.0),
    "list": Aim(0.75, 0.98),
    "choices": Aim(0.75, 0.98),
    "follow-ups": Aim(0.80, 0.98),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 with ``--floors`` when a floor is not met."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.quality", description=__doc__)
    parser.add_argument("--floors", action="store_true", help="fail when a floor is not met")
    parser.add_argument("--publish", action="store_true", help="keep the figures, for /apropos to tell them")
    parser.add_argument("--misses", action="store_true", help="print every question whose answer is not right")
    options = parser.parse_args(arguments)
    questions = read_questions()
    with opened() as knowledge:
        answers = answer_all(knowledge)
    rows = table(questions, answers)
    if options.misses:
        print("\n".join(_misses(questions, answers)), end="\n\n")
    print(f"{len(questions)} questions with known answers, none of them learned from\n")
    print("\n".join(lines(rows)))
    if options.publish:
        measured(rows, len(questions)).save()
    return int(options.floors and bool(missed(rows)))


@contextmanager
def opened() -> Iterator[Knowledge]:
    """The real base, filled from the data files into a temporary file; its index is kept between runs."""
    KEPT_INDEX.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "index").symlink_to(KEPT_INDEX)
        knowledge = Knowledge.open(path_in(folder), NOW, lambda line: print(line, file=sys.stderr))
        try:
            yield knowledge
        finally:
            knowledge.close()


def answer_all(knowledge: Knowledge) -> dict[str, Answer]:
    """The answers of ``bot ask --batch`` to the measuring set, by id."""
    conversation = trial(knowledge, PARIS)
    with QUESTIONS.open("rb") as questions:
        return read_answers(asking.batch(questions, conversation, knowledge.catalogue, lambda: NOW))


def lines(rows: Sequence[Row]) -> Iterator[str]:
    """The table as text."""
    yield f"{'':32}{'':>9}{'':>8}  {'floor':>6}  {'goal':>7}"
    for row in rows:
        start = f"{row.name:32}{f'{row.hits}/{row.total}':>9}{row.rate:>8.1%}"
        aim = AIMS.get(row.name)
        if aim is None:
            yield start
            continue
        bound = "≤" if aim.most else "≥"
        verdict = "" if aim.is_met(row) else "  BELOW THE FLOOR" if not aim.most else "  ABOVE THE MOST ALLOWED"
        yield f"{start}  {bound}{aim.floor:>5.0%}  {bound}{aim.goal:>6.1%}{verdict}"


def measured(rows: Sequence[Row], questions: int) -> Measured:
    """The figures that people are told."""
    named = {row.name: row for row in rows}
    about_one = (named["residents: first"], named["noisy: first"])
    refused = named["out of scope: refused"]
    return Measured(
        day=datetime.now(UTC).date().isoformat(),
        questions=questions,
        about_one=sum(row.total for row in about_one),
        right_first=sum(row.hits for row in about_one),
        out_of_scope=refused.total,
        refused=refused.hits,
    )


def missed(rows: Sequence[Row]) -> tuple[str, ...]:
    """The rows that do not reach their floor."""
    return tuple(row.name for row in rows if row.name in AIMS and not AIMS[row.name].is_met(row))


def _misses(questions: Sequence[Question], answers: dict[str, Answer]) -> Iterator[str]:
    for question in questions:
        answer = answers[question.id]
        if not passes(question, answer):
            wanted = question.number or " ".join(question.contains) or " ".join(sorted(question.gold))
            given = answer.number if answer.number is not None else " ".join(answer.commitments[:5])
            yield f"{question.id} {question.group}/{question.style}: {' | '.join(question.turns)}"
            yield f"    wanted {question.expect} {wanted}; got {answer.outcome} {given}"


if __name__ == "__main__":
    sys.exit(main())
