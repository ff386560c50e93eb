"""Filters read from messages: a table of what is typed and what it filters by."""

import pytest

from knowledge.catalogue import Catalogue
from knowledge.matching.filter_words import FilterReader
from knowledge.matching.filters import Filter, Shelf
from knowledge.models import Kind, Status


@pytest.fixture(scope="session")
def reader(catalogue: Catalogue, shelf: Shelf) -> FilterReader:
    return FilterReader(catalogue, shelf)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("les engagements de l'orientation 3", Filter(orientation="o3")),
        ("axe 2", Filter(orientation="o2")),
        ("la deuxième orientation", Filter(orientation="o2")),
        ("o4", Filter(orientation="o4")),
        ("orientation 7", Filter()),
        ("quels engagements sont réalisés ?", Filter(status=Status.REALISE)),
        ("which projects are completed?", Filter(status=Status.REALISE)),
        ("les promesses faites", Filter(status=Status.REALISE)),
        ("que faites-vous ?", Filter()),
        ("dites-moi ce que vous faites", Filter()),
        ("ceux qui sont en cours", Filter(status=Status.EN_COURS)),
        ("pas encore finis", Filter(status=Status.EN_COURS)),
        ("pas encore commencés", Filter(status=Status.A_OUVRIR)),
        ("ce qui reste à ouvrir", Filter(status=Status.A_OUVRIR)),
        ("sans statut", Filter(unknown_status=True)),
        ("les chantiers prioritaires", Filter(kind=Kind.PRIORITY)),
        ("les engagements non prioritaires", Filter(not_kind=Kind.PRIORITY)),
        ("tous sauf les prioritaires", Filter(not_kind=Kind.PRIORITY)),
        ("les interpellations", Filter(kind=Kind.INTERPELLATION)),
        ("les engagements votés en juin 2022", Filter(voted="2022-06")),
        ("adoptés en décembre 2021", Filter(voted="2021-12")),
        ("les délibérations de 2021", Filter(voted="2021")),
        ("engagements adoptés par délibération", Filter(voted="")),
        ("les engagements prévus en 2023", Filter(due="2023")),
        ("échéance septembre 2022", Filter(due="2022-09")),
        ("prévus à l'été 2022", Filter(due="ete 2022")),
        ("sans échéance", Filter(undated=True)),
        ("les engagements sans date", Filter(undated=True)),
        ("les chantiers prioritaires réalisés de l'orientation 2", None),
        ("bonjour", Filter()),
        ("", Filter()),
    ],
)
def test_what_a_message_filters_by(reader: FilterReader, message: str, expected: Filter | None) -> None:
    whole = Filter(orientation="o2", status=Status.REALISE, kind=Kind.PRIORITY)
    assert reader.read(message).filters == (whole if expected is None else expected)


@pytest.mark.parametrize(
    ("message", "tags"),
    [
        ("à Rezé", ["Rezé"]),
        ("A REZE", ["Rezé"]),
        ("les engagements à bouguenay", ["Bouguenais"]),
        ("engagements sur la biodiversitée à Rezé", ["Biodiversité et animaux", "Rezé"]),
        ("pour les seniors", ["Personnes âgées (seniors)"]),
        ("les personnes âgées à Rezé", ["Personnes âgées (seniors)", "Rezé"]),
        ("les engagements sur le logement", ["Logement"]),
        ("les seniors, encore les seniors", ["Personnes âgées (seniors)"]),
    ],
)
def test_places_people_and_themes_are_named_as_residents_do(
    reader: FilterReader, message: str, tags: list[str]
) -> None:
    found = [tag.name for tag in reader.read(message).filters.tags]
    assert [name for name in tags if name not in found] == []
    assert len(found) == len(set(found))


def test_two_themes_side_by_side_mean_either(reader: FilterReader, shelf: Shelf, catalogue: Catalogue) -> None:
    (either,) = reader.read("les engagements sur le logement et la nature").filters.tags
    filed = {tag.name: set(tag.commitments) for tag in catalogue.tags}
    assert set(either.commitments) >= filed["Logement"]
    assert len(shelf.find(Filter(tags=(either,)))) > len(filed["Logement"])


def test_filters_combine(reader: FilterReader, shelf: Shelf, catalogue: Catalogue) -> None:
    reading = reader.read("les engagements en cours de l'orientation 2 votés en 2022 sur le logement")
    found = reading.filters
    assert (found.orientation, found.status, found.voted) == ("o2", Status.EN_COURS, "2022")
    assert [tag.name for tag in found.tags] == ["Logement"]
    assert all(catalogue.get(key).orientation == "o2" for key in shelf.find(found))


def test_a_title_of_an_orientation_names_it(reader: FilterReader, catalogue: Catalogue) -> None:
    for orientation in catalogue.orientations:
        assert reader.read(f"les engagements de « {orientation.title} »").filters.orientation == orientation.id


@pytest.mark.parametrize(
    ("message", "asks_list", "asks_count", "names_commitments", "in_print"),
    [
        ("quels engagements sont réalisés ?", True, False, True, False),
        ("combien de projets sont réalisés ?", False, True, True, False),
        ("quel % est réalisé", False, True, False, False),
        ("quels engagements parlent de bailleurs ?", True, False, True, True),
        ("pleine terre", False, False, False, False),
    ],
)
def test_what_a_message_asks_for(
    reader: FilterReader, message: str, asks_list: bool, asks_count: bool, names_commitments: bool, in_print: bool
) -> None:
    reading = reader.read(message)
    assert (reading.asks_list, reading.asks_count) == (asks_list, asks_count)
    assert (reading.names_commitments, reading.in_print) == (names_commitments, in_print)


def test_a_word_asked_in_print_is_looked_for_as_it_is(reader: FilterReader, shelf: Shelf, catalogue: Catalogue) -> None:
    found = shelf.find(reader.read("quels engagements parlent de bailleurs ?").filters)
    assert found and all("bailleur" in catalogue.get(key).wording.lower() for key in found)


def test_what_no_filter_used_is_left(reader: FilterReader) -> None:
    assert reader.read("quels engagements sont réalisés ?").left == ()
    assert "licorne" in reader.read("les engagements sur la licorne à Rezé").left


def test_what_any_reading_of_the_tags_reaches(reader: FilterReader, catalogue: Catalogue) -> None:
    assert reader.read("bonjour").fitting is None
    fitting = reader.read("le logement").fitting
    assert fitting and fitting >= set(next(tag.commitments for tag in catalogue.tags if tag.name == "Logement"))
