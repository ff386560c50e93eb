"""How many: the report's own totals, a count of what fits, a figure about the convention."""

import pytest

from knowledge.catalogue import Catalogue
from knowledge.matching.filters import Filter, Shelf
from knowledge.matching.meaning import Outcome
from knowledge.models import Status
from tests.knowledge.matching.conftest import Say


@pytest.mark.parametrize(
    ("message", "number"),
    [
        ("combien d'engagements en tout ?", 102),
        ("cb d'engagements sont réalisés ?", 29),
        ("combien d'engagements sont en cours ?", 59),
        ("combien d'engagements sont à ouvrir ?", 14),
        ("combien de chantiers prioritaires ?", 28),
        ("quel pourcentage des engagements est engagé ?", 85),
        ("How many commitments are done?", 29),
    ],
)
def test_a_total_that_the_report_gives_is_the_reports(
    say: Say, catalogue: Catalogue, message: str, number: int
) -> None:
    meaning = say(message)
    assert (meaning.outcome, meaning.number) == (Outcome.COUNT, number)
    assert meaning.fact is not None
    assert catalogue.get_fact(meaning.fact).number == number


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        ("combien d'engagements votés en juin 2022 ?", Filter(voted="2022-06")),
        ("combien d'engagements dans l'orientation 3 ?", Filter(orientation="o3")),
        (
            "combien d'engagements de l'orientation 2 sont en cours ?",
            Filter(orientation="o2", status=Status.EN_COURS),
        ),
        ("combien d'engagements prévus en 2023 ?", Filter(due="2023")),
    ],
)
def test_the_rest_is_counted(say: Say, shelf: Shelf, message: str, wanted: Filter) -> None:
    meaning = say(message)
    assert (meaning.outcome, meaning.filters) == (Outcome.COUNT, wanted)
    assert meaning.number == len(shelf.find(wanted))


def test_what_a_place_reaches_is_counted(say: Say, catalogue: Catalogue) -> None:
    meaning = say("combien d'engagements concernent Rezé ?")
    assert meaning.outcome is Outcome.COUNT
    assert meaning.number == sum("Rezé" in c.wording for c in catalogue.commitments)


def test_a_figure_about_the_convention_is_a_count_of_the_report(say: Say) -> None:
    meaning = say("combien de citoyens dans la convention ?")
    assert (meaning.outcome, meaning.number) == (Outcome.COUNT, 80)
    assert meaning.fact and meaning.commitments == ()
