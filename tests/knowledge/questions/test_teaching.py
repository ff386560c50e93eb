"""What staff teach is checked, recorded, survives a reload, and goes back into the data files."""

import json
from pathlib import Path
from shutil import copytree

import pytest

from knowledge import datafiles
from knowledge.authors import Author, Role, Via
from knowledge.checking import check
from knowledge.database import Database
from knowledge.errors import UnknownCommitmentError
from knowledge.history.entries import list_entries
from knowledge.loading import prepare
from knowledge.models import Refusal
from knowledge.questions.errors import EmptySampleError, LongSampleError, PersonalSampleError, TakenSampleError
from knowledge.questions.files import write_files
from knowledge.questions.teaching import Teaching
from knowledge.store import load_samples
from tests.conftest import NOW
from tests.knowledge.conftest import DataFolder

BRUNO = Author(member=3, role=Role.EDITOR, via=Via.TELEGRAM)


@pytest.fixture
def teaching(base: Database) -> Teaching:
    return Teaching(base)


def first_question(base: Database, about: str) -> str:
    return next(sample.text for sample in load_samples(base) if sample.about == about and not sample.is_word)


def test_what_is_taught_is_a_sample_of_staff_and_stands_in_the_record(base: Database, teaching: Teaching) -> None:
    lesson = teaching.add_question("p12", "  Des castors\n dans la rivière ? ", BRUNO, NOW)
    assert lesson.text == "Des castors dans la rivière ?"
    (sample,) = [sample for sample in load_samples(base) if sample.by_staff]
    assert (sample.about, sample.text, sample.is_word) == ("commitment:p12", lesson.text, False)
    *_, last = list_entries(base.read())
    assert (last.kind, last.commitment, last.by) == ("question.taught", "p12", BRUNO)
    assert last.content == {"about": "commitment:p12", "text": lesson.text}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("a b " * 1_250, LongSampleError),
        ("x" * 301, LongSampleError),
        ("", EmptySampleError),
        ("   \n", EmptySampleError),
        ("est-ce que c'est pour moi ?", EmptySampleError),
        ("?!…", EmptySampleError),
        ("Monsieur Durand a demandé un arbre", PersonalSampleError),
        ("un arbre au 06 12 34 56 78", PersonalSampleError),
    ],
)
def test_words_that_teach_nothing_are_refused(
    base: Database, teaching: Teaching, text: str, error: type[Exception]
) -> None:
    before = load_samples(base)
    with pytest.raises(error):
        teaching.add_question("p12", text, BRUNO, NOW)
    with pytest.raises(error):
        teaching.add_word("p12", text, BRUNO, NOW)
    with pytest.raises(error):
        teaching.add_refusal(Refusal.VAGUE, text, BRUNO, NOW)
    assert load_samples(base) == before


def test_a_commitment_that_is_none_is_refused(teaching: Teaching) -> None:
    with pytest.raises(UnknownCommitmentError):
        teaching.add_question("p99", "des castors", BRUNO, NOW)
    with pytest.raises(UnknownCommitmentError):
        teaching.add_word("", "castor", BRUNO, NOW)


def test_a_question_stands_under_one_thing_only(base: Database, teaching: Teaching) -> None:
    known = first_question(base, "commitment:p11")
    with pytest.raises(TakenSampleError) as told:
        teaching.add_question("p12", f"  {known.upper()} !", BRUNO, NOW)
    assert (told.value.about, told.value.is_same) == ("commitment:p11", False)
    with pytest.raises(TakenSampleError) as told:
        teaching.add_question("p11", known, BRUNO, NOW)
    assert told.value.is_same
    with pytest.raises(TakenSampleError):
        teaching.add_refusal(Refusal.NEAR_MISS, known, BRUNO, NOW)
    with pytest.raises(TakenSampleError):
        teaching.add_question("p11", first_question(base, "refusal:near_miss"), BRUNO, NOW)


def test_a_word_may_stand_under_several_but_only_once_under_each(base: Database, teaching: Teaching) -> None:
    teaching.add_word("p12", "castor", BRUNO, NOW)
    teaching.add_word("p11", "Castor", BRUNO, NOW)
    with pytest.raises(TakenSampleError) as told:
        teaching.add_word("p12", "CASTOR", BRUNO, NOW)
    assert told.value.is_same


