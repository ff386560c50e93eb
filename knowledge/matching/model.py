"""The learned model as it serves: one row of weights a feature, one column a class. No learning library is needed."""

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.matching.features import Features, Floats, cut

_FILES = ("classes.json", "features.txt", "rarity.npy", "weights.npy", "offsets.npy")


@dataclass(frozen=True, slots=True)
class Model:
    """Linear scores of a text for every class.

    Attributes:
        classes: ``commitment:p01``…, ``refusal:vague``…, ``kind:fact``…, ``fact:panel``…, ``kind:commitment``.
        weights: Features by classes, half precision: memory is shared with the file.
        offsets: One a class.
    """

    classes: tuple[str, ...]
    features: Features
    weights: npt.NDArray[np.float16]
    offsets: Floats

    def scores(self, text: str) -> Floats:
        """One score a class; the higher, the surer; none of them is a probability yet."""
        rows, values = self.features.of(cut(text))
        if not rows.size:
            return self.offsets
        return np.asarray(values @ self.weights[rows].astype(np.float32) + self.offsets, dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write it whole, or not at all."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".building-") as name:
            building = Path(name) / folder.name
            building.mkdir()
            (building / "classes.json").write_text(json.dumps(self.classes), encoding="utf-8")
            (building / "features.txt").write_text("\n".join(self.features.ids), encoding="utf-8")
            np.save(building / "rarity.npy", self.features.rarity)
            np.save(building / "weights.npy", self.weights)
            np.save(building / "offsets.npy", self.offsets)
            if folder.exists():
                shutil.rmtree(folder)
            building.replace(folder)

    @classmethod
    def load(cls, folder: Path) -> "Model | None":
        """Read a saved model, its weights left on disk until they are asked for; None when it is missing or broken."""
        try:
            if any(not (folder / name).exists() for name in _FILES):
                return None
            names = (folder / "features.txt").read_text(encoding="utf-8").split("\n")
            model = cls(
                classes=tuple(json.loads((folder / "classes.json").read_text(encoding="utf-8"))),
                features=Features(
                    ids={feature: row for row, feature in enumerate(names)},
                    rarity=np.load(folder / "rarity.npy"),
                ),
                weights=np.load(folder / "weights.npy", mmap_mode="r"),
                offsets=np.load(folder / "offsets.npy"),
            )
        except (OSError, ValueError, TypeError, EOFError):
            return None
        whole = model.weights.shape == (len(names), len(model.classes)) and len(model.features.rarity) == len(names)
        return model if whole else None
