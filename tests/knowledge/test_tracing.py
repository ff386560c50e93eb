"""Every wording is looked for in the report's text, and every summary against its paragraph."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import datafiles
from knowledge.checking import entries
from knowledge.datafiles import CommitmentEntry, DataFiles
from knowledge.tracing import trace
from knowledge.vocabulary import stands_in

THE_REPORT = Path(__file__).parents[3] / "shared" / "source" / "bilan-2022-06.txt"


@pytest.fixture(scope="module")
def files(few_samples: Path) -> DataFiles:
    return datafiles.read(few_samples)


@pytest.fixture(scope="module")
def report(files: DataFiles) -> str:
    return "\n".join(part for _, entry in entries(files) for part in wordings(entry))


def wordings(entry: CommitmentEntry) -> list[str]:
    return [part for part in (entry.title, entry.details, entry.info) if part]


def find(files: DataFiles, commitment_id: str) -> CommitmentEntry:
    return next(entry for _, entry in entries(files) if entry.id == commitment_id)


def changed(files: DataFiles, commitment_id: str, **changes: str) -> DataFiles:
    return replace(
        files,
        orientations=[
            orientation.model_copy(
                update={
                    "commitments": [
                        entry.model_copy(update=changes) if entry.id == commitment_id else entry
                        for entry in orientation.commitments
                    ]
                }
            )
            for orientation in files.orientations
        ],
    )


def told(files: DataFiles, report: str) -> list[str]:
    return [str(fault) for fault in trace(files, report)]


def test_the_data_are_borne_out_by_the_report_where_it_is_at_hand() -> None:
    for path in [THE_REPORT] if THE_REPORT.exists() else []:
        assert told(datafiles.read(), path.read_text(encoding="utf-8")) == []


def test_a_report_that_holds_every_wording_has_no_fault(files: DataFiles, report: str) -> None:
    assert told(files, report) == []


def test_line_breaks_hyphens_and_capitals_do_not_matter(files: DataFiles, report: str) -> None:
    broken = "-\n".join(report.upper()[start : start + 40] for start in range(0, len(report), 40))
    assert told(files, broken) == []


def test_a_title_cut_over_two_columns_is_found(files: DataFiles, report: str) -> None:
    title = find(files, "p01").title
    cut = report.replace(title, f"{title[:34]}\nUne autre colonne\n{title[34:]}")
    assert title not in cut and told(files, cut) == []


@pytest.mark.parametrize(
    ("commitment_id", "name"), [("p01", "title"), ("p01", "details"), ("a2-01", "title"), ("a4-01", "info")]
)
def test_a_wording_that_the_report_lacks_is_a_fault(
    files: DataFiles, report: str, commitment_id: str, name: str
) -> None:
    wording = getattr(find(files, commitment_id), name)
    assert wording
    elsewhere = changed(files, commitment_id, **{name: f"Une phrase que personne n'a jamais écrite. {wording}"})
    (fault,) = told(elsewhere, report)
    assert fault.endswith(f"{commitment_id}: {name} is not in the report, letter for letter")


def test_one_letter_changed_is_a_fault(files: DataFiles, report: str) -> None:
    title = find(files, "p01").title
    (fault,) = told(changed(files, "p01", title=title.replace("médecins", "medicins")), report)
    assert "p01: title" in fault


def test_the_same_words_in_another_order_are_a_fault(files: DataFiles, report: str) -> None:
    first, second = find(files, "p01").title.split(" : ")
    assert told(changed(files, "p01", title=f"{second} : {first}"), report)


def test_a_short_tail_added_to_a_wording_is_a_fault(files: DataFiles, report: str) -> None:
    assert told(changed(files, "p01", title=f"{find(files, 'p01').title} 2024"), report)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("18 professionnels", "19 professionnels", "the summary adds the figure 19"),
        ("18 professionnels", "19 professionnels", "the summary lost the figure 18"),
        ("18 professionnels", "des professionnels", "the summary lost the figure 18"),
        ("À Rezé, la", "La", "the summary lost « Rezé »"),
        ("À Rezé, la", "À Rezé et à Bouguenais, la", "the summary adds « Bouguenais »"),
        ("à l’été 2023", "en 2023", "« l'été » stands in only one of the summary and the report's paragraph"),
        ("début 2022", "en mars 2022", "« mars » stands in only one of the summary and the report's paragraph"),
        ("la commune", "la commune, avec Nantes Métropole Habitat,", "the summary adds « Nantes Métropole Habitat"),
    ],
)
def test_a_summary_keeps_every_figure_place_organisation_and_month_and_adds_none(
    files: DataFiles, report: str, old: str, new: str, expected: str
) -> None:
    summary = find(files, "p01").summary or ""
    assert old in summary
    faults = told(changed(files, "p01", summary=summary.replace(old, new)), report)
    assert any(expected in fault for fault in faults), faults
    assert all(fault.startswith("commitments/o1.yaml: p01: ") for fault in faults)


def test_an_organisation_lost_is_a_fault(files: DataFiles, report: str) -> None:
    entry, tag = next(
        (entry, tag)
        for _, entry in entries(files)
        for tag in files.vocabulary.organisations
        if entry.summary and stands_in(tag.in_text, entry.summary)
    )
    silent = re.sub("|".join(map(re.escape, tag.in_text)), "quelqu'un", entry.summary or "", flags=re.IGNORECASE)
    assert not stands_in(tag.in_text, silent)
    assert any(f"lost « {tag.name} »" in fault for fault in told(changed(files, entry.id, summary=silent), report))
