"""Erased for real: the person's traces are looked for, byte by byte, before and after."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversation.kept import Kept
from bot.conversation.talk import Conversation
from bot.keeping import keep
from bot.operation.backups import back_up
from bot.operation.restoring import put_back
from bot.replies import Caller
from knowledge.authors import Author, Role, Via
from knowledge.changes import Field, NewChange, record
from knowledge.database import Database
from knowledge.models import Origin, Status
from scheduler.identities import open_identities
from scheduler.ports import Identities, Part
from scheduler.subscribers import Subscribers
from scheduler.ticking import Ticking
from tests.bot.conftest import NOW, PARIS, QUIET

CLAIRE, PAUL = 5_000_123_456_789, 5_000_987_654_321


class Traces:
    """What of a person may stand in a file."""

    def __init__(self, base: Database, identities: Identities, chat: int) -> None:
        index = identities.index(chat)
        (cipher,) = base.read().execute("SELECT chat_cipher FROM subscribers WHERE chat_index = ?", [index]).fetchone()
        self.sealed = (cipher, index)
        self.plain = (str(chat).encode(), chat.to_bytes(8, "big"), chat.to_bytes(8, "little"), chat.to_bytes(6, "big"))

    def sealed_in(self, file: Path) -> bool:
        content = file.read_bytes() if file.exists() else b""
        return any(trace in content for trace in self.sealed)

    def plain_in(self, file: Path) -> bool:
        content = file.read_bytes() if file.exists() else b""
        return any(trace in content for trace in self.plain)


@pytest.fixture
def identities(base: Database) -> Identities:
    return open_identities(base)


@pytest.fixture
def told(base: Database, conversation: Conversation, kept: Kept) -> None:
    """Claire and Paul follow something, and messages wait for both."""
    for chat in (CLAIRE, PAUL):
        conversation.answer(chat, "/suivre p07 immediat", NOW)
        conversation.answer(chat, "/suivre o3", NOW)
    with base.write() as db:
        db.execute("UPDATE commitments SET status = 'realise' WHERE id = 'p07'")
        change = NewChange(commitment="p07", field=Field.STATUS, old=None, new=Status.REALISE, source=Origin.STAFF)
        record(db, change, NOW)
    Ticking(base, PARIS).tick(NOW + timedelta(hours=30))


def files(base: Database) -> Iterator[Path]:
    return (base.path.with_name(f"{base.path.name}{end}") for end in ("", "-wal", "-shm", ".erasures"))


def test_nothing_of_a_person_is_left(
    base: Database,
    conversation: Conversation,
    identities: Identities,
    told: None,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    claire, paul = Traces(base, identities, CLAIRE), Traces(base, identities, PAUL)
    backup, later = tmp_path / "before.db", tmp_path / "after.db"
    back_up(base.path, backup, NOW)
    assert any(claire.sealed_in(file) for file in files(base))
    assert claire.sealed_in(backup)

    conversation.answer(CLAIRE, "/supprimer", NOW)
    assert "C'est effacé" in conversation.answer(CLAIRE, "1", NOW).replies[0].text

    back_up(base.path, later, NOW)
    assert not any(claire.sealed_in(file) for file in (*files(base), later))
    assert any(paul.sealed_in(file) for file in files(base))
    everything = [file for file in tmp_path.rglob("*") if file.is_file() and "index" not in file.parts]
    assert not any(claire.plain_in(file) or paul.plain_in(file) for file in everything)
    assert str(CLAIRE) not in caplog.text and str(PAUL) not in caplog.text


def test_nothing_of_a_question_sent_to_staff_is_left(base: Database, conversation: Conversation, kept: Kept) -> None:
    words = "le lombricomposteur gratuit de la cour"
    conversation.answer(CLAIRE, words, NOW)
    shown = conversation.answer(CLAIRE, words, NOW).replies[-1].buttons
    conversation.answer(CLAIRE, str(len(shown)), NOW)
    conversation.answer(CLAIRE, "1", NOW)
    (enquiry,) = kept.enquiries.list_open()
    assert enquiry.question == words and any(
        words.encode() in file.read_bytes() for file in files(base) if file.exists()
    )
    assert "vous n'aurez pas leur réponse" in conversation.answer(CLAIRE, "/supprimer", NOW).replies[0].text
    conversation.answer(CLAIRE, "1", NOW)
    assert kept.enquiries.list_open() == ()
    assert not any(words.encode() in file.read_bytes() for file in files(base) if file.exists())


def test_a_restored_backup_loses_the_questions_answered_since(
    base: Database, conversation: Conversation, kept: Kept, tmp_path: Path
) -> None:
    for words in ("le lombricomposteur gratuit", "les toilettes publiques, il y en aura plus ?"):
        shown = conversation.answer(CLAIRE, words, NOW).replies[-1].buttons
        conversation.answer(CLAIRE, str(len(shown)), NOW)
        conversation.answer(CLAIRE, "1", NOW)
    first, second = kept.enquiries.list_open()
    back_up(base.path, tmp_path / "copy.db", NOW)
    by = Author(member=3, role=Role.EDITOR, via=Via.TELEGRAM)
    kept.enquiries.answer(first.id, Part(text="Oui."), by, NOW)
    base.close()
    put_back(tmp_path / "copy.db", base.path, base.key_file, PARIS, NOW)
    assert kept.enquiries.list_open() == (second,)


@pytest.mark.parametrize("is_lost", [False, True])
def test_a_restored_backup_loses_whoever_was_erased_since(
    base: Database, conversation: Conversation, identities: Identities, told: None, tmp_path: Path, is_lost: bool
) -> None:
    claire, paul = Traces(base, identities, CLAIRE), Traces(base, identities, PAUL)
    backup = tmp_path / "before.db"
    back_up(base.path, backup, NOW)
    conversation.answer(CLAIRE, "/supprimer", NOW)
    conversation.answer(CLAIRE, "1", NOW)
    base.close()
    if is_lost:
        base.path.unlink()
    assert put_back(backup, base.path, base.key_file, PARIS, NOW) == 1
    assert not any(claire.sealed_in(file) for file in files(base))
    restored = Database(base.path, base.key_file)
    kept = keep(restored, Subscribers(restored, identities, QUIET), identities)
    assert kept.subscribers.find(CLAIRE) is None and kept.subscribers.find(PAUL) is not None
    assert any(paul.sealed_in(file) for file in files(base))
    states = {state for (state,) in restored.read().execute("SELECT state FROM outbox")}
    assert states <= {"uncertain"}
    # A number is never given twice: the erasure noted for it must not hit somebody else.
    newcomer = kept.open(Caller(chat=77), NOW)
    assert newcomer.id not in {number for (number,) in restored.read().execute("SELECT subscriber FROM erasures")}
    restored.close()
