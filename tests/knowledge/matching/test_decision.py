"""One decision over calibrated scores; its thresholds come from a file."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.catalogue import Catalogue
from knowledge.errors import KnowledgeError
from knowledge.matching.calibrating import Question, calibrate, read_questions
from knowledge.matching.decision import CALIBRATION, KINDS, Calibration, Judge
from knowledge.matching.meaning import Outcome
from knowledge.matching.model import Model
from knowledge.matching.taught import Taught
from knowledge.matching.understanding import Understanding
from knowledge.models import Refusal
from tests.conftest import NOW

QUESTION = "où en est le plan pleine terre ?"


@pytest.fixture
def calibration() -> Calibration:
    return Calibration.load()


def outcome(model: Model, catalogue: Catalogue, calibration: Calibration) -> Outcome:
    understanding = Understanding(catalogue, Judge(model, calibration), Taught((), model.features))
    return understanding.understand(QUESTION, None, NOW)[0].outcome


def test_thresholds_are_read_from_the_file(
    model: Model, catalogue: Catalogue, calibration: Calibration, tmp_path: Path
) -> None:
    expected = {
        (calibration.refuse_below, calibration.sure_above): Outcome.ANSWER,
        (calibration.refuse_below, 1.1): Outcome.CHOICES,
        (1.1, calibration.sure_above): Outcome.REFUSAL,
    }
    for (refuse_below, sure_above), wanted in expected.items():
        path = tmp_path / "calibration.json"
        replace(calibration, refuse_below=refuse_below, sure_above=sure_above).save(path)
        assert outcome(model, catalogue, Calibration.load(path)) is wanted


def test_a_calibration_comes_back_equal(calibration: Calibration, tmp_path: Path) -> None:
    calibration.save(tmp_path / "calibration.json")
    assert Calibration.load(tmp_path / "calibration.json") == calibration
    assert (tmp_path / "calibration.json").read_bytes() == CALIBRATION.read_bytes()


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"refuse_below": 0.1, "colour": "red"}'])
def test_a_broken_calibration_is_told_as_a_fault_of_the_data(tmp_path: Path, content: str) -> None:
    (tmp_path / "calibration.json").write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError):
        Calibration.load(tmp_path / "calibration.json")


def test_a_verdict_is_made_of_chances(model: Model, catalogue: Catalogue, calibration: Calibration) -> None:
    for message in (QUESTION, "bonjour", "", "漢字", "la météo de demain"):
        verdict = Judge(model, calibration).judge(message)
        assert list(verdict.kinds) == list(KINDS)
        assert sum(verdict.kinds.values()) == pytest.approx(1)
        assert all(0 <= chance <= 1 for chance in (*verdict.kinds.values(), verdict.scope, verdict.right))
        assert sorted(verdict.ranked) == sorted(c.id for c in catalogue.commitments)
        assert verdict.ranked[0] not in verdict.near and set(verdict.near) < set(verdict.ranked)
        assert verdict.refusal in Refusal and all(catalogue.get_fact(fact) for fact in verdict.facts)


def test_every_class_of_the_samples_is_learned(model: Model, catalogue: Catalogue) -> None:
    learned = set(model.classes)
    assert {f"commitment:{c.id}" for c in catalogue.commitments} <= learned
    assert {f"fact:{fact.id}" for fact in catalogue.facts} <= learned
    assert {f"kind:{kind}" for kind in ("commitment", "fact", "list", "count", "menu")} <= learned


def test_calibration_questions_are_of_every_kind_and_about_what_exists(catalogue: Catalogue) -> None:
    questions = read_questions()
    assert {question.kind for question in questions} == set(KINDS)
    for question in questions:
        room, _, name = question.about.partition(":")
        assert room != "commitment" or name in catalogue
        assert all(key in catalogue for key in question.also)


def test_questions_are_read_a_line_each(tmp_path: Path) -> None:
    rows = [
        {"q": "le plan", "about": "commitment:p11", "also": ["a2-13"]},
        {"q": "bonjour", "about": "kind:menu"},
        {"q": "santé ou nature", "about": "choices:p01,p11"},
    ]
    (tmp_path / "questions.jsonl").write_text("\n\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    plan, hello, several = read_questions(tmp_path / "questions.jsonl")
    assert plan == Question(text="le plan", about="commitment:p11", also=("a2-13",))
    assert (plan.kind, plan.right) == ("commitment", frozenset({"p11", "a2-13"}))
    assert (hello.kind, hello.right) == ("menu", frozenset())
    assert several.kind == "commitment"


def test_calibrating_gives_thresholds_that_separate(model: Model, catalogue: Catalogue) -> None:
    calibration, report = calibrate(model, read_questions())
    assert 0 < calibration.refuse_below < calibration.sure_above < 1
    assert len(calibration.kinds) == len(KINDS)
    assert outcome(model, catalogue, calibration) is Outcome.ANSWER
    assert any("in scope" in line for line in report) and any("thresholds" in line for line in report)
