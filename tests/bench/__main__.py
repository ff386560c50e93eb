"""``make bench``: speed, memory and quality, beside what one would reach for instead, in one run of some minutes."""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from tests.bench import draining, drawing, fanout, publishing
from tests.bench.bases import REAL, SAMPLES, WORDS, make
from tests.bench.methods import METHODS, SHORTLIST, path_in
from tests.bench.scoring import Answer, Expect, Question, is_within, passes, read_questions
from tests.bench.worker import QUESTIONS_BEFORE_MEMORY, Served

LARGER, LARGEST = 1_000, 10_000
SHORTLISTING = ("fts5-all", "bm25s-all")
_ROOT = Path(__file__).parents[2]
_COLD_STARTS = 3
_ASKED = "où en est le plan pleine terre ?"
_HEAD = f"{'':42}{'build s':>9}{'memory MB':>11}{'p50 ms':>9}{'p99 ms':>9}"


def main() -> int:
    """Print every measure; nothing is judged here."""
    start = time.perf_counter()
    questions = read_questions()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores. Each measure in a process of its own;")
    print(f"memory: most resident, after {QUESTIONS_BEFORE_MEMORY} questions. Times depend on what else runs here.")
    fanout.main()
    draining.main()
    drawing.main()
    publishing.main()
    for measure in (_real, _larger, _largest):
        with tempfile.TemporaryDirectory() as name:
            measure(Path(name), questions)
    print(f"\nThe whole run took {time.perf_counter() - start:.0f} s.")
    return 0


def _real(folder: Path, questions: Iterable[Question]) -> None:
    _say(f"\n{REAL} commitments: the real base, all its samples")
    first = _ask(folder)
    again = sorted(_ask(folder) for _ in range(_COLD_STARTS))[_COLD_STARTS // 2]
    _say(f"{_HEAD}{'residents':>15}{'noisy':>15}\n{'':84}{'first/within 3':>15}{'first/within 3':>15}")
    for name in METHODS:
        # The bot's index was built by its first start, which is what an operator waits for.
        built = first if name == "bot" else _build(name, folder)
        served = _serve(name, folder)
        shares = "".join(f"{_quality(questions, served, group):>15}" for group in ("residents", "noisy"))
        _say(_line(name, built, served) + shares)
    _say(
        f"The bot refuses or answers otherwise where it doubts, and that counts as a miss; the others always answer.\n"
        f"First start of the bot to its first answer, base and index built: {first:.1f} s (floor: 30).\n"
        f"Cold start to the first answer, index built: {again:.2f} s, middle of {_COLD_STARTS} (floor: 2).\n"
        f"Floors: p99 under 10 ms (goal 3), serving under 300 MB."
    )


def _larger(folder: Path, questions: Iterable[Question]) -> None:
    _say(f"\n{LARGER} commitments: the real ones and others recombined from their words; {SAMPLES} samples and at most")
    _say(f"{WORDS} words each, so that learning them takes minutes, not a quarter of an hour\n{_HEAD}")
    make(folder, LARGER)
    for name in METHODS:
        if name != "answers":
            _say(_line(name, _build(name, folder), _serve(name, folder)))
    # The button of a list holds a bit for each commitment, in 64 bytes: it cannot for so many.
    _say("Whole answers are not measured here: the buttons of lists are made for a few hundred commitments.")
    _say("Floor: p50 under 30 ms (goal 5).")


def _largest(folder: Path, questions: Iterable[Question]) -> None:
    _say(
        f"\n{LARGEST} commitments, made likewise: a shortlist of {SHORTLIST}, for information\n{_HEAD}{'within it':>15}"
    )
    make(folder, LARGEST)
    single = [question for question in questions if question.group != "structured"]
    for name in SHORTLISTING:
        built = _build(name, folder)
        served = _serve(name, folder)
        hits = sum(not question.gold.isdisjoint(served.found[question.id]) for question in single)
        _say(_line(name, built, served) + f"{hits / len(single):>15.0%}")


def _quality(questions: Iterable[Question], served: Served, group: str) -> str:
    pairs = [
        (question, Answer(outcome="choices", commitments=tuple(served.found[question.id])))
        for question in questions
        if question.group == group and question.expect is Expect.COMMITMENT
    ]
    first = sum(passes(*pair) for pair in pairs) / len(pairs)
    within = sum(is_within(*pair) for pair in pairs) / len(pairs)
    return f"{first:.0%} / {within:.0%}"


def _line(name: str, built: float, served: Served) -> str:
    title = METHODS[name].name
    building = "as above" if name == "answers" else f"{built:.1f}"
    return f"{title:42}{building:>9}{served.memory:>11.0f}{served.p50:>9.2f}{served.p99:>9.2f}"


def _build(name: str, folder: Path) -> float:
    return float(json.loads(_worker("build", name, folder)))


def _serve(name: str, folder: Path) -> Served:
    return Served(**json.loads(_worker("serve", name, folder)))


def _worker(action: str, name: str, folder: Path) -> str:
    return _run([sys.executable, "-m", "tests.bench.worker", action, name, str(folder)], folder)


def _ask(folder: Path) -> float:
    """Seconds from the start of the program to the end of its one answer."""
    start = time.perf_counter()
    _run([sys.executable, "-m", "bot", "ask", _ASKED], folder)
    return time.perf_counter() - start


def _run(command: list[str], folder: Path) -> str:
    settings = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    settings |= {"PYTHONPATH": str(_ROOT), "BOT_DATABASE": str(path_in(folder))}
    # In the temporary folder, so that no .env of the project is read; progress goes to the terminal.
    done = subprocess.run(command, cwd=folder, env=settings, stdout=subprocess.PIPE, check=True, text=True)
    return done.stdout


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
