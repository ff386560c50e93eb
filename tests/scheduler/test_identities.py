"""Chat ids at rest, and the key that opens them."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.database import Database
from knowledge.errors import BadKeyError, MissingKeyError, WrongKeyError
from knowledge.keys import Key
from scheduler.identities import SealedIdentities, open_identities
from scheduler.migrations import steps

CHAT = 5_123_456_789


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "bot.key"


def identities(key_file: Path) -> SealedIdentities:
    return SealedIdentities(Key.open(key_file, may_make=True))


@given(st.integers(min_value=-(2**63), max_value=2**63 - 1))
def test_an_id_comes_back_as_it_was(chat_id: int) -> None:
    sealed = SealedIdentities(Key(bytes(32)))
    assert sealed.open(sealed.seal(chat_id).cipher) == chat_id
    assert sealed.seal(chat_id).index == sealed.index(chat_id)


def test_neither_the_cipher_nor_the_index_shows_the_id(key_file: Path) -> None:
    sealed = identities(key_file).seal(CHAT)
    for plain in (str(CHAT).encode(), CHAT.to_bytes(8, "big"), CHAT.to_bytes(8, "little")):
        assert plain not in sealed.cipher and plain not in sealed.index


def test_two_seals_of_an_id_differ_and_have_one_index(key_file: Path) -> None:
    opened = identities(key_file)
    first, second = opened.seal(CHAT), opened.seal(CHAT)
    assert first.cipher != second.cipher and first.index == second.index
    assert opened.index(CHAT) != opened.index(CHAT + 1)


def test_another_key_opens_nothing_and_finds_nothing(tmp_path: Path) -> None:
    ours, theirs = identities(tmp_path / "a"), identities(tmp_path / "b")
    sealed = ours.seal(CHAT)
    assert theirs.index(CHAT) != sealed.index
    with pytest.raises(WrongKeyError):
        theirs.open(sealed.cipher)


def test_an_altered_cipher_is_noticed(key_file: Path) -> None:
    opened = identities(key_file)
    cipher = bytearray(opened.seal(CHAT).cipher)
    cipher[-1] ^= 1
    for altered in (bytes(cipher), b"", b"short"):
        with pytest.raises(WrongKeyError):
            opened.open(altered)


def test_the_key_is_made_once_for_its_owner_only(key_file: Path) -> None:
    first = identities(key_file).index(CHAT)
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert identities(key_file).index(CHAT) == first
    assert [path.name for path in key_file.parent.iterdir()] == ["bot.key"]


def test_programs_that_start_together_agree_on_the_key(key_file: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        indexes = set(pool.map(lambda _: identities(key_file).index(CHAT), range(16)))
    assert len(indexes) == 1


def test_a_key_open_to_others_is_told(key_file: Path, caplog: pytest.LogCaptureFixture) -> None:
    identities(key_file)
    key_file.chmod(0o644)
    identities(key_file)
    assert "chmod 600" in caplog.text and str(key_file) not in caplog.text


@pytest.mark.parametrize("content", ["", "00", "zz" * 32, "é"])
def test_a_file_that_is_no_key_is_refused(key_file: Path, content: str) -> None:
    key_file.parent.mkdir()
    key_file.write_text(content)
    with pytest.raises(BadKeyError, match="64 hexadecimal digits"):
        identities(key_file)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(BadKeyError):
        identities(tmp_path / "keys" / "bot.key")


def again(database: Database) -> Database:
    """The same base as another program opens it."""
    return Database(database.path, database.key_file)


class TestOfABase:
    @pytest.fixture
    def database(self, tmp_path: Path, key_file: Path) -> Database:
        database = Database(tmp_path / "bot.db", key_file)
        database.migrate(steps)
        return database

    def fill(self, database: Database) -> None:
        sealed = open_identities(again(database)).seal(CHAT)
        with database.write() as db:
            db.execute(
                "INSERT INTO subscribers(chat_cipher, chat_index, kind, hour, quiet, created_at)"
                " VALUES (?, ?, 'private', '09:00', 'none', '2026-11-22')",
                [sealed.cipher, sealed.index],
            )

    def test_its_key_opens_it_again(self, database: Database) -> None:
        self.fill(database)
        open_identities(again(database))

    def test_a_lost_key_is_not_replaced(self, database: Database, key_file: Path) -> None:
        self.fill(database)
        key_file.unlink()
        with pytest.raises(MissingKeyError, match="BOT_KEY_FILE"):
            open_identities(again(database))
        assert not key_file.exists()

    def test_the_key_of_another_base_is_refused_at_once(self, database: Database, tmp_path: Path) -> None:
        self.fill(database)
        identities(tmp_path / "other")
        with pytest.raises(WrongKeyError, match="not the one"):
            open_identities(Database(database.path, tmp_path / "other"))
