"""The index kept on disk: learned at most once for the same samples."""

import hashlib
import logging
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from knowledge.matching.learning import learn
from knowledge.matching.model import Model
from knowledge.models import Sample

logger = logging.getLogger(__name__)

# Part of an index's name: raise it when the features or the learning change, and every base learns again.
FORMAT = 4
_KEPT = 2


def open_index(folder: Path, samples: Sequence[Sample], progress: Callable[[str], None]) -> Model:
    """The index of these samples; or the newest that lacks only what staff taught since; or learned now, and kept.

    Args:
        folder: Where indexes are kept, each in a folder named by its content; only the newest few stay.
        samples: All of them, in a fixed order.
        progress: Called with a line now and then while it learns.
    """
    wanted = folder / _name(samples)
    for kept in (wanted, *_of_the_same_data(folder, samples)):
        if model := Model.load(kept):
            return model
    return _learned(wanted, samples, progress)


def find_index(folder: Path, samples: Sequence[Sample]) -> Model | None:
    """The index of exactly these samples, what staff taught included, if it has been learned."""
    return Model.load(folder / _name(samples))


def has_index(folder: Path, samples: Sequence[Sample]) -> bool:
    """Whether the index of exactly these samples has been learned."""
    return (folder / _name(samples)).is_dir()


def learn_index(folder: Path, samples: Sequence[Sample], progress: Callable[[str], None]) -> bool:
    """Learn the index of exactly these samples, unless it is there; True when it was learned now."""
    wanted = folder / _name(samples)
    if Model.load(wanted):
        return False
    _learned(wanted, samples, progress)
    return True


def _learned(wanted: Path, samples: Sequence[Sample], progress: Callable[[str], None]) -> Model:
    model = learn(samples, progress)
    try:
        model.save(wanted)
        _tidy(wanted.parent)
    except OSError as error:
        where = wanted.parent
        logger.warning("the index cannot be kept in %s (%s): it will be learned again at the next start", where, error)
    return model


def _name(samples: Sequence[Sample]) -> str:
    """By the data files' samples, then by those of staff, when there are some."""
    theirs = [sample for sample in samples if sample.by_staff]
    ours = _hash(sample for sample in samples if not sample.by_staff)
    return f"{ours}.{_hash(theirs)}" if theirs else ours


def _of_the_same_data(folder: Path, samples: Sequence[Sample]) -> list[Path]:
    ours = _hash(sample for sample in samples if not sample.by_staff)
    found = folder.glob(f"{ours}*") if folder.is_dir() else ()
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


def _hash(samples: Iterable[Sample]) -> str:
    whole = hashlib.sha256(str(FORMAT).encode())
    for sample in samples:
        whole.update(f"{sample.about}\0{sample.text}\0{sample.is_word}\n".encode())
    return whole.hexdigest()[:16]


def _tidy(folder: Path) -> None:
    indexes = sorted(
        (path for path in folder.iterdir() if path.is_dir() and path.name[0] != "."),
        key=lambda path: path.stat().st_mtime,
    )
    for path in indexes[:-_KEPT]:
        shutil.rmtree(path, ignore_errors=True)
