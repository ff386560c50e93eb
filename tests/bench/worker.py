"""One measure in a process of its own: ``python -m tests.bench.worker build|serve METHOD FOLDER``, JSON out."""

import json
import resource
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.methods import METHODS, Method
from tests.bench.scoring import read_questions

QUESTIONS_BEFORE_MEMORY = 200
_WARM_UP = ("bonjour", "où en est le plan vélo ?", "combien d'engagements ?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What serving the measuring set took.

    Attributes:
        memory: Most resident memory, in MB, once 200 questions are answered.
        p50, p99: Milliseconds a message.
        timed: How many messages that is.
        found: For each question, the first ids found.
    """

    memory: float
    p50: float
    p99: float
    timed: int
    found: dict[str, list[str]]


def main() -> int:
    """Do what the three arguments say."""
    action, name, folder = sys.argv[1:]
    method = METHODS[name]
    print(json.dumps(_build(method, Path(folder)) if action == "build" else asdict(_serve(method, Path(folder)))))
    return 0


def _build(method: Method, folder: Path) -> float:
    start = time.perf_counter()
    method.build(folder)
    return time.perf_counter() - start


def _serve(method: Method, folder: Path) -> Served:
    find = method.open(folder)
    for text in _WARM_UP:
        find(-1, text)
    times: list[float] = []
    found: dict[str, list[str]] = {}
    memory = 0.0
    for chat, question in enumerate(read_questions()):
        for text in question.turns:
            start = time.perf_counter()
            ids = find(chat, text)
            times.append(1000 * (time.perf_counter() - start))
        found[question.id] = list(ids)
        if chat + 1 == QUESTIONS_BEFORE_MEMORY:
            memory = _peak_memory()
    times.sort()
    middle, last = times[len(times) // 2], times[int(0.99 * len(times))]
    return Served(memory=memory, p50=middle, p99=last, timed=len(times), found=found)


def _peak_memory() -> float:
    """In MB. Linux counts the parent's memory in ``getrusage``; its own file does not."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024**2 if sys.platform == "darwin" else peak / 1024


if __name__ == "__main__":
    sys.exit(main())
