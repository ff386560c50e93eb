"""Records come back from the base as the data files tell them."""

import pytest

from knowledge import datafiles
from knowledge.checking import entries
from knowledge.database import Database
from knowledge.errors import UnknownCommitmentError
from knowledge.models import Kind, Milestone, Origin, Sample, TagKind
from knowledge.store import load_catalogue, load_samples
from tests.knowledge.conftest import DataFolder


def test_commitments_come_back_equal(base: Database, data: DataFolder) -> None:
    found = load_catalogue(base)
    for orientation, entry in entries(datafiles.read(data.path)):
        record = found.get(entry.id)
        assert (record.kind, record.number, record.orientation) == (entry.kind, entry.number, orientation.id)
        assert (record.title, record.details, record.info) == (entry.title, entry.details, entry.info)
        assert (record.summary, record.caveat, record.pages) == (entry.summary, entry.caveat, tuple(entry.pages))
        assert (record.status, record.status_evidence) == (entry.status, entry.status_evidence)
        assert [(d.label, d.starts, d.ends) for d in record.due] == [(d.label, d.starts, d.ends) for d in entry.due]
        votes = {(vote.date, vote.label, vote.url) for vote in entry.deliberations}
        assert {(vote.date, vote.label, vote.url) for vote in record.deliberations} == votes


def test_the_rest_comes_back_equal(base: Database, data: DataFolder) -> None:
    found, files = load_catalogue(base), datafiles.read(data.path)
    assert (found.document.title, found.document.date) == (files.document.title, files.document.date)
    assert [o.id for o in found.orientations] == ["o1", "o2", "o3", "o4", "o5"]
    told = [(o.title, o.intro, list(o.nicknames), list(o.pages)) for o in found.orientations]
    assert told == [(o.title, o.intro, o.nicknames, o.pages) for o in files.orientations]
    assert [(f.id, f.answer, f.number, list(f.pages)) for f in found.facts] == [
        (f.id, f.answer, f.number, f.pages) for f in files.facts
    ]
    assert len(found.emergency_numbers) == len(files.emergency_numbers) > 0
    assert {(t.term, t.meaning) for t in found.glossary} == {(t.term, t.meaning) for t in files.glossary}
    assert [tag.name for tag in found.tags if tag.kind is TagKind.PLACE] == [p.name for p in files.vocabulary.places]


def test_the_same_base_gives_the_same_records(base: Database) -> None:
    assert load_catalogue(base) == load_catalogue(base)
    assert load_samples(base) == load_samples(base)


def test_samples_say_what_they_are_about(base: Database, data: DataFolder) -> None:
    found, files = load_samples(base), datafiles.read(data.path)
    question, word = files.samples["p01"].questions[0], files.samples["p01"].words[0]
    assert Sample(text=question, about="commitment:p01") in found
    assert Sample(text=word, about="commitment:p01", is_word=True) in found
    assert {sample.about.partition(":")[0] for sample in found} == {"commitment", "fact", "kind", "refusal"}
    assert any(sample.near for sample in found)


def test_what_staff_and_imports_add_says_so_and_stands_by_date(base: Database) -> None:
    with base.write() as db:
        db.execute("INSERT INTO deliberations VALUES ('p25', '2031-01', 'janvier 2031', NULL, 'import')")
        db.execute("INSERT INTO deliberations VALUES ('p25', '1999', '1999', 'https://x.example', 'staff')")
        db.execute("INSERT INTO milestones VALUES ('p25', '2030', 'milestone', 'Fini', 'https://x.example', 'staff')")
    found = load_catalogue(base).get("p25")
    assert [vote.source for vote in found.deliberations] == [Origin.STAFF, Origin.REPORT, Origin.IMPORT]
    last = Milestone(date="2030", kind="milestone", summary="Fini", source_url="https://x.example")
    assert found.milestones[-1] == last


def test_records_are_found_by_their_ids(base: Database) -> None:
    found = load_catalogue(base)
    assert found.get("p28").kind is Kind.PRIORITY and found.get("a5-01").orientation == "o5"
    assert found.get_orientation("o3").id == "o3"
    assert found.get_fact(found.facts[-1].id) is found.facts[-1]
    assert "p01" in found and "p99" not in found and 1 not in found


@pytest.mark.parametrize("commitment_id", ["p99", "", "P01", "o1", "p01 "])
def test_an_unknown_id_is_an_error_that_carries_it(base: Database, commitment_id: str) -> None:
    with pytest.raises(UnknownCommitmentError) as error:
        load_catalogue(base).get(commitment_id)
    assert error.value.commitment_id == commitment_id
