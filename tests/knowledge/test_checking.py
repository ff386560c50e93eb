"""``knowledge check`` on a spoilt copy of the data: one line names the place and the fault, and it ends with 1."""

from collections.abc import Callable
from typing import Any

import pytest

from knowledge import datafiles
from knowledge.__main__ import main
from knowledge.checking import check
from tests.knowledge.conftest import DataFolder


def faults(data: DataFolder, capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert main(["check", "--data", str(data.path)]) == 1
    told = capsys.readouterr()
    return (told.out + told.err).splitlines()


def in_file(name: str, change: Callable[[Any], object]) -> Callable[[DataFolder], None]:
    return lambda data: data.edit(name, change)


def of_commitment(commitment_id: str, **changes: object) -> Callable[[DataFolder], None]:
    return lambda data: data.commitment(commitment_id, **changes)


def raw(name: str, content: bytes) -> Callable[[DataFolder], object]:
    return lambda data: (data.path / name).write_bytes(content)


def added(name: str, content: str) -> Callable[[DataFolder], object]:
    return lambda data: (data.path / name).write_bytes((data.path / name).read_bytes() + content.encode())


def test_the_data_keep_every_rule() -> None:
    assert check(datafiles.read()) == []


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (
            in_file("commitments/o4.yaml", lambda o: o["commitments"].pop()),
            "commitments: 101 commitments instead of 102",
        ),
        (
            in_file("commitments/o4.yaml", lambda o: o["commitments"].pop()),
            "commitments/o4.yaml: 29 commitments instead of 30",
        ),
        (of_commitment("a1-01", kind="interpellation"), "commitments: 72 of kind action instead of 73"),
        (of_commitment("a1-01", kind="interpellation"), "commitments: 2 of kind interpellation instead of 1"),
        (of_commitment("p01", number=None, kind="action"), "commitments: 27 of kind priority instead of 28"),
        (of_commitment("p01", number=2), "commitments/o1.yaml: p01: number 2 does not fit the id"),
        (of_commitment("p01", kind="action"), "commitments/o1.yaml: p01: a priority project has a number"),
        (of_commitment("a2-01", id="a3-99"), "commitments/o2.yaml: a3-99: the id does not fit orientation o2"),
        (of_commitment("p25", deliberations=None), "commitments: 13 commitments with a deliberation instead of 14"),
        (
            of_commitment("p01", deliberations=[{"date": "2022-06", "label": "juin 2022"}]),
            "commitments: 15 commitments with a deliberation instead of 14",
        ),
        (of_commitment("p02", status_evidence=None), "commitments/o1.yaml: p02: a status needs the words"),
        (of_commitment("p02", status=None), "commitments/o1.yaml: p02: a status needs the words"),
        (of_commitment("p02", status_evidence="est paru en mai"), "commitments/o1.yaml: p02: status_evidence is not"),
        (of_commitment("p02", status="fini"), "commitments/o1.yaml: commitments.1.status: Input should be"),
        (of_commitment("p02", color="red"), "commitments/o1.yaml: commitments.1.color: Extra inputs"),
        (of_commitment("p02", title=None), "commitments/o1.yaml: commitments.1.title: Field required"),
        (of_commitment("p02", pages=[]), "commitments/o1.yaml: commitments.1.pages: List should have"),
        (of_commitment("p02", due=[{"label": "x", "from": "juin"}]), "commitments/o1.yaml: commitments.1.due.0.from"),
        (of_commitment("p02", title="Un titre"), "commitments/o1.yaml: p02: title or info is not the wording adopted"),
        (of_commitment("a2-01", info="2031"), "commitments/o2.yaml: a2-01: title or info is not the wording adopted"),
        (of_commitment("p02", summary="x" * 601), "commitments/o1.yaml: commitments.1.summary: String should have"),
        (of_commitment("p02", summary=None), "commitments/o1.yaml: p02: a summary goes with the report's paragraph"),
        (of_commitment("p02", id="p01", number=1), "commitments: p01 stands 2 times"),
        (in_file("facts.yaml", lambda facts: facts.append(facts[0])), "facts.yaml: convention-presentation stands 2"),
        (in_file("facts.yaml", lambda facts: facts.__delitem__(slice(40, None))), "facts.yaml: 40 facts, at least 45"),
        (in_file("facts.yaml", lambda facts: facts[3].update(samples=["a"])), "facts.yaml: 3.samples: List should"),
        (in_file("glossary.yaml", lambda terms: terms.append(terms[0])), "glossary.yaml: cispd stands 2 times"),
        (in_file("milestones.yaml", lambda steps: steps[0].update(id="p77")), "milestones.yaml: p77 is no commitment"),
        (in_file("milestones.yaml", lambda steps: steps[0].update(source_url="x")), "milestones.yaml: 0.source_url: "),
        (
            in_file("vocabulary.yaml", lambda v: v["themes"][0]["commitments"].append("p88")),
            "vocabulary.yaml: Logement: p88 is no commitment",
        ),
        (
            in_file("others.yaml", lambda o: o["refusals"]["near_miss"][0].update(near=["p88"])),
            "others.yaml: near_miss: p88 is no commitment",
        ),
        (
            in_file("others.yaml", lambda o: o["refusals"].update(rude=[])),
            "others.yaml: refusals.rude.[key]: Input should be",
        ),
        (
            in_file("samples/o1.yaml", lambda s: s["p02"]["questions"].append(s["p01"]["questions"][0].upper() + " !")),
            "stands under p01 too",
        ),
        (in_file("samples/o1.yaml", lambda s: s.pop("p02")), "samples: p02 has no samples"),
        (in_file("samples/o1.yaml", lambda s: s.update({"p99": s["p01"]})), "samples: p99 is no commitment"),
        (in_file("samples/o2.yaml", lambda s: s.update({"p01": {"questions": ["x"]}})), "samples/o2.yaml: p01 already"),
        (in_file("wording.yaml", lambda hashes: hashes.pop("p03")), "commitments/o1.yaml: p03: title or info"),
        (added("document.yaml", "pages: 16\n"), "document.yaml: key 'pages' stands twice"),
        (added("samples/o1.yaml", "p01:\n  questions: [x]\n"), "samples/o1.yaml: key 'p01' stands twice"),
        (added("glossary.yaml", "- term: [\n"), "glossary.yaml: while parsing"),
        (raw("glossary.yaml", b"- term: caf\xe9\n"), "glossary.yaml: 'utf-8' codec can't decode"),
        (raw("glossary.yaml", b"\x00"), "glossary.yaml: unacceptable character"),
        (raw("glossary.yaml", b""), "glossary.yaml: "),
        (raw("document.yaml", b"!!python/object:os.system {}\n"), "document.yaml: could not determine a constructor"),
        (lambda data: (data.path / "facts.yaml").unlink(), "facts.yaml: [Errno 2]"),
    ],
)
def test_each_fault_is_one_line(
    data: DataFolder,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[DataFolder], object],
    expected: str,
) -> None:
    spoil(data)
    told = faults(data, capsys)
    assert len([line for line in told if expected in line]) == 1, told
    assert all(": " in line and "Traceback" not in line for line in told)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(
            b"date: 2022-13-45\n",
            id="a date that does not exist",
        ),
        pytest.param(
            b"? [a]\n: b\n",
            id="a key that is a list",
        ),
        pytest.param(b"[" * 20_000, id="nested too deep"),
        pytest.param(b"- &a [*a]\n", id="a list that holds itself"),
    ],
)
def test_yaml_that_nobody_means_is_a_fault_too(
    data: DataFolder, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    (data.path / "document.yaml").write_bytes(content)
    (told,) = faults(data, capsys)
    assert told.startswith("document.yaml: ")


def test_every_fault_is_told_at_once(data: DataFolder, capsys: pytest.CaptureFixture[str]) -> None:
    data.commitment("p09", summary="x" * 601)
    data.commitment("p20", color="red")
    added("glossary.yaml", "- term: [\n")(data)
    assert len(faults(data, capsys)) == 3


def test_one_question_may_stand_twice_under_one_commitment(data: DataFolder) -> None:
    data.edit("samples/o1.yaml", lambda samples: samples["p01"]["questions"].extend(["un toubib ?", "un toubib !"]))
    assert check(datafiles.read(data.path)) == []


def test_accents_case_and_signs_do_not_make_another_question(data: DataFolder) -> None:
    data.edit("samples/o1.yaml", lambda samples: samples["p01"]["questions"].append("Où est l’école à Rezé ?"))
    data.edit("samples/o2.yaml", lambda samples: samples["a2-01"]["questions"].append("ou est l'ecole a reze"))
    (fault,) = check(datafiles.read(data.path))
    assert (fault.where, fault.what) == ("samples: a2-01", "« ou est l'ecole a reze » stands under p01 too")


def test_a_changed_data_folder_has_another_digest(data: DataFolder) -> None:
    before = datafiles.digest(data.path)
    assert datafiles.digest(data.path) == before
    added("glossary.yaml", "# a comment\n")(data)
    assert datafiles.digest(data.path) != before
