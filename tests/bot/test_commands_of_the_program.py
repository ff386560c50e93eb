"""The program as an operator runs it."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.service import Knowledge

ROOT = Path(__file__).parents[2]


def called(*arguments: str, database: Path, said: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    whole = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    key = database.parent / "keys" / "bot.key"
    whole |= {"BOT_DATABASE": str(database), "BOT_KEY_FILE": str(key), "PYTHONPATH": str(ROOT)} | env
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=said,
        capture_output=True,
        env=whole,
        timeout=120,
        check=False,
        cwd=database.parent,
    )


@pytest.fixture
def base(knowledge: Knowledge, database: Path) -> Path:
    """A base that is already filled and learned."""
    return database


@pytest.mark.parametrize(
    "arguments",
    [(), ("dance",), ("ask",), ("ask", "a", "--batch", "-"), ("ask", "--batch", "/nowhere"), ("chat", "--what")],
)
def test_a_wrong_call_is_told_in_one_line(base: Path, arguments: tuple[str, ...]) -> None:
    done = called(*arguments, database=base)
    assert done.returncode == 2
    assert done.stdout == b"" and done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("arguments", [(), ("ask",), ("chat",), ("run",)])
def test_each_command_explains_itself(base: Path, arguments: tuple[str, ...]) -> None:
    done = called(*arguments, "--help", database=base)
    assert done.returncode == 0 and b"usage" in done.stdout


def test_one_question(base: Path) -> None:
    done = called("ask", "Où en est le plan Pleine terre ?", database=base)
    assert done.returncode == 0
    assert "Pleine terre" in done.stdout.decode() and "<b>" not in done.stdout.decode()


def test_one_question_as_json(base: Path) -> None:
    done = called("ask", "--json", "Où en est le plan Pleine terre ?", database=base)
    record = json.loads(done.stdout)
    assert record["id"] is None and record["commitments"][0] == "p11"


def test_a_batch_from_a_file_and_from_standard_input(base: Path, tmp_path: Path) -> None:
    questions = b'{"id": "a", "q": "merci"}\nbroken\n{"id": "c", "q": "bonjour"}'
    (tmp_path / "questions.jsonl").write_bytes(questions)
    from_file = called("ask", "--batch", str(tmp_path / "questions.jsonl"), database=base)
    from_input = called("ask", "--batch", "-", database=base, said=questions)
    assert from_file.returncode == from_input.returncode == 0
    assert from_file.stdout == from_input.stdout
    assert [json.loads(line)["id"] for line in from_file.stdout.splitlines()] == ["a", None, "c"]


def test_a_chat_that_is_not_a_terminal_is_read_to_its_end(base: Path) -> None:
    done = called("chat", database=base, said="Où en est le plan Pleine terre ?\n\n\xff\n1".encode("latin-1"))
    assert done.returncode == 0
    assert len(done.stdout.decode().strip().split("\n\n")) == 3


def test_trials_record_nothing(base: Path) -> None:
    before = rows(base)
    called("chat", database=base, said="où en est le plan pleine terre ?\nmerci\n".encode())
    called("ask", "où en est le plan pleine terre ?", database=base)
    assert rows(base) == before


def rows(database: Path) -> list[object]:
    with sqlite3.connect(database) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = [db.execute(f"SELECT count(*) FROM {name}").fetchone() for name in tables]
    db.close()
    return found


def test_the_terminal_does_not_wait_for_the_telegram_library() -> None:
    code = "import sys, bot.__main__; sys.exit('telegram' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_missing_settings_are_told_at_once(base: Path) -> None:
    done = called("run", database=base)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == [
        "ERROR: settings: BOT_OPERATOR is missing; BOT_CONTACT is missing; BOT_TOKEN is missing"
    ]


def test_settings_may_stand_in_a_file_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BOT_TIMEZONE=Nowhere\nBOT_LOG_LEVEL=LOUD\n")
    done = called("ask", "merci", database=tmp_path / "bot.db", BOT_LOG_LEVEL="WARNING")
    assert done.returncode == 2
    assert b"BOT_TIMEZONE" in done.stderr and b"BOT_LOG_LEVEL" not in done.stderr


def test_a_base_that_cannot_be_used_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_text("this is no database, whatever its name says")
    done = called("ask", "merci", database=tmp_path / "bot.db")
    assert done.returncode == 1
    assert done.stderr.decode().startswith("ERROR: ") and done.stderr.count(b"\n") == 1
    assert (tmp_path / "bot.db").read_text().startswith("this is no database")


def test_a_reader_that_leaves_early_breaks_nothing(base: Path) -> None:
    env = os.environ | {"BOT_DATABASE": str(base), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "chat"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=env,
    ) as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdout.close()
        process.stdin.write(b"merci\nmerci\n")
        process.stdin.close()
        assert process.wait(timeout=60) == 0
        assert b"Traceback" not in process.stderr.read()
