"""Knowledge bases of any size to measure on: the real one, and larger ones recombined from its own words.

A made commitment takes half of its title, texts, words and questions from one real commitment and half from another,
so it speaks the real vocabulary and looks like two real ones: harder to tell apart than a new topic would be.
"""

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import sqlite_utils

from knowledge.database import Database
from knowledge.loading import prepare
from knowledge.models import Kind, Origin
from tests.bench.methods import NOW, path_in

REAL = 102
# Fewer than the real base has: learning takes time in proportion, and this must stay a few minutes.
SAMPLES = 8
WORDS = 6
_SEED = 102

_Row = dict[str, Any]
_Texts = dict[str, list[str]]


def make(folder: Path, size: int) -> None:
    """Write a base of that many commitments, its index not built yet.

    Args:
        folder: An empty folder.
        size: ``REAL`` for the real base, all its samples kept; above, the real commitments and made ones, each with
            ``SAMPLES`` questions and ``WORDS`` words.
    """
    database = Database(path_in(folder))
    prepare(database, NOW)
    if size > REAL:
        with database.write() as db:
            _grow(db, size, random.Random(_SEED))
    database.close()


def _grow(db: sqlite_utils.Database, size: int, chance: random.Random) -> None:
    rows = {row["id"]: row for row in db.query("SELECT * FROM commitments ORDER BY position")}
    questions, words = _samples(db, is_word=False), _samples(db, is_word=True)
    for commitment in rows:
        for texts, most, is_word in ((questions, SAMPLES, False), (words, WORDS, True)):
            _keep(db, commitment, chance.sample(texts[commitment], min(most, len(texts[commitment]))), is_word=is_word)
    pairs = list(permutations(rows, 2))
    parents = chance.sample(pairs, size - len(rows))
    made = {f"{_letter(rows[first])}-{len(rows) + n:05d}": (first, second) for n, (first, second) in enumerate(parents)}
    db.table("commitments").insert_all(
        _commitment(name, position, rows[first], rows[second])
        for position, (name, (first, second)) in enumerate(made.items(), start=len(rows))
    )
    db.table("samples").insert_all(
        row
        for name, (first, second) in made.items()
        for row in (
            *_mixed(name, questions[first], questions[second], SAMPLES, chance, is_word=False),
            *_mixed(name, words[first], words[second], WORDS, chance, is_word=True),
        )
    )
    _copy_details(db, made)


def _samples(db: sqlite_utils.Database, *, is_word: bool) -> _Texts:
    found: _Texts = defaultdict(list)
    query = "SELECT about, text FROM samples WHERE about LIKE 'commitment:%' AND is_word = ? ORDER BY about, text"
    for row in db.query(query, [is_word]):
        found[row["about"].partition(":")[2]].append(row["text"])
    return found


def _keep(db: sqlite_utils.Database, commitment: str, kept: list[str], *, is_word: bool) -> None:
    marks = ", ".join("?" for _ in kept)
    query = f"DELETE FROM samples WHERE about = ? AND is_word = ? AND text NOT IN ({marks})"
    db.execute(query, [f"commitment:{commitment}", is_word, *kept])


def _letter(row: _Row) -> str:
    return str(row["orientation"]).replace("o", "a")


def _commitment(name: str, position: int, first: _Row, second: _Row) -> _Row:
    return first | {
        "id": name,
        "position": position,
        "kind": Kind.ACTION,
        "number": None,
        "title": _halves(first["title"], second["title"]),
        "details": None,
        "summary": None,
        "info": _halves(first["info"] or first["summary"] or "", second["info"] or second["summary"] or "") or None,
    }


def _halves(first: str, second: str) -> str:
    """The first half of one text's words and the second half of another's."""
    head, tail = first.split(), second.split()
    return " ".join([*head[: (len(head) + 1) // 2], *tail[len(tail) // 2 :]])


def _mixed(
    name: str, first: list[str], second: list[str], wanted: int, chance: random.Random, *, is_word: bool
) -> Iterator[_Row]:
    """Questions cut and joined; words, which cannot be cut, by turns from one and the other."""
    texts: dict[str, None] = {}
    while len(texts) < min(wanted, len(first)):
        one, other = chance.choice(first), chance.choice(second)
        texts[chance.choice((one, other)) if is_word else _halves(one, other)] = None
    for text in texts:
        yield {
            "about": f"commitment:{name}",
            "text": text,
            "near": "[]",
            "is_word": is_word,
            "source": Origin.REPORT,
        }


def _copy_details(db: sqlite_utils.Database, made: dict[str, tuple[str, str]]) -> None:
    """Due dates, votes and tags of the first parent, so that filters have as much to read and to find."""
    children: dict[str, list[str]] = defaultdict(list)
    for name, (first, _) in made.items():
        children[first].append(name)
    for table in ("due_dates", "deliberations"):
        rows = list(db.query(f"SELECT * FROM {table}"))
        db.table(table).insert_all(row | {"commitment": child} for row in rows for child in children[row["commitment"]])
    for tag in list(db.query("SELECT kind, name, commitments FROM tags")):
        _tag_children(db, tag, children)


def _tag_children(db: sqlite_utils.Database, tag: _Row, children: dict[str, list[str]]) -> None:
    parents = json.loads(tag["commitments"])
    reached = [*parents, *sorted(child for parent in parents for child in children[parent])]
    db.execute(
        "UPDATE tags SET commitments = ? WHERE kind = ? AND name = ?", [json.dumps(reached), tag["kind"], tag["name"]]
    )
