"""What is measured: the bot, and what one would reach for instead, each built once and then served from its files.

The peers search either the report's texts alone or, to be fair to them, everything the bot learns from: one document a
commitment with its texts, its words and its sample questions.
"""

import json
import sqlite3
import sys
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.matching.wording import STOP_WORDS, fold, stem, words

if TYPE_CHECKING:
    from knowledge.matching.followups import Context
    from knowledge.service import Knowledge

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
Find = Callable[[int, str], tuple[str, ...]]
SHORTLIST = 20


def path_in(folder: Path) -> Path:
    """The SQLite file of a base."""
    return folder / "bot.db"


class Method(ABC):
    """One way to find commitments. ``folder`` holds the base, and takes what the method keeps."""

    name: str

    @abstractmethod
    def build(self, folder: Path) -> None:
        """Make whatever is to be kept from the base."""

    @abstractmethod
    def open(self, folder: Path) -> Find:
        """Load what is kept: a function of a chat and a message to the ids found, best first."""


class Understanding(Method):
    """What the bot understands; a refusal finds nothing."""

    name = "the bot: understanding"

    def build(self, folder: Path) -> None:
        _knowledge(folder).close()

    def open(self, folder: Path) -> Find:
        knowledge = _knowledge(folder)
        contexts: dict[int, Context] = {}

        def find(chat: int, text: str) -> tuple[str, ...]:
            meaning, contexts[chat] = knowledge.understand(text, contexts.get(chat), NOW)
            return meaning.commitments

        return find


class Answering(Method):
    """The bot's whole answers, texts and buttons included, from the index that ``Understanding`` built."""

    name = "the bot: whole answers"

    def build(self, folder: Path) -> None:
        """The same index serves."""

    def open(self, folder: Path) -> Find:
        from zoneinfo import ZoneInfo

        from tests.trials import trial

        conversation = trial(_knowledge(folder), ZoneInfo("Europe/Paris"))
        return lambda chat, text: conversation.say(chat, text, NOW).meaning.commitments


class Titles(Method):
    """rapidfuzz ``WRatio`` over the titles, folded."""

    name = "rapidfuzz WRatio, titles"

    def build(self, folder: Path) -> None:
        (folder / "titles.json").write_text(
            json.dumps({row["id"]: fold(row["title"]) for row in _rows(folder, "SELECT id, title FROM commitments")})
        )

    def open(self, folder: Path) -> Find:
        from rapidfuzz import fuzz, process

        titles: dict[str, str] = json.loads((folder / "titles.json").read_text())

        def find(chat: int, text: str) -> tuple[str, ...]:
            found = process.extract(fold(text), titles, scorer=fuzz.WRatio, limit=SHORTLIST)
            return tuple(str(key) for _, _, key in found)

        return find


class FullText(Method):
    """SQLite FTS5: French stems, any of them, best by bm25."""

    def __init__(self, *, samples: bool) -> None:
        self._samples = samples
        self.name = f"SQLite FTS5, {_scope(samples=samples)}"
        self._file = f"fts5-{samples}.db"

    def build(self, folder: Path) -> None:
        with sqlite3.connect(folder / self._file) as db:
            db.execute("CREATE VIRTUAL TABLE found USING fts5(id UNINDEXED, stems, tokenize = unicode61)")
            rows = ((key, " ".join(stems)) for key, stems in _documents(folder, samples=self._samples).items())
            db.executemany("INSERT INTO found VALUES (?, ?)", rows)
        db.close()

    def open(self, folder: Path) -> Find:
        db = sqlite3.connect(folder / self._file)
        query = "SELECT id FROM found WHERE stems MATCH ? ORDER BY bm25(found) LIMIT ?"

        def find(chat: int, text: str) -> tuple[str, ...]:
            wanted = " OR ".join(f'"{word}"' for word in _stems(text))
            return tuple(row[0] for row in db.execute(query, [wanted, SHORTLIST])) if wanted else ()

        return find


class Bm25s(Method):
    """bm25s over French stems."""

    def __init__(self, *, samples: bool) -> None:
        self._samples = samples
        self.name = f"bm25s, {_scope(samples=samples)}"
        self._file = f"bm25s-{samples}"

    def build(self, folder: Path) -> None:
        import bm25s

        documents = _documents(folder, samples=self._samples)
        index = bm25s.BM25()
        index.index(list(documents.values()), show_progress=False)
        index.save(folder / self._file, show_progress=False)
        (folder / self._file / "ids.json").write_text(json.dumps(list(documents)))

    def open(self, folder: Path) -> Find:
        import bm25s
        import numpy as np

        index = bm25s.BM25.load(folder / self._file)
        ids: list[str] = json.loads((folder / self._file / "ids.json").read_text())

        def find(chat: int, text: str) -> tuple[str, ...]:
            known = [word for word in _stems(text) if word in index.vocab_dict]
            if not known:
                return ()
            scores = index.get_scores(known)
            best = np.argsort(-scores, kind="stable")[:SHORTLIST]
            return tuple(ids[place] for place in best if scores[place] > 0)

        return find


def _knowledge(folder: Path) -> "Knowledge":
    # Only here: the peers must not be weighed with what the bot loads.
    from knowledge.service import Knowledge

    return Knowledge.open(path_in(folder), NOW, lambda line: print(line, file=sys.stderr))


def _scope(*, samples: bool) -> str:
    return "texts, words and samples" if samples else "texts"


def _stems(text: str) -> list[str]:
    return [stem(word) for word in words(text) if word not in STOP_WORDS]


def _documents(folder: Path, *, samples: bool) -> dict[str, list[str]]:
    """The stems of every commitment, in document order."""
    texts: dict[str, list[str]] = defaultdict(list)
    for row in _rows(folder, "SELECT id, title, details, info FROM commitments ORDER BY position"):
        texts[row["id"]] += [row["title"], row["details"] or "", row["info"] or ""]
    if samples:
        for row in _rows(folder, "SELECT about, text FROM samples WHERE about LIKE 'commitment:%'"):
            texts[row["about"].partition(":")[2]].append(row["text"])
    return {key: _stems("\n".join(parts)) for key, parts in texts.items()}


def _rows(folder: Path, query: str) -> list[sqlite3.Row]:
    db = sqlite3.connect(path_in(folder))
    db.row_factory = sqlite3.Row
    rows = db.execute(query).fetchall()
    db.close()
    return rows


METHODS: dict[str, Method] = {
    "bot": Understanding(),
    "answers": Answering(),
    "titles": Titles(),
    "fts5-texts": FullText(samples=False),
    "fts5-all": FullText(samples=True),
    "bm25s-texts": Bm25s(samples=False),
    "bm25s-all": Bm25s(samples=True),
}
