"""``python -m knowledge`` as an operator types it."""

import subprocess
import sys
from pathlib import Path

import pytest

from knowledge import datafiles
from knowledge.__main__ import main
from knowledge.checking import entries
from tests.knowledge.conftest import DataFolder

ROOT = Path(__file__).parents[2]


def called(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "knowledge", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=ROOT)


def test_data_that_keep_every_rule_end_with_zero() -> None:
    done = called("check")
    assert (done.returncode, done.stdout.count("\n"), done.stderr) == (0, 1, "")
    assert done.stdout.startswith("ok")


def test_a_fault_ends_with_one(data: DataFolder) -> None:
    data.commitment("p02", title="Un titre")
    done = called("check", "--data", str(data.path))
    assert done.returncode == 1
    assert (done.stdout + done.stderr).count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["check", "--what"],
        ["check", "--source"],
        ["check", "extra"],
        ["calibrate", "now"],
        ["history", "--at", "hier"],
    ],
)
def test_a_wrong_call_is_told_in_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    told = capsys.readouterr()
    assert (ended.value.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert "--help" in told.err


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["history", "--help"], ["verify", "--help"]])
def test_each_command_explains_itself(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0 and "usage" in capsys.readouterr().out


def test_a_source_that_cannot_be_read_is_a_fault(
    data: DataFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "report.txt"
    broken.write_bytes(b"caf\xe9")
    for source in (broken, tmp_path / "nowhere.txt", tmp_path):
        assert main(["check", "--data", str(data.path), "--source", str(source)]) == 1
        (line,) = capsys.readouterr().out.splitlines()
        assert line.startswith(f"{source}: cannot be read")


def test_a_source_that_bears_the_data_out_ends_with_zero(
    data: DataFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "report.txt"
    wordings = [part for _, e in entries(datafiles.read(data.path)) for part in (e.title, e.details, e.info) if part]
    source.write_text("\n".join(wordings), encoding="utf-8")
    assert main(["check", "--data", str(data.path), "--source", str(source)]) == 0
    source.write_text("\n".join(wordings[4:]), encoding="utf-8")
    assert main(["check", "--data", str(data.path), "--source", str(source)]) == 1
    assert "commitments/o1.yaml: p01: title is not in the report" in capsys.readouterr().out
