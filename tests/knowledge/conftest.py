"""Data folders to edit, and bases filled from them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import yaml

from knowledge.database import Database
from knowledge.datafiles import DATA
from knowledge.loading import prepare
from tests.conftest import NOW, bring_key


@dataclass(frozen=True)
class DataFolder:
    """A copy of the data files that a test may spoil."""

    path: Path

    def edit(self, name: str, change: Callable[[Any], object]) -> None:
        """Change one file's content in place."""
        content = yaml.load((self.path / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        change(content)
        dumped = yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        (self.path / name).write_text(dumped, encoding="utf-8")

    def commitment(self, commitment_id: str, **changes: object) -> None:
        """Change some keys of one commitment; None takes a key away."""
        for path in (self.path / "commitments").iterdir():
            if f"- id: {commitment_id}\n" in path.read_text(encoding="utf-8"):
                self.edit(f"commitments/{path.name}", lambda o: _change(o["commitments"], commitment_id, changes))


def _change(entries: list[dict[str, object]], commitment_id: str, changes: dict[str, object]) -> None:
    for entry in entries:
        if entry["id"] == commitment_id:
            entry.update(changes)
            for key in [key for key, value in entry.items() if value is None]:
                del entry[key]


@pytest.fixture(scope="session")
def few_samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real data files with a handful of sample questions each, so that reading them takes no time."""
    folder = DataFolder(tmp_path_factory.mktemp("few") / "data")
    copytree(DATA, folder.path)
    for orientation in range(1, 6):
        folder.edit(f"samples/o{orientation}.yaml", _shorten_samples)
    folder.edit("facts.yaml", lambda facts: [fact.update(samples=fact["samples"][:5]) for fact in facts])
    folder.edit("others.yaml", _shorten_others)
    folder.edit("vocabulary.yaml", lambda kinds: [tag.pop("aliases", None) for tags in kinds.values() for tag in tags])
    return folder.path


def _shorten_samples(samples: dict[str, dict[str, list[str]]]) -> None:
    for entry in samples.values():
        for kind in entry:
            entry[kind] = entry[kind][:2]


def _shorten_others(others: dict[str, Any]) -> None:
    others["refusals"] = {reason: messages[:3] for reason, messages in others["refusals"].items()}
    for kind in ("menu", "lists", "counts"):
        others[kind] = others[kind][:3]


@pytest.fixture
def data(few_samples: Path, tmp_path: Path) -> DataFolder:
    return DataFolder(copytree(few_samples, tmp_path / "data"))


@pytest.fixture(scope="session")
def filled(few_samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base filled once, in one file."""
    path = tmp_path_factory.mktemp("filled") / "bot.db"
    database = Database(path)
    prepare(database, NOW, folder=few_samples)
    database.read().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture
def base(filled: Path, tmp_path: Path) -> Iterator[Database]:
    """A filled base that a test may write to."""
    path = tmp_path / "base" / "bot.db"
    path.parent.mkdir()
    path.write_bytes(filled.read_bytes())
    bring_key(filled, path)
    database = Database(path, busy_ms=100)
    yield database
    database.close()
