"""Each filter, alone and with others, and a filter laid over an earlier one."""

from dataclasses import replace

import pytest

from knowledge.catalogue import Catalogue
from knowledge.matching.filters import NO_FILTER, Filter, Shelf, in_print, sets_apart
from knowledge.models import Kind, Origin, Status, Tag, TagKind
from tests.factories import a_commitment, a_step, a_vote, due, known

REZE = Tag(kind=TagKind.PLACE, name="Rezé", aliases=(), commitments=("p01", "a2-01"))
BREIL = Tag(kind=TagKind.PLACE, name="Breil", aliases=(), commitments=("p02",))
YOUNG = Tag(kind=TagKind.PEOPLE, name="Jeunes", aliases=(), commitments=("p01", "a3-01"))


TOWN = (
    a_commitment(
        id="p01",
        kind=Kind.PRIORITY,
        number=1,
        orientation="o1",
        title="Des médecins",
        due=(due("2023", "2023", "2023"),),
    ),
    a_commitment(
        id="p02",
        kind=Kind.PRIORITY,
        number=2,
        orientation="o1",
        title="Un guide",
        info="avec les bailleurs sociaux",
        deliberations=(a_vote("2022-06", "juin 2022"),),
        due=(due("été 2022", "2022-06-21", "2022-09-22"),),
        **known(Status.REALISE, "est paru"),
    ),
    a_commitment(
        id="a2-01",
        deliberations=(a_vote("2021-10", "octobre 2021"),),
        due=(due("de juin à octobre 2022", "2022-06", "2022-10"),),
        **known(Status.EN_COURS, "en cours"),
    ),
    a_commitment(id="a3-01", orientation="o3", milestones=(a_step("2023-02-10", "deliberation"), a_step("2024"))),
    a_commitment(
        id="a3-02",
        orientation="o3",
        kind=Kind.INTERPELLATION,
        milestones=(a_step("2022-06"),),
        due=(due("à partir de 2023", "2023", None), due("20 avril 2024", "2024-04-20", "2024-04-20")),
    ),
)


@pytest.fixture
def town(catalogue: Catalogue) -> Shelf:
    return Shelf(replace(catalogue, commitments=TOWN))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(), "p01 p02 a2-01 a3-01 a3-02"),
        (Filter(orientation="o1"), "p01 p02"),
        (Filter(orientation="o5"), ""),
        (Filter(status=Status.REALISE), "p02"),
        (Filter(status=Status.A_OUVRIR), ""),
        (Filter(unknown_status=True), "p01 a3-01 a3-02"),
        (Filter(kind=Kind.PRIORITY), "p01 p02"),
        (Filter(kind=Kind.INTERPELLATION), "a3-02"),
        (Filter(not_kind=Kind.PRIORITY), "a2-01 a3-01 a3-02"),
        (Filter(due="2023"), "p01 a3-02"),
        (Filter(due="2022"), "p02 a2-01"),
        (Filter(due="2022-08"), "a2-01"),
        (Filter(due="2022-11"), ""),
        (Filter(due="2023-05"), ""),
        (Filter(due="2024-04"), "a3-02"),
        (Filter(due="ete 2022"), "p02"),
        (Filter(undated=True), "a3-01"),
        (Filter(voted=""), "p02 a2-01 a3-01"),
        (Filter(voted="2022"), "p02"),
        (Filter(voted="2021-10"), "a2-01"),
        (Filter(voted="2023-02"), "a3-01"),
        (Filter(voted="2022-07"), ""),
        (Filter(tags=(REZE,)), "p01 a2-01"),
        (Filter(tags=(REZE, YOUNG)), "p01"),
        (Filter(tags=(REZE, BREIL)), ""),
        (Filter(text=("bailleurs",)), "p02"),
        (Filter(text=("arbres", "planter")), "a2-01 a3-01 a3-02"),
        (Filter(text=("tramway",)), ""),
        (Filter(orientation="o1", status=Status.REALISE, kind=Kind.PRIORITY, voted="2022-06"), "p02"),
        (Filter(orientation="o3", undated=True, voted="2023"), "a3-01"),
        (Filter(tags=(YOUNG,), not_kind=Kind.PRIORITY), "a3-01"),
        (Filter(due="2023", kind=Kind.INTERPELLATION, unknown_status=True), "a3-02"),
        (Filter(status=Status.EN_COURS, due="2022-07", voted="2021", tags=(REZE,)), "a2-01"),
    ],
)
def test_what_fits_in_document_order(town: Shelf, wanted: Filter, expected: str) -> None:
    assert town.find(wanted) == tuple(expected.split())


