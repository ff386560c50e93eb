"""What staff taught is learned with the rest at night, once, in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from bot.operation.relearning import Relearning
from knowledge.authors import OPERATOR
from knowledge.database import Database
from knowledge.datafiles import DATA
from knowledge.index import has_index
from knowledge.questions.teaching import Teaching
from knowledge.service import Knowledge
from knowledge.store import load_samples
from tests.bot.conftest import NOW, PARIS

ROOT = Path(__file__).parents[3]
EVENING = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 23, 2, 31, tzinfo=UTC)  # 03:31 in Nantes
TAUGHT = "Comment avoir un lombricomposteur chez soi ?"


@pytest.fixture
def own(base: Database, tmp_path: Path) -> Iterator[Knowledge]:
    """On a base of its own, beside indexes of its own: what is learned must not push out those of other tests."""
    kept = (tmp_path / "index").resolve()
    (tmp_path / "index").unlink()
    (tmp_path / "index").mkdir()
    for index in kept.iterdir():
        if not index.name.startswith("."):
            (tmp_path / "index" / index.name).symlink_to(index)
    opened = Knowledge.open(base.path, NOW, pytest.fail)
    yield opened
    opened.close()


def environment(base: Database) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    return clean | {"PYTHONPATH": str(ROOT), "BOT_DATABASE": str(base.path), "BOT_KEY_FILE": str(base.key_file)}


def called(base: Database, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "knowledge", *words]
    return subprocess.run(command, env=environment(base), cwd=base.path.parent, capture_output=True, text=True)


async def test_with_nothing_taught_nothing_is_learned(own: Knowledge, base: Database) -> None:
    relearning = Relearning(own, PARIS, environment(base))
    await relearning.look(NIGHT)
    assert not own.lacks_index() and not relearning.is_learning


async def test_by_day_and_twice_a_night_nothing_begins(own: Knowledge, base: Database) -> None:
    Teaching(base).add_question("a5-03", TAUGHT, OPERATOR, NOW)
    relearning = Relearning(own, PARIS, environment(base) | {"BOT_DATABASE": str(base.path.with_name("none.db"))})
    for at in (EVENING, NIGHT.replace(hour=1), NIGHT.replace(hour=5, minute=1)):
        await relearning.look(at)
        assert not relearning.is_learning
    await relearning.look(NIGHT)
    assert relearning.is_learning
    await relearning.finish(NIGHT + timedelta(minutes=1))
    assert own.lacks_index() and not relearning.is_learning


def test_a_start_serves_from_the_index_without_what_was_taught_since(own: Knowledge, base: Database) -> None:
    Teaching(base).add_question("a5-03", TAUGHT, OPERATOR, NOW)
    again = Knowledge.open(base.path, NOW, pytest.fail)
    assert again.lacks_index()
    assert again.understand(TAUGHT, None, NOW)[0].commitments[0] == "a5-03"
    again.close()


@pytest.mark.soak
async def test_the_night_learns_it_and_the_bot_goes_on_with_it(own: Knowledge, base: Database) -> None:
    Teaching(base).add_question("a5-03", TAUGHT, OPERATOR, NOW)
    before = own.understand("où en est le plan pleine terre ?", None, NOW)[0]
    relearning = Relearning(own, PARIS, environment(base))
    await relearning.look(NIGHT)
    await relearning.finish(NIGHT + timedelta(minutes=2))
    assert has_index(base.path.parent / "index", load_samples(base)) and not own.lacks_index()
    assert own.understand(TAUGHT, None, NOW)[0].commitments[0] == "a5-03"
    assert own.understand("où en est le plan pleine terre ?", None, NOW)[0].commitments == before.commitments
    assert "there already" in called(base, "learn").stdout


def test_what_was_taught_is_written_as_data_files(base: Database, tmp_path: Path) -> None:
    assert "nothing to write" in called(base, "samples", "--output", str(tmp_path / "out")).stdout
    Teaching(base).add_question("a5-03", TAUGHT, OPERATOR, NOW)
    done = called(base, "samples", "--output", str(tmp_path / "out"))
    assert done.returncode == 0 and done.stdout.strip() == str(tmp_path / "out" / "samples" / "o5.yaml")
    written = yaml.safe_load((tmp_path / "out" / "samples" / "o5.yaml").read_text(encoding="utf-8"))
    known = yaml.safe_load((DATA / "samples" / "o5.yaml").read_text(encoding="utf-8"))
    assert written["a5-03"]["questions"] == [*known["a5-03"]["questions"], TAUGHT]


def test_a_folder_that_cannot_be_written_is_one_line(base: Database, tmp_path: Path) -> None:
    Teaching(base).add_question("a5-03", TAUGHT, OPERATOR, NOW)
    (tmp_path / "out").write_text("a file stands here")
    done = called(base, "samples", "--output", str(tmp_path / "out"))
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "cannot be written" in done.stderr