def test_a_lesson_can_be_taken_back(base: Database, teaching: Teaching) -> None:
    before = load_samples(base)
    lesson = teaching.add_word("p12", "castor", BRUNO, NOW)
    other = teaching.add_refusal(Refusal.NATIONAL, "les castors de Loire", BRUNO, NOW)
    assert teaching.lessons() == (other, lesson)
    assert teaching.remove(lesson.id, BRUNO, NOW) == lesson
    assert teaching.remove(lesson.id, BRUNO, NOW) is None
    assert teaching.remove(other.id, BRUNO, NOW) == other
    assert load_samples(base) == before


def test_the_reports_own_samples_cannot_be_taken_back(base: Database, teaching: Teaching) -> None:
    before = load_samples(base)
    assert teaching.remove("0" * 12, BRUNO, NOW) is None
    assert load_samples(base) == before


def test_what_was_taught_goes_into_the_data_files_and_nothing_else_changes(
    base: Database, teaching: Teaching, data: DataFolder, tmp_path: Path
) -> None:
    teaching.add_question("p12", "Des castors dans la rivière : c'est prévu ?", BRUNO, NOW)
    teaching.add_word("p24", "ralentisseur: le mien", BRUNO, NOW)
    teaching.add_refusal(Refusal.NATIONAL, "les castors de Loire 🦫", BRUNO, NOW)
    lessons = tuple(reversed(teaching.lessons()))
    written = write_files(lessons, tmp_path / "out", data=data.path)
    assert sorted(path.relative_to(tmp_path / "out").as_posix() for path in written) == [
        "others.yaml",
        "samples/o2.yaml",
        "samples/o5.yaml",
    ]
    whole = copytree(data.path, tmp_path / "whole")
    copytree(tmp_path / "out", whole, dirs_exist_ok=True)
    before, after = datafiles.read(data.path), datafiles.read(whole)
    assert check(after) == check(before)
    assert after.samples["p12"].questions == [*before.samples["p12"].questions, lessons[0].text]
    assert after.samples["p24"].words == [*before.samples["p24"].words, lessons[1].text]
    assert after.others.refusals[Refusal.NATIONAL][-1].q == lessons[2].text
    assert {k: v for k, v in after.samples.items() if k not in ("p12", "p24")} == {
        k: v for k, v in before.samples.items() if k not in ("p12", "p24")
    }
    assert write_files(lessons, tmp_path / "again", data=whole) == ()


def test_the_real_files_change_by_the_lines_added_only(base: Database, teaching: Teaching, tmp_path: Path) -> None:
    lesson = teaching.add_question("p12", "Des castors dans la rivière ?", BRUNO, NOW)
    (written,) = write_files([lesson], tmp_path)
    old = (datafiles.DATA / "samples" / "o2.yaml").read_text(encoding="utf-8").splitlines()
    new = written.read_text(encoding="utf-8").splitlines()
    assert [line for line in new if line not in set(old)] == ["  - Des castors dans la rivière ?"]
    assert len(new) == len(old) + 1 and new[0].startswith("# ")


def test_once_committed_a_lesson_is_the_files(base: Database, teaching: Teaching, data: DataFolder) -> None:
    lesson = teaching.add_question("p12", "Des castors dans la rivière ?", BRUNO, NOW)
    kept = teaching.add_word("p12", "castor", BRUNO, NOW)
    data.edit("samples/o2.yaml", lambda samples: samples["p12"]["questions"].append(lesson.text))
    assert prepare(base, NOW, folder=data.path)
    assert teaching.lessons() == (kept,)
    assert [sample.by_staff for sample in load_samples(base) if sample.text == lesson.text] == [False]


def test_the_record_is_plain_json(base: Database, teaching: Teaching) -> None:
    teaching.add_word("p12", "castor « géant »", BRUNO, NOW)
    (content,) = base.read().execute("SELECT content FROM history ORDER BY seq DESC LIMIT 1").fetchone()
    assert json.loads(content)["text"] == "castor « géant »"