def test_the_year_of_an_open_end_is_its_start(town: Shelf) -> None:
    assert town.find(Filter(due="2025")) == ()


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        (Filter(orientation="o3"), Filter(orientation="o4"), Filter(orientation="o4")),
        (Filter(orientation="o3"), Filter(status=Status.REALISE), Filter(orientation="o3", status=Status.REALISE)),
        (Filter(status=Status.EN_COURS), Filter(status=Status.REALISE), Filter(status=Status.REALISE)),
        (Filter(tags=(REZE,)), Filter(tags=(BREIL,)), Filter(tags=(BREIL,))),
        (Filter(tags=(REZE,)), Filter(tags=(YOUNG,)), Filter(tags=(REZE, YOUNG))),
        (Filter(kind=Kind.PRIORITY), Filter(not_kind=Kind.PRIORITY), Filter(not_kind=Kind.PRIORITY)),
        (Filter(not_kind=Kind.PRIORITY), Filter(kind=Kind.INTERPELLATION), Filter(kind=Kind.INTERPELLATION)),
        (Filter(voted="2022-06"), Filter(voted="2021"), Filter(voted="2021")),
        (Filter(voted="2022-06"), Filter(voted=""), Filter(voted="")),
        (Filter(voted=""), Filter(orientation="o2"), Filter(voted="", orientation="o2")),
        (Filter(due="2023"), Filter(due="2022"), Filter(due="2022")),
        (Filter(due="2023", orientation="o1"), NO_FILTER, Filter(due="2023", orientation="o1")),
        (NO_FILTER, Filter(due="2023"), Filter(due="2023")),
    ],
)
def test_what_is_said_later_replaces_and_what_is_left_open_stays(
    earlier: Filter, later: Filter, expected: Filter
) -> None:
    assert later.over(earlier) == expected


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (Filter(status=Status.REALISE), Filter(unknown_status=True)),
        (Filter(unknown_status=True), Filter(status=Status.REALISE)),
        (Filter(due="2023"), Filter(undated=True)),
        (Filter(undated=True), Filter(due="2023")),
    ],
)
def test_what_contradicts_an_earlier_filter_replaces_it(earlier: Filter, later: Filter) -> None:
    assert later.over(earlier) == later


def test_only_a_filter_that_asks_something_counts() -> None:
    assert not NO_FILTER and not Filter() and Filter(voted="") and Filter(undated=True)
    assert Filter(orientation="o1").only_orientation == "o1"
    assert Filter(orientation="o1", kind=Kind.PRIORITY).only_orientation is None
    assert NO_FILTER.only_orientation is None


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(orientation="o1"), True),
        (Filter(voted="2022"), True),
        (Filter(status=Status.REALISE, kind=Kind.PRIORITY), True),
        (Filter(voted=""), False),
        (Filter(status=Status.REALISE), False),
        (Filter(tags=(REZE,)), False),
        (NO_FILTER, False),
    ],
)
def test_some_filters_can_only_speak_of_commitments(wanted: Filter, expected: bool) -> None:
    assert sets_apart(wanted) is expected


def test_words_left_are_looked_for_in_the_report(town: Shelf) -> None:
    filters, lacking = in_print(Filter(orientation="o1"), ("bailleur",), town)
    assert town.find(filters) == ("p02",) and not lacking
    filters, lacking = in_print(NO_FILTER, ("guides", "licorne"), town)
    assert town.find(filters) == ("p02",) and lacking
    assert in_print(NO_FILTER, (), town) == (NO_FILTER, False)


def test_votes_of_staff_count_as_votes(catalogue: Catalogue) -> None:
    vote = a_vote("2025-04", "avril 2025")
    by_staff = type(vote)(date=vote.date, label=vote.label, source=Origin.STAFF)
    one = Shelf(replace(catalogue, commitments=(a_commitment(deliberations=(by_staff,)),)))
    assert one.find(Filter(voted="2025-04")) == ("a2-01",)
