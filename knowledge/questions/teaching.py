"""What staff teach the bot while it runs: a question or a word for a commitment, a question that is out of scope."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import sqlite_utils

from knowledge.authors import Author
from knowledge.database import Database
from knowledge.errors import UnknownCommitmentError
from knowledge.history import append
from knowledge.matching.guards import printable
from knowledge.matching.wording import content_words, words
from knowledge.models import Origin, Refusal
from knowledge.questions.errors import EmptySampleError, LongSampleError, PersonalSampleError, TakenSampleError
from knowledge.questions.stripping import stripped

LONGEST_QUESTION = 300
LONGEST_WORD = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """Something staff have taught.

    Attributes:
        id: Names it on a button; made of what it says.
        about: ``commitment:p01`` or ``refusal:near_miss``.
    """

    about: str
    text: str
    is_word: bool

    @property
    def id(self) -> str:
        """Twelve letters and figures."""
        return sha256(f"{self.about}\0{self.text}".encode()).hexdigest()[:12]


class Teaching:
    """The rows of ``samples`` that are staff's; every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_question(self, commitment: str, text: str, by: Author, now: datetime) -> Lesson:
        """A question that means a commitment, in the words of who adds it.

        Raises:
            UnknownCommitmentError: No commitment has this id.
            SampleError: Too long, empty, about a person, or there already.
        """
        return self._add(f"commitment:{commitment}", text, LONGEST_QUESTION, by, now, is_word=False)

    def add_word(self, commitment: str, text: str, by: Author, now: datetime) -> Lesson:
        """A word or a few that residents use for a commitment; a word may stand under several.

        Raises:
            UnknownCommitmentError, SampleError: As for a question.
        """
        return self._add(f"commitment:{commitment}", text, LONGEST_WORD, by, now, is_word=True)

    def add_refusal(self, reason: Refusal, text: str, by: Author, now: datetime) -> Lesson:
        """A question that is out of scope, for this reason.

        Raises:
            SampleError: As for a question.
        """
        return self._add(f"refusal:{reason}", text, LONGEST_QUESTION, by, now, is_word=False)

    def lessons(self) -> tuple[Lesson, ...]:
        """Everything that staff have taught, the newest first."""
        return tuple(reversed(_lessons(self._database.read())))

    def remove(self, lesson_id: str, by: Author, now: datetime) -> Lesson | None:
        """Take a lesson back; None when it is gone already."""
        with self._database.write() as db:
            found = next((each for each in _lessons(db) if each.id == lesson_id), None)
            if found is not None:
                sql = "DELETE FROM samples WHERE about = ? AND text = ? AND source != ?"
                db.execute(sql, [found.about, found.text, Origin.REPORT])
                _note(db, "question.lesson_removed", found, by, now)
        return found

    def _add(self, about: str, text: str, most: int, by: Author, now: datetime, *, is_word: bool) -> Lesson:
        said = printable(text[: 2 * most + 1])
        lesson = Lesson(about=about, text=said, is_word=is_word)
        _check(said, len(text), most)
        with self._database.write() as db:
            _check_commitment(db, about)
            _check_free(db, lesson)
            sql = "INSERT INTO samples(about, text, near, is_word, source) VALUES (?, ?, '[]', ?, ?)"
            db.execute(sql, [about, said, int(is_word), Origin.STAFF])
            _note(db, "question.word_taught" if is_word else "question.taught", lesson, by, now)
        return lesson


def _check(said: str, length: int, most: int) -> None:
    if max(length, len(said)) > most:
        raise LongSampleError(length, most)
    if not content_words(said):
        raise EmptySampleError
    if stripped(said) != said:
        raise PersonalSampleError


def _check_commitment(db: sqlite_utils.Database, about: str) -> None:
    room, _, name = about.partition(":")
    if room == "commitment" and not db.execute("SELECT 1 FROM commitments WHERE id = ?", [name]).fetchone():
        raise UnknownCommitmentError(name)


def _check_free(db: sqlite_utils.Database, lesson: Lesson) -> None:
    """A question stands under one thing only, words but for accents and marks; a word stands there once."""
    wanted = words(lesson.text)
    for about, text in db.execute("SELECT about, text FROM samples WHERE is_word = ?", [int(lesson.is_word)]):
        if (about == lesson.about or not lesson.is_word) and words(text) == wanted:
            raise TakenSampleError(about, about == lesson.about)
    if db.execute("SELECT 1 FROM samples WHERE about = ? AND text = ?", [lesson.about, lesson.text]).fetchone():
        raise TakenSampleError(lesson.about, True)


def _lessons(db: sqlite_utils.Database) -> list[Lesson]:
    sql = "SELECT about, text, is_word FROM samples WHERE source != ? ORDER BY rowid"
    return [Lesson(about=a, text=t, is_word=bool(w)) for a, t, w in db.execute(sql, [Origin.REPORT])]


def _note(db: sqlite_utils.Database, kind: str, lesson: Lesson, by: Author, now: datetime) -> None:
    room, _, name = lesson.about.partition(":")
    commitment = name if room == "commitment" else None
    append(db, kind, {"about": lesson.about, "text": lesson.text}, by, now, commitment=commitment)
