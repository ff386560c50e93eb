"""The index kept on disk: learned at most once for the same samples."""

import hashlib
import logging
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from knowledge.matching.learning import learn
from knowledge.matching.model import Model
from knowledge.models import Sample

logger = logging.getLogger(__name__)

# Part of an index's name: raise it when the features or the learning change, and every base learns again.
FORMAT = 4
_KEPT = 2


def open_index(folder: Path, samples: Sequence[Sample], progress: Callable[[str], None]) -> Model:
    """The index of these samples, loaded, or learned and kept.

    Args:
        folder: Where indexes are kept, each in a folder named by its content; only the newest few stay.
        samples: All of them, in a fixed order.
        progress: Called with a line now and then while it learns.
    """
    kept = folder / _name(samples)
    if model := Model.load(kept):
        return model
    model = learn(samples, progress)
    try:
        model.save(kept)
        _tidy(folder)
    except OSError as error:
        logger.warning("the index cannot be kept in %s (%s): it will be learned again at the next start", folder, error)
    return model


def _name(samples: Sequence[Sample]) -> str:
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
