"""The words of questions that people let be kept: a day and why it was not answered, nobody's name or number."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlite_utils

from knowledge.authors import Author
from knowledge.database import Database
from knowledge.history import append
from knowledge.questions.errors import NothingToKeepError, UnknownQuestionError
from knowledge.questions.likeness import alike
from knowledge.questions.stripping import says_something, stripped

KEPT_FOR = timedelta(days=90)
# Comparing two by two takes a second at this many; older ones wait until these are settled or gone.
_MOST_COMPARED = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions that ask the same.

    Attributes:
        leader: The number of the oldest of them, which names the group on a button.
        texts: As kept, each wording once, the most frequent first.
        count: How many questions.
        kinds: Why they were not answered, the most frequent first.
        last: The day of the newest.
    """

    leader: int
    numbers: tuple[int, ...]
    texts: tuple[str, ...]
    count: int
    kinds: tuple[str, ...]
    last: date


class KeptQuestions:
    """The table ``kept_questions``; every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, question: str, kind: str, day: date) -> tuple[int, str]:
        """Keep a question without what points to a person; its number, and the words kept.

        Raises:
            NothingToKeepError: No word with a topic is left of it.
        """
        text = stripped(question)
        if not says_something(text):
            raise NothingToKeepError
        with self._database.write() as db:
            sql = "INSERT INTO kept_questions(day, kind, text) VALUES (?, ?, ?)"
            return int(db.execute(sql, [day.isoformat(), kind, text]).lastrowid or 0), text

    def drop(self, number: int) -> bool:
        """Forget a question at the wish of who asked it; False when it is gone already."""
        with self._database.write() as db:
            return bool(db.execute("DELETE FROM kept_questions WHERE id = ?", [number]).rowcount)

    def groups(self) -> tuple[Group, ...]:
        """What waits for staff, alike together, the most asked first, then the newest."""
        return grouped(self._database.read())

    def get_group(self, number: int) -> Group:
        """The group that holds a question.

        Raises:
            UnknownQuestionError: It is settled or gone.
        """
        for group in self.groups():
            if number in group.numbers:
                return group
        raise UnknownQuestionError(number)

    def settle(self, group: Group, by: Author, now: datetime) -> None:
        """Nothing more is to be done about these; the night erases them."""
        with self._database.write() as db:
            db.conn.executemany(_SETTLE, [(group.leader, number) for number in group.numbers])
            append(db, "question.settled", {"questions": group.count, "reasons": list(group.kinds)}, by, now)

    def reopen(self, leader: int, by: Author, now: datetime) -> bool:
        """Put a settled group back; False when the night has erased it."""
        with self._database.write() as db:
            sql = "UPDATE kept_questions SET settled = NULL WHERE settled = ?"
            count = int(db.execute(sql, [leader]).rowcount)
            if count:
                append(db, "question.reopened", {"questions": count}, by, now)
        return bool(count)


def grouped(db: sqlite_utils.Database) -> tuple[Group, ...]:
    """The groups as they stand now."""
    rows = {number: (day, kind, text) for number, day, kind, text in db.execute(_OPEN, [_MOST_COMPARED])}
    found = alike([(number, rows[number][2]) for number in sorted(rows)])
    groups = (_group(tuple(numbers), [rows[number] for number in numbers]) for numbers in found)
    return tuple(sorted(groups, key=lambda group: (-group.count, -group.last.toordinal(), group.leader)))


def purge(db: sqlite_utils.Database, today: date) -> int:
    """Erase what is settled, and what has been kept as long as people were told; returns how many."""
    oldest = (today - KEPT_FOR).isoformat()
    return int(db.execute("DELETE FROM kept_questions WHERE settled IS NOT NULL OR day <= ?", [oldest]).rowcount)


def _group(numbers: tuple[int, ...], rows: list[tuple[str, str, str]]) -> Group:
    return Group(
        leader=numbers[0],
        numbers=numbers,
        texts=_by_frequency([text for _, _, text in rows]),
        count=len(rows),
        kinds=_by_frequency([kind for _, kind, _ in rows]),
        last=date.fromisoformat(max(day for day, _, _ in rows)),
    )


def _by_frequency(texts: list[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(texts), key=lambda text: -texts.count(text)))


_OPEN = "SELECT id, day, kind, text FROM kept_questions WHERE settled IS NULL ORDER BY id DESC LIMIT ?"
_SETTLE = "UPDATE kept_questions SET settled = ? WHERE id = ?"
