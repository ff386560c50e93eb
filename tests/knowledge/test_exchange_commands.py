"""``python -m knowledge export`` and ``import`` as an operator types them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.changes import list_changes
from knowledge.database import Database
from knowledge.importing.records import State
from knowledge.models import Status
from knowledge.store import load_catalogue
from tests.conftest import NOW
from tests.knowledge.importing.files import APPROVER, imports

ROOT = Path(__file__).parents[2]
PAGE = "https://metropole.example/seance"

Called = Callable[..., tuple[int, list[str], list[str]]]


@pytest.fixture
def base(database: Path, knowledge: object, tmp_path: Path) -> Database:
    """A copy of the real base: the commands fill one from the real data files."""
    copy = Database(tmp_path / "bot.db", tmp_path / "keys" / "bot.key")
    Database(database).read().conn.backup(copy.read().conn)
    copy.key_file.parent.mkdir()
    copy.key_file.write_bytes(Database(database).key_file.read_bytes())
    return copy


@pytest.fixture
def called(base: Database, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Called:
    """A command on that base: its exit code, and what it printed on either side."""
    monkeypatch.setenv("BOT_DATABASE", str(base.path))
    monkeypatch.setenv("BOT_KEY_FILE", str(base.key_file))

    def call(*arguments: str | Path) -> tuple[int, list[str], list[str]]:
        code = main([str(each) for each in arguments])
        told = capsysbinary.readouterr()
        return code, told.out.decode().splitlines(), told.err.decode().splitlines()

    return call


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    def write(content: str) -> Path:
        path = tmp_path / "f.csv"
        path.write_text(content, encoding="utf-8")
        return path

    return write


def test_a_file_is_shown_and_nothing_is_written(called: Called, file: Callable[[str], Path], base: Database) -> None:
    code, out, err = called("import", file(f"id,status,status_date,source_url\np07,realise,2026-10,{PAGE}\n"))
    assert (code, err) == (0, [])
    assert out == [
        f"line 2, p07: status unknown -> realise (2026-10, {PAGE})",
        "1 change; nothing written; add --apply",
    ]
    assert not list(list_changes(base.read()))


def test_a_file_is_applied_once(called: Called, file: Callable[[str], Path], base: Database) -> None:
    path = file(f"id,status,source_url,note\np07,realise,{PAGE},Ouvert\np08,,,\n")
    code, out, _ = called("import", path, "--apply")
    assert (code, out[-1]) == (0, "import 1 applied: 2 changes")
    assert load_catalogue(base).get("p07").status is Status.REALISE
    assert called("import", path, "--apply") == (0, ["nothing to change"], [])
    assert called("import", path) == (0, ["nothing to change"], [])
    assert len(list(list_changes(base.read()))) == 1


def test_faults_are_told_one_a_line_and_the_file_refused(
    called: Called, file: Callable[[str], Path], base: Database
) -> None:
    code, out, err = called("import", file("id,status\np07,en_cours\np08,fini\np99,en_cours\n"), "--apply")
    assert (code, out) == (1, [])
    assert err == [
        "line 3, column status: 'fini' is no status; a_ouvrir, en_cours or realise",
        "line 4, column id: no commitment 'p99'",
    ]
    assert load_catalogue(base).get("p07").status is None


def test_a_file_that_needs_a_second_person_waits(called: Called, file: Callable[[str], Path], base: Database) -> None:
    path = file("id,status\np02,a_ouvrir\n")
    code, out, _ = called("import", path)
    assert code == 0 and "needs a second person: p02 would go backwards" in out
    for _ in range(2):
        code, out, err = called("import", path, "--apply")
        assert (code, err) == (3, [])
        assert out[-1] == "nothing written: import 1 waits for a second person: p02 would go backwards"
    assert load_catalogue(base).get("p02").status is Status.EN_COURS
    assert imports(base).confirm(1, APPROVER, imports(base).get(1).made_at).state is State.APPLIED
    assert called("import", path, "--apply")[:2] == (0, ["nothing to change"])


@pytest.mark.parametrize(
    "options", [["--format", "json"], ["--format", "csv"], ["--format", "csv", "--layout", "decidim"]]
)
def test_an_export_imports_as_nothing_to_change(called: Called, tmp_path: Path, options: list[str]) -> None:
    path = tmp_path / "out"
    assert called("export", *options, "--output", path) == (0, [], [])
    assert called("import", path, "--apply") == (0, ["nothing to change"], [])
    code, out, _ = called("export", *options)
    assert code == 0 and "\n".join(out) + "\n" == path.read_text(encoding="utf-8")
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".out")] == []


def test_an_output_that_cannot_be_written_is_told(called: Called, tmp_path: Path) -> None:
    for place in (tmp_path / "nowhere" / "out.json", tmp_path):
        code, out, err = called("export", "--format", "json", "--output", place)
        assert (code, out, len(err)) == (1, [], 1) and "cannot be written" in err[0]


def test_a_file_that_cannot_be_read_is_told(called: Called, tmp_path: Path) -> None:
    for place in (tmp_path / "nowhere.csv", tmp_path):
        code, out, err = called("import", place)
        assert (code, out, len(err)) == (1, [], 1) and "cannot be read" in err[0]


@pytest.mark.parametrize(
    "arguments",
    [
        ["import"],
        ["import", "a", "b"],
        ["export"],
        ["export", "--format", "xml"],
        ["export", "--format", "json", "--layout", "decidim"],
        ["export", "--format", "csv", "--layout", "odt"],
    ],
)
def test_a_wrong_call_is_told_in_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    told = capsys.readouterr()
    assert (ended.value.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert "--help" in told.err


def test_an_export_of_a_new_base_fills_it_first(tmp_path: Path) -> None:
    env = os.environ | {"BOT_DATABASE": str(tmp_path / "bot.db"), "BOT_KEY_FILE": str(tmp_path / "bot.key")}
    command = [sys.executable, "-m", "knowledge", "export", "--format", "json"]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False, cwd=ROOT, env=env)
    assert done.returncode == 0 and len(json.loads(done.stdout)["commitments"]) == 102


def test_a_file_about_every_commitment_takes_no_time(base: Database) -> None:
    lines = ["id,deliberation_date,due_to,note,status"]
    unknown = iter([c.id for c in load_catalogue(base).commitments if c.status is None])
    first = {next(unknown) for _ in range(10)}
    for commitment in load_catalogue(base).commitments:
        status = "en_cours" if commitment.id in first else ""
        lines.append(f"{commitment.id},2026-10-02,2031,Une note,{status}")
    service, start = imports(base), time.monotonic()
    proposal = service.propose("\n".join(lines).encode(), "f.csv", NOW)
    outcome = service.submit(proposal, APPROVER, NOW)
    assert outcome.state is State.APPLIED and len(outcome.differences) == 3 * 102 + 10
    assert time.monotonic() - start < 1
