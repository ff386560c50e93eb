"""The index is learned once for the same samples, kept on disk, and learned again when it is damaged."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge.index import open_index
from knowledge.matching.model import Model
from knowledge.models import Sample

QUESTIONS = {
    "commitment:p01": ["un médecin à Rezé", "une maison de santé", "trouver un docteur", "le cabinet médical"],
    "commitment:p02": ["planter des arbres", "un parc avec des arbres", "des arbres dans la rue", "arbre et jardin"],
    "refusal:vague": ["et alors", "dites-moi tout", "une question", "je ne sais pas"],
    "fact:panel": ["combien de citoyens", "les citoyens tirés au sort", "qui a participé", "le panel de citoyens"],
    "fact:pact": ["le pacte", "signer le pacte", "c'est quoi le pacte", "pacte citoyen"],
    "kind:menu": ["bonjour", "merci", "salut", "au revoir"],
}
SAMPLES = tuple(Sample(text=text, about=about) for about, texts in QUESTIONS.items() for text in texts)
WORDS = (Sample(text="toubib", about="commitment:p01", is_word=True),)
FILES = ("classes.json", "features.txt", "rarity.npy", "weights.npy", "offsets.npy")


class Progress:
    """What was said while it learned."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __call__(self, line: str) -> None:
        self.lines.append(line)


def learned(folder: Path, samples: Sequence[Sample] = SAMPLES) -> tuple[Model, bool]:
    progress = Progress()
    return open_index(folder, samples, progress), bool(progress.lines)


def kept(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def best(model: Model, message: str, room: str) -> str:
    scores = model.scores(message)
    return max((score, name) for score, name in zip(scores, model.classes, strict=True) if name.startswith(room))[1]


def test_the_second_opening_learns_nothing(tmp_path: Path) -> None:
    first, taught = learned(tmp_path)
    second, again = learned(tmp_path)
    assert taught and not again and len(kept(tmp_path)) == 1
    assert second.classes == first.classes and second.features.ids == first.features.ids
    for message in ("un docteur à Rezé", "arbres", "", "zzz"):
        assert np.array_equal(first.scores(message), second.scores(message))


def test_learning_tells_how_far_it_is(tmp_path: Path) -> None:
    progress = Progress()
    open_index(tmp_path, SAMPLES, progress)
    assert len(progress.lines) > 1 and "100 %" in progress.lines[-1]
    assert all("\n" not in line for line in progress.lines)


def test_the_same_samples_give_the_same_scores(tmp_path: Path) -> None:
    first, _ = learned(tmp_path / "one")
    second, _ = learned(tmp_path / "two")
    assert [path.name for path in kept(tmp_path / "one")] == [path.name for path in kept(tmp_path / "two")]
    # Two solvers at once share one source of chance, so the last digits may differ.
    assert np.allclose(first.weights, second.weights, atol=0.02)
    assert np.allclose(first.offsets, second.offsets, atol=0.02)


@pytest.mark.parametrize(
    "samples",
    [SAMPLES[1:], (*SAMPLES, *WORDS), (Sample(text=SAMPLES[0].text, about="commitment:p02"), *SAMPLES[1:])],
)
def test_other_samples_are_learned_apart(tmp_path: Path, samples: Sequence[Sample]) -> None:
    learned(tmp_path)
    assert learned(tmp_path, samples)[1]
    assert len(kept(tmp_path)) == 2
    assert not learned(tmp_path)[1] and not learned(tmp_path, samples)[1]


def test_only_the_newest_indexes_stay(tmp_path: Path) -> None:
    for count in range(20, 24):
        learned(tmp_path, SAMPLES[:count])
    assert len(kept(tmp_path)) == 2
    assert not learned(tmp_path, SAMPLES[:23])[1]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["lost", "cut", "garbage"])
def test_a_damaged_index_is_learned_again(tmp_path: Path, name: str, damage: str) -> None:
    learned(tmp_path)
    file = kept(tmp_path)[0] / name
    content = file.read_bytes()
    if damage == "lost":
        file.unlink()
    else:
        file.write_bytes(content[: len(content) // 2] if damage == "cut" else b"garbage")
    if Model.load(kept(tmp_path)[0]) is not None:
        pytest.fail("what is left of it must not be served")
    model, again = learned(tmp_path)
    assert again and best(model, "un médecin", "commitment:") == "commitment:p01"
    assert len(file.read_bytes()) == len(content) and not learned(tmp_path)[1]


@pytest.mark.parametrize(
    ("name", "content"), [("rarity.npy", b""), ("weights.npy", b""), ("offsets.npy", b""), ("classes.json", b"5")]
)
def test_an_emptied_file_is_damage_too(tmp_path: Path, name: str, content: bytes) -> None:
    learned(tmp_path)
    (kept(tmp_path)[0] / name).write_bytes(content)
    assert learned(tmp_path)[1]


def test_a_folder_that_cannot_keep_it_is_no_reason_to_stop(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "index").write_text("a file stands here")
    model, taught = learned(tmp_path / "index")
    assert taught and best(model, "des arbres", "commitment:") == "commitment:p02"
    assert "learned again at the next start" in caplog.text


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    model, _ = learned(tmp_path)
    model.save(tmp_path / "kept")
    model.save(tmp_path / "kept")
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == sorted(FILES)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_words_and_misspellings_weigh_in(tmp_path: Path) -> None:
    model, _ = learned(tmp_path, (*SAMPLES, *WORDS))
    assert best(model, "toubib", "commitment:") == "commitment:p01"
    assert best(model, "un medecain a reze", "commitment:") == "commitment:p01"
    assert best(model, "le pakte", "fact:") == "fact:pact"


def test_a_text_without_a_known_feature_scores_the_offsets(tmp_path: Path) -> None:
    model, _ = learned(tmp_path)
    assert np.array_equal(model.scores(""), model.offsets)
    assert np.array_equal(model.scores("漢字"), model.offsets)
