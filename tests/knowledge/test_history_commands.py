"""``python -m knowledge history`` and ``verify`` as an operator types them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge import undoing, updating
from knowledge.__main__ import main
from knowledge.authors import OPERATOR
from knowledge.database import Database
from knowledge.history import append
from knowledge.models import Origin, Status
from tests.conftest import NOW
from tests.knowledge.histories import DUE, EDITOR, STEP, VOTE, open_to_all


@pytest.fixture
def lived(base: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Database]:
    """A base with a little history, as the environment names it."""
    with base.write() as db:
        number = updating.set_status(
            db, "p04", Status.REALISE, NOW, source=Origin.STAFF, by=EDITOR, evidence="vu", url="https://x.example/1"
        )
        updating.add_deliberation(db, "p04", VOTE, NOW, source=Origin.IMPORT, by=OPERATOR)
        updating.set_due(db, "p04", DUE, NOW, source=Origin.STAFF)
        updating.add_milestone(db, "p04", STEP, NOW, source=Origin.STAFF)
        updating.confirm_unchanged(db, "p04", NOW, by=EDITOR)
        append(db, "member.invited", {"role": "editor"}, EDITOR, NOW)
        assert number
        undoing.undo(db, number, NOW.replace(day=24), source=Origin.STAFF, by=EDITOR)
    for name in ("BOT_TIMEZONE", "BOT_DATABASE", "BOT_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(f"BOT_DATABASE={base.path}\nBOT_KEY_FILE={base.key_file}\n")
    yield base


def test_the_entries_of_one_commitment_are_listed(lived: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "p04"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2026-11-22 11:00  p04  status: unknown -> realise  (member 3, editor, telegram)  https://x.example/1",
        "2026-11-22 11:00  p04  deliberation: none -> 2026-10 octobre 2026, on 2026-10"
        "  (the operator, command line)  https://x.example/vote",
        "2026-11-22 11:00  p04  due: none -> fin 2027  (staff)",
        "2026-11-22 11:00  p04  milestone: none -> 2026-10-02 Ouvert à l'été, on 2026-10-02"
        "  (staff)  https://x.example/step",
        "2026-11-22 11:00  p04  checked, nothing changed  (member 3, editor, telegram)",
        "2026-11-24 11:00  p04  status: realise -> unknown (undoes change 1)"
        "  (member 3, editor, telegram)  https://x.example/1",
    ]


def test_all_entries_are_listed(lived: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history"]) == 0
    first, *_, invited, _ = capsys.readouterr().out.splitlines()
    assert first == "2026-11-22 11:00  the base was filled from the data files  (by itself)"
    assert invited == "2026-11-22 11:00  member.invited  (member 3, editor, telegram)"


def test_a_day_is_replayed(lived: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "p04", "--at", "2026-11-23"]) == 0
    status, due, vote, *_, step = capsys.readouterr().out.splitlines()
    assert (status, due) == ('status realise (staff: "vu")', "due fin 2027 (staff)")
    assert vote == "deliberation 2026-10 octobre 2026 (import)"
    assert step == "milestone 2026-10-02 Ouvert à l'été <https://x.example/step>"
    assert main(["history", "--at", "2026-11-24"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 102 and lines[0].startswith("p01: status ") and lines[3].startswith("p04: status unknown; due")
    assert main(["history", "p04", "--at", "2022-06-27"]) == 0
    assert capsys.readouterr().out == "nothing was recorded yet on 2022-06-27\n"


def test_an_unknown_commitment_is_told_in_one_line(lived: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "p99"]) == 2
    told = capsys.readouterr()
    assert told.out == "" and told.err.count("\n") == 1 and "p99" in told.err


def test_verifying_says_how_many_or_what_is_wrong(lived: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify"]) == 0
    assert capsys.readouterr().out == "ok: 8 entries, sealed\n"
    open_to_all(lived).execute("UPDATE history SET content = CAST(x'ff' AS TEXT) WHERE seq = 3")
    assert main(["verify"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "entry 3: altered, or not sealed over the entry before it",
        "change 2: added: no intact entry seals it",
    ]


@pytest.mark.parametrize(
    ("setting", "value", "said", "code"),
    [
        ("BOT_KEY_FILE", "nowhere/bot.key", "the key of this database is missing", 1),
        ("BOT_DATABASE", "nowhere.db", "there is no database here", 1),
        ("BOT_TIMEZONE", "Nantes", "is not a time zone", 2),
    ],
)
def test_what_is_missing_is_told_in_one_line(
    lived: Database,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    setting: str,
    value: str,
    said: str,
    code: int,
) -> None:
    monkeypatch.setenv(setting, value)
    assert main(["verify"]) == code
    told = capsys.readouterr()
    assert told.out == "" and told.err.count("\n") == 1 and said in told.err
    assert not (tmp_path / value).exists()


def test_the_key_of_another_base_is_told(
    lived: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "other.key").write_text("00" * 32 + "\n")
    (tmp_path / "other.key").chmod(0o600)
    monkeypatch.setenv("BOT_KEY_FILE", "other.key")
    assert main(["verify"]) == 1
    assert "no seal fits: the key file is not the one of this base" in capsys.readouterr().out
