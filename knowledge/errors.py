"""What can go wrong with the knowledge base, as facts; the sentences are chosen by who shows them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any


class KnowledgeError(Exception):
    """Any fault of the knowledge base."""


@dataclass
class UnknownCommitmentError(KnowledgeError):
    """No commitment has this id."""

    commitment_id: str


@dataclass
class UnknownChangeError(KnowledgeError):
    """No change has this number."""

    change: int


@dataclass
class NotUndoableError(KnowledgeError):
    """Something came after it, it was undone already, or it is an undoing itself or the passing of a date."""

    change: int


@dataclass
class AlreadyUndoneError(NotUndoableError):
    """Somebody took it back already."""


@dataclass
class TooLateToUndoError(NotUndoableError):
    """The hours in which it could be taken back are over."""

    hours: int


@dataclass
class ProofMissingError(KnowledgeError):
    """What is said to be done needs a page or a document that shows it."""

    commitment_id: str


@dataclass
class FutureDateError(KnowledgeError):
    """What has happened cannot be dated after today."""

    date: str


@dataclass
class AddressError(KnowledgeError):
    """Not the address of a page on the web."""

    address: str


@dataclass
class TooLongError(KnowledgeError):
    """More characters than a card can show."""

    length: int
    most: int


@dataclass
class UnknownImportError(KnowledgeError):
    """No import has this number."""

    number: int


@dataclass
class ImportDecidedError(KnowledgeError):
    """The import is not in the state that this act needs: somebody decided already, or it has expired."""

    number: int
    state: str


@dataclass
class SamePersonError(KnowledgeError):
    """Who sent a file cannot confirm it as the second person."""

    number: int


@dataclass
class ApproverNeededError(KnowledgeError):
    """Only an approver confirms a file that needs a second person."""

    number: int


@dataclass
class ImportFaultsError(KnowledgeError):
    """The base has changed since the file was sent, and the file breaks a rule now; ``faults`` names each."""

    number: int
    faults: tuple[Any, ...]


@dataclass
class ImportBuiltUponError(KnowledgeError):
    """The import cannot be taken back: these commitments have changed again since."""

    number: int
    commitments: tuple[str, ...]


@dataclass
class TooLateError(KnowledgeError):
    """The time in which it could be taken back is over."""

    number: int
    hours: int


@dataclass
class DatabaseError(KnowledgeError):
    """The database file cannot be used; ``detail`` is what SQLite said, when no kinder error knows it."""

    path: Path
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.path}: {self.why}{f' ({self.detail})' if self.detail else ''}"

    why = "cannot be used"


class DatabaseLockedError(DatabaseError):
    """Another program holds it."""

    why = "locked by another program; stop it, or try again in a moment"


class DatabaseReadOnlyError(DatabaseError):
    """It must be filled or migrated, and cannot be written."""

    why = "must be written to (first start, or new data) but is read-only; check the rights of the file and its folder"


class DatabaseCorruptError(DatabaseError):
    """Not an SQLite database, or a damaged one."""

    why = "not a usable SQLite database; restore a backup, or remove the file to fill a new one"


class DatabaseTooOldError(DatabaseError):
    """An earlier version of this program wrote it, and nobody has brought it up to date."""

    why = "written by an older version of this program; start the bot once to bring it up to date"


class MissingDatabaseError(DatabaseError):
    """There is no such file."""

    why = "there is no database here; set BOT_DATABASE to where it is, or start the bot once"


class DatabaseTooNewError(DatabaseError):
    """A later version of this program wrote it."""

    why = "written by a newer version of this program; update the program, or use another file"


@dataclass
class KeyFileError(KnowledgeError):
    """The key that seals the history and opens the chat ids cannot be had."""

    path: Path

    def __str__(self) -> str:
        return f"{self.path}: {self.why}"

    why = "cannot be used"


class MissingKeyError(KeyFileError):
    """The base holds what is sealed with a key, and the file of the key is not there."""

    why = "the key of this database is missing; put the file back, or set BOT_KEY_FILE to where it is"


class BadKeyError(KeyFileError):
    """Not a key, or not to be read or written."""

    why = "not a usable key file (64 hexadecimal digits, readable by this program)"


class WrongKeyError(KnowledgeError):
    """What the base holds was sealed with another key, or altered."""

    def __str__(self) -> str:
        return "the key file is not the one of this database; put the right one back"


@dataclass
class BrokenHistoryError(KnowledgeError):
    """The end of the sealed history is not as it was left: nothing may be sealed over it."""

    path: Path

    def __str__(self) -> str:
        return f"{self.path}: the history was altered, or sealed with another key; see: python -m knowledge verify"


@dataclass
class CalibrationError(KnowledgeError):
    """The calibration that comes with the data cannot be read."""

    path: Path

    def __str__(self) -> str:
        return f"{self.path}: not a calibration; make it again (make calibrate)"


@dataclass
class SettingError(KnowledgeError):
    """A setting that cannot be used."""

    name: str
    why: str

    def __str__(self) -> str:
        return f"{self.name} {self.why}"


@dataclass
class DataFault:
    """One fault of a data file: where, and what."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass
class DataError(KnowledgeError):
    """The data files break their rules; one line a fault."""

    faults: list[DataFault]

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


@dataclass
class NotASiteError(KnowledgeError):
    """The folder to publish in holds something else, which publishing would destroy."""

    path: Path

    def __str__(self) -> str:
        return f"{self.path}: not a published site, and not empty; choose a new or an empty folder"


@dataclass
class SiteFolderError(KnowledgeError):
    """The folder to publish in cannot be written."""

    path: Path
    detail: str

    def __str__(self) -> str:
        return f"{self.path}: cannot be written ({self.detail})"
