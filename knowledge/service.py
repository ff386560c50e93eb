"""The knowledge base in use: open it once, ask it anything, from any thread."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from knowledge.catalogue import Catalogue
from knowledge.database import Database
from knowledge.history.past import Past, read_past
from knowledge.index import find_index, has_index, open_index
from knowledge.loading import prepare
from knowledge.matching.decision import Calibration, Judge
from knowledge.matching.followups import Context
from knowledge.matching.meaning import Meaning
from knowledge.matching.model import Model
from knowledge.matching.taught import Taught
from knowledge.matching.understanding import Understanding
from knowledge.misses import Tally
from knowledge.models import Sample
from knowledge.store import load_catalogue, load_samples, stamp

Progress = Callable[[str], None]


class Knowledge:
    """What is known, and what a question means.

    Reads come from memory; ``refresh`` picks up what another process wrote.

    Attributes:
        tally: What is asked, counted until it is written.
    """

    def __init__(self, database: Database, model: Model, calibration: Calibration) -> None:
        self._database = database
        self._model = model
        self._calibration = calibration
        self._lock = threading.Lock()
        self._version = database.version()
        self._stamp = stamp(database)
        self.tally = Tally(database)
        self.catalogue: Catalogue = load_catalogue(database)
        self._understanding = self._understood(load_samples(database))

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

    def refresh(self) -> bool:
        """Read the base again if what is known changed, in this process or another; True when it did."""
        with self._lock:
            version = self._database.version()
            if version == self._version:
                return False
            self._version = version
            if (current := stamp(self._database)) == self._stamp:
                return False
            catalogue, samples = load_catalogue(self._database), load_samples(self._database)
            self.catalogue = catalogue
            self._understanding = self._understood(samples)
            self._stamp = current
            return True

    def lacks_index(self) -> bool:
        """Whether something that staff taught has not been learned with the rest yet."""
        return not has_index(self.path.parent / "index", load_samples(self._database))

    def take_index(self) -> bool:
        """Serve from the index of all that staff taught, once it has been learned; True when it has been."""
        with self._lock:
            samples = load_samples(self._database)
            model = find_index(self.path.parent / "index", samples)
            if model is None:
                return False
            self._model = model
            self._understanding = self._understood(samples)
            return True

    def _understood(self, samples: tuple[Sample, ...]) -> Understanding:
        judge = Judge(self._model, self._calibration)
        return Understanding(self.catalogue, judge, Taught(samples, self._model.features))

    def close(self) -> None:
        """Close the database."""
        self._database.close()
