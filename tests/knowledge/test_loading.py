"""The base is filled from the data files, and filled again when they change, without losing what staff recorded."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.errors import DataError
from knowledge.loading import prepare
from knowledge.models import Kind, Origin, Status, TagKind
from knowledge.store import load_catalogue, load_samples
from knowledge.vocabulary import stands_in
from tests.conftest import NOW
from tests.knowledge.conftest import DataFolder

LATER = NOW + timedelta(days=1)


def test_the_first_start_fills_the_base(tmp_path: Path, few_samples: Path) -> None:
    database = Database(tmp_path / "new" / "folder" / "bot.db")
    assert prepare(database, NOW, folder=few_samples)
    found = load_catalogue(database)
    kinds = [c.kind for c in found.commitments]
    assert [kinds.count(kind) for kind in (Kind.PRIORITY, Kind.ACTION, Kind.INTERPELLATION)] == [28, 73, 1]
    assert [sum(c.orientation == o.id for c in found.commitments) for o in found.orientations] == [12, 24, 25, 30, 11]
    assert len(found.facts) >= 45 and found.glossary and load_samples(database)
    database.close()


def test_commitments_stand_in_document_order(base: Database) -> None:
    ids = [c.id for c in load_catalogue(base).commitments]
    assert ids[:28] == [f"p{n:02d}" for n in range(1, 29)]
    assert ids[28:] == sorted(ids[28:]) and ids[28] == "a1-01" and ids[-1].startswith("a5-")


def test_places_organisations_and_people_are_found_in_the_wording(base: Database) -> None:
    found = load_catalogue(base)
    tags = [tag for tag in found.tags if tag.kind in (TagKind.PLACE, TagKind.ORGANISATION, TagKind.PEOPLE)]
    assert {tag.kind for tag in tags} == {TagKind.PLACE, TagKind.ORGANISATION, TagKind.PEOPLE}
    place = next(tag for tag in tags if tag.name == "Rezé")
    assert place.commitments == tuple(c.id for c in found.commitments if "Rezé" in c.wording)
    themes = [tag for tag in found.tags if tag.kind is TagKind.THEME]
    assert themes and all(tag.commitments and all(key in found for key in tag.commitments) for tag in themes)


@pytest.mark.parametrize(
    ("strings", "text", "there"),
    [
        (["services de l'État"], "avec les services de l’État, depuis", True),
        (["services de l’État"], "avec les services de l'État", True),
        (["rezé"], "À Rezé, la commune", True),
        (["Cens"], "un recensement, un Censier", False),
        (["Route", "Cens"], "la vallée du Cens.", True),
        (["C.E. (2)"], "le C.E. (2), puis", True),
        (["C.E. (2)"], "le CXE. (2)", False),
        ([], "rien", False),
    ],
)
def test_a_name_is_found_as_whole_words_whatever_its_apostrophe(strings: list[str], text: str, there: bool) -> None:
    assert stands_in(strings, text) is there


def test_a_curly_apostrophe_in_the_report_hides_no_organisation(base: Database) -> None:
    found = load_catalogue(base)
    state = next(tag for tag in found.tags if tag.name == "État")
    assert any("l’État" in found.get(key).wording for key in state.commitments)


def test_nothing_is_done_twice(base: Database, data: DataFolder) -> None:
    before = load_catalogue(base), load_samples(base), loaded_at(base)
    assert not prepare(base, LATER, folder=data.path)
    assert (load_catalogue(base), load_samples(base), loaded_at(base)) == before


def test_a_changed_file_updates_the_base(base: Database, data: DataFolder) -> None:
    data.commitment("p09", summary="Un résumé refait.", due=[{"label": "2024", "from": "2024", "to": "2024"}])
    data.edit("glossary.yaml", lambda terms: terms.pop(0))
    data.edit("samples/o1.yaml", lambda samples: samples["p01"]["questions"].append("un toubib pour mon village ?"))
    before = load_catalogue(base)
    assert prepare(base, LATER, folder=data.path)
    after = load_catalogue(base)
    assert after.get("p09").summary == "Un résumé refait."
    assert [due.label for due in after.get("p09").due] == ["2024"]
    assert len(after.glossary) == len(before.glossary) - 1
    assert any(sample.text == "un toubib pour mon village ?" for sample in load_samples(base))
    assert after.get("p10") == before.get("p10")


def test_what_staff_recorded_survives_a_changed_file(base: Database, data: DataFolder) -> None:
    with base.write() as db:
        db.execute("INSERT INTO deliberations VALUES ('p09', '2024-04', 'avril 2024', NULL, 'staff')")
        db.execute(
            "INSERT INTO milestones VALUES ('p09', '2024-05', 'milestone', 'Fait', 'https://x.example', 'staff')"
        )
        db.execute("INSERT INTO due_dates VALUES ('p09', 0, 'juin 2025', '2025-06', '2025-06', 'staff')")
        db.execute("INSERT INTO samples VALUES ('commitment:p09', 'et mon guide alors', '[]', 0, 'staff')")
        db.execute("UPDATE commitments SET note = 'vu', checked_at = '2026-01-02' WHERE id = 'p09'")
    data.commitment("p09", summary="Un résumé refait.")
    assert prepare(base, LATER, folder=data.path)
    found = load_catalogue(base).get("p09")
    assert found.summary == "Un résumé refait." and (found.note, found.checked_at) == ("vu", "2026-01-02")
    assert ("avril 2024", Origin.STAFF) in [(vote.label, vote.source) for vote in found.deliberations]
    assert "Fait" in [step.summary for step in found.milestones]
    assert "juin 2025" in [due.label for due in found.due]
    assert "et mon guide alors" in [sample.text for sample in load_samples(base)]


@pytest.mark.parametrize("origin", ["staff", "import"])
def test_a_status_that_staff_set_is_kept(base: Database, data: DataFolder, origin: str) -> None:
    with base.write() as db:
        sql = "UPDATE commitments SET status = 'realise', status_source = ?, status_evidence = 'vu' WHERE id = 'p02'"
        db.execute(sql, [origin])
    data.commitment("p02", summary="Un résumé refait.")
    prepare(base, LATER, folder=data.path)
    found = load_catalogue(base).get("p02")
    assert (found.status, found.status_source, found.status_evidence) == (Status.REALISE, Origin(origin), "vu")
    assert found.summary == "Un résumé refait."


def test_a_status_of_the_report_follows_its_file(base: Database, data: DataFolder) -> None:
    assert load_catalogue(base).get("p02").status is Status.EN_COURS
    data.commitment("p02", status=None, status_evidence=None)
    prepare(base, LATER, folder=data.path)
    found = load_catalogue(base).get("p02")
    assert (found.status, found.status_source, found.status_evidence) == (None, None, None)


def test_a_faulty_file_leaves_the_base_and_names_the_fault(base: Database, data: DataFolder) -> None:
    before = load_catalogue(base), loaded_at(base)
    data.commitment("p09", summary="x" * 601)
    with pytest.raises(DataError) as told:
        prepare(base, LATER, folder=data.path)
    (fault,) = told.value.faults
    assert fault.where.startswith("commitments/o2.yaml") and "600" in str(fault)
    assert (load_catalogue(base), loaded_at(base)) == before


def test_a_broken_rule_leaves_the_base_too(base: Database, data: DataFolder) -> None:
    before = load_catalogue(base)
    data.commitment("p09", title="Un autre titre")
    with pytest.raises(DataError, match=r"commitments/o2\.yaml: p09: title or info"):
        prepare(base, LATER, folder=data.path)
    assert load_catalogue(base) == before


def test_a_mended_file_is_read_at_the_next_start(base: Database, data: DataFolder) -> None:
    data.commitment("p09", summary="x" * 601)
    with pytest.raises(DataError):
        prepare(base, LATER, folder=data.path)
    data.commitment("p09", summary="Court.")
    assert prepare(base, LATER, folder=data.path)
    assert load_catalogue(base).get("p09").summary == "Court."


def test_programs_that_start_together_fill_one_base(tmp_path: Path, few_samples: Path) -> None:
    opened = [Database(tmp_path / "bot.db") for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda database: prepare(database, NOW, folder=few_samples), opened))
    assert len({len(load_catalogue(database).commitments) for database in opened}) == 1
    assert [prepare(database, NOW, folder=few_samples) for database in opened] == [False] * 3
    for database in opened:
        database.close()


def loaded_at(database: Database) -> str:
    (when,) = database.read().execute("SELECT loaded_at FROM data_files").fetchone()
    return str(when)
