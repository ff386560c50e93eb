"""The knowledge base in use: open it once, ask it anything, from any thread."""

import threading
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from knowledge.catalogue import Catalogue
from knowledge.database import Database
from knowledge.history.past import Past, read_past
from knowledge.index import open_index
from knowledge.loading import prepare
from knowledge.matching.decision import Calibration, Judge
from knowledge.matching.followups import Context
from knowledge.matching.meaning import Meaning
from knowledge.matching.model import Model
from knowledge.matching.understanding import Understanding
from knowledge.misses import record_miss
from knowledge.store import load_catalogue, load_samples, stamp

Progress = Callable[[str], None]


class Knowledge:
    """What is known, and what a question means.

    Reads come from memory; ``refresh`` picks up what another process wrote.
    """

    def __init__(self, database: Database, model: Model, calibration: Calibration) -> None:
        self._database = database
        self._judge = Judge(model, calibration)
        self._lock = threading.Lock()
        self._version = database.version()
        self._stamp = stamp(database)
        self.catalogue: Catalogue = load_catalogue(database)
        self._understanding = Understanding(self.catalogue, self._judge)

    @classmethod
    def open(cls, path: Path, now: datetime, progress: Progress, *, key_file: Path | None = None) -> "Knowledge":
        """Migrate and fill the base, then load its index or learn it.

        Args:
            path: The SQLite file; the index is kept in a folder beside it.
            now: When rows are written, aware.
            progress: Called with a line now and then while something long is done.
            key_file: The key of the base; see ``Database``.

        Raises:
            KnowledgeError: The database or the data files cannot be used.
        """
        database = Database(path, key_file)
        prepare(database, now)
        model = open_index(path.parent / "index", load_samples(database), progress)
        return cls(database, model, Calibration.load())

    @property
    def path(self) -> Path:
        """The SQLite file."""
        return self._database.path

    def understand(self, message: str, context: Context | None, now: datetime) -> tuple[Meaning, Context]:
        """What a message means after what was last said, and the context for the next message of the chat."""
        return self._understanding.understand(message, context, now)

    def ranked(self, message: str) -> tuple[str, ...]:
        """Every commitment for a message, the likeliest first."""
        return self._understanding.ranked(message)

    def past(self, commitment_id: str) -> Past:
        """How a commitment came to be where it is; blocks while it reads.

        Raises:
            UnknownCommitmentError: None has this id.
        """
        with self._database.guarded():
            return read_past(self._database.read(), commitment_id)

    def record_miss(self, kind: str, commitment_id: str | None, day: date) -> None:
        """Count an answer that was not what the person meant; blocks while it writes."""
        record_miss(self._database, kind, commitment_id, day)

    def refresh(self) -> bool:
        """Read the base again if what is known changed, in this process or another; True when it did."""
        with self._lock:
            version = self._database.version()
            if version == self._version:
                return False
            self._version = version
            if (current := stamp(self._database)) == self._stamp:
                return False
            self.catalogue = load_catalogue(self._database)
            self._understanding = Understanding(self.catalogue, self._judge)
            self._stamp = current
            return True

    def close(self) -> None:
        """Close the database."""
        self._database.close()
