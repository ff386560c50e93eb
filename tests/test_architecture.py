"""The rooms keep apart: every import, file and function of the program is read, none of it is run."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("knowledge", "scheduler", "bot")
FORBIDDEN = {
    "knowledge": {"scheduler", "bot", "telegram", "tests"},
    "scheduler": {"bot", "telegram", "tests"},
    "bot": {"tests"},
}
LEARNING = {"sklearn", "scipy", "joblib"}
DRAWING = {"matplotlib", "PIL"}
MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 50
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "common", "manager", "const"}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module(path): path for path in FILES}


def imported(path: Path) -> Iterator[str]:
    """The dotted names that a file imports, wherever in it; « from a import b » may mean the module a.b."""
    package = module(path) if path.name == "__init__.py" else module(path).rpartition(".")[0]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                yield whole if whole in MODULES else base


def test_the_rooms_are_read() -> None:
    assert {"knowledge.service", "bot.app"} <= set(MODULES)
    assert "knowledge.database" in set(imported(MODULES["knowledge.service"]))


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_imports_a_higher_one(room: str) -> None:
    upward = [
        f"{module(path)} imports {name}"
        for path in FILES
        for name in imported(path)
        if module(path).split(".")[0] == room and name.split(".")[0] in FORBIDDEN[room]
    ]
    assert upward == []


# Within a room: what a part needs to know of the rest of it, if anything.
WITHIN = {
    "bot.texts": {"bot.texts"},
    "bot.conversation": {
        *("bot.conversation", "bot.texts", "bot.errors", "bot.explaining", "bot.replies", "bot.keyboards"),
        *("bot.announcekeys", "bot.followkeys", "bot.questionkeys", "bot.updatekeys", "bot.pictures"),
    },
}


@pytest.mark.parametrize("part", WITHIN)
def test_a_part_of_a_room_knows_only_what_it_needs(part: str) -> None:
    room, allowed = part.partition(".")[0], tuple(f"{name}." for name in WITHIN[part])
    beyond = [
        f"{module(path)} imports {name}"
        for path in FILES
        for name in imported(path)
        if f"{module(path)}.".startswith(f"{part}.")
        and name.split(".")[0] in (room, "telegram")
        and not f"{name}.".startswith(allowed)
    ]
    assert beyond == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    needs = {name: {other for other in imported(path) if other in MODULES} for name, path in MODULES.items()}
    free: set[str] = set()
    while ready := {name for name in needs.keys() - free if needs[name] - {name} <= free}:
        free |= ready
    assert sorted(needs.keys() - free) == []


def test_no_file_is_too_long() -> None:
    everything = [*FILES, *(ROOT / "tests").rglob("*.py")]
    lengths = {module(path): len(path.read_text(encoding="utf-8").splitlines()) for path in everything}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES_OF_A_FILE} == {}


def test_no_function_is_too_long() -> None:
    long = [
        f"{module(path)}.{node.name}: {length} lines"
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    ]
    assert long == []


def test_every_file_is_named_by_what_it_holds() -> None:
    assert [module(path) for path in FILES if path.stem in NAMES_THAT_SAY_NOTHING] == []


def test_nothing_is_awaited_inside_a_write() -> None:
    """A write holds the lock of the base: whoever awaits inside makes everybody wait."""
    awaited = [
        f"{module(path)}:{node.lineno}"
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.With) and any(is_write(item.context_expr) for item in node.items)
        if any(isinstance(inner, ast.Await | ast.AsyncFor | ast.AsyncWith) for inner in ast.walk(node))
    ]
    assert awaited == []


def is_write(expression: ast.expr) -> bool:
    called = expression.func if isinstance(expression, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr == "write"


@pytest.mark.parametrize(
    "serving", ["knowledge.service", "knowledge.__main__", "bot.conversation.talk", "bot.terminal"]
)
def test_serving_needs_neither_what_learns_nor_what_draws_nor_telegram(serving: str) -> None:
    program = f"import sys, {serving}; print(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60, cwd=ROOT
    )
    assert set(done.stdout.split()).isdisjoint({*LEARNING, *DRAWING, "telegram"})


def test_only_learning_and_calibrating_import_what_learns_and_only_when_they_do() -> None:
    users = {module(path) for path in FILES if any(name.split(".")[0] in LEARNING for name in imported(path))}
    assert users == {"knowledge.matching.learning", "knowledge.matching.calibrating"}


def test_only_the_process_that_draws_imports_what_draws() -> None:
    users = {module(path) for path in FILES if any(name.split(".")[0] in DRAWING for name in imported(path))}
    assert users and {name.rpartition(".")[0] for name in users} == {"bot.pictures.drawing"}
    starters = {
        module(path) for path in FILES if any(name.startswith("bot.pictures.drawing") for name in imported(path))
    }
    assert {name.rpartition(".")[0] for name in starters} == {"bot.pictures.drawing"}
