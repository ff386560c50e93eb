"""Short messages after others, in one chat."""

from datetime import timedelta

import pytest

from knowledge.catalogue import Catalogue
from knowledge.matching.meaning import Aspect, Outcome
from knowledge.models import Status
from knowledge.service import Knowledge
from tests.conftest import NOW
from tests.knowledge.matching.conftest import Say

PLAN = "où en est le plan pleine terre ?"
DONE = "quels engagements sont réalisés ?"


@pytest.mark.parametrize(
    ("message", "aspect"),
    [
        ("et la délibération ?", Aspect.DELIBERATION),
        ("c'est pour quand ?", Aspect.DATE),
        ("c'est écrit où ?", Aspect.SOURCE),
        ("du nouveau depuis ?", Aspect.SINCE),
        ("plus de détails", Aspect.CONTENT),
    ],
)
def test_a_side_asked_after_an_answer_is_about_the_same_commitment(say: Say, message: str, aspect: Aspect) -> None:
    meaning = say(PLAN, message)
    assert (meaning.outcome, meaning.commitments[0], meaning.aspect) == (Outcome.ANSWER, "p11", aspect)


def test_one_side_after_another(say: Say) -> None:
    meaning = say(PLAN, "c'est pour quand ?", "et la délibération ?", "la source ?")
    assert (meaning.commitments[0], meaning.aspect) == ("p11", Aspect.SOURCE)


def test_the_context_is_kept_thirty_minutes(knowledge: Knowledge) -> None:
    _, context = knowledge.understand(PLAN, None, NOW)
    within, _ = knowledge.understand("et la délibération ?", context, NOW + timedelta(minutes=30))
    after, fresh = knowledge.understand("et la délibération ?", context, NOW + timedelta(minutes=30, seconds=1))
    assert (within.outcome, within.commitments[0]) == (Outcome.ANSWER, "p11")
    assert after == knowledge.understand("et la délibération ?", None, NOW)[0]
    assert fresh.at == NOW + timedelta(minutes=30, seconds=1)


def test_each_message_keeps_the_context_alive(knowledge: Knowledge) -> None:
    now, context = NOW, None
    for message in (PLAN, "c'est pour quand ?", "merci", "et la délibération ?"):
        meaning, context = knowledge.understand(message, context, now)
        now += timedelta(minutes=25)
    assert (meaning.commitments[0], meaning.aspect) == ("p11", Aspect.DELIBERATION)


def test_a_context_from_the_future_is_not_trusted(knowledge: Knowledge) -> None:
    _, context = knowledge.understand(PLAN, None, NOW)
    earlier, _ = knowledge.understand("et la délibération ?", context, NOW - timedelta(minutes=1))
    assert earlier == knowledge.understand("et la délibération ?", None, NOW)[0]


@pytest.mark.parametrize(
    ("message", "place"),
    [("le premier", 0), ("le deuxième", 1), ("la 3e", 2), ("le 2", 1), ("the second one", 1), ("le dernier", -1)],
)
def test_a_rank_chooses_among_what_was_listed(say: Say, message: str, place: int) -> None:
    listed = say(DONE).commitments
    meaning = say(DONE, message)
    assert (meaning.outcome, meaning.commitments[0]) == (Outcome.ANSWER, listed[place])


def test_a_rank_that_was_not_offered_chooses_nothing(say: Say) -> None:
    offered = say(DONE).commitments
    assert say(DONE, "le 19").commitments[:1] != offered[:1]
    assert say("le deuxième").outcome is not Outcome.ANSWER


def test_what_was_chosen_is_what_is_asked_next(say: Say) -> None:
    second = say(DONE).commitments[1]
    meaning = say(DONE, "le deuxième", "et la délibération ?")
    assert (meaning.commitments[0], meaning.aspect) == (second, Aspect.DELIBERATION)


@pytest.mark.parametrize(
    ("messages", "orientation"),
    [
        (["les engagements de l'orientation 3", "et dans la 4 ?"], "o4"),
        (["les engagements de l'orientation 3", "et la 5"], "o5"),
        pytest.param(
            ["les engagements de l'orientation 3", "et la deuxième ?"],
            "o2",
        ),
        (["les engagements de l'orientation 3", "et l'orientation 1 ?"], "o1"),
    ],
)
def test_another_orientation_takes_the_place_of_the_first(
    say: Say, catalogue: Catalogue, messages: list[str], orientation: str
) -> None:
    meaning = say(*messages)
    assert meaning.outcome is Outcome.LIST
    assert meaning.commitments == tuple(c.id for c in catalogue.commitments if c.orientation == orientation)


def test_a_place_after_a_place_replaces_it(say: Say, catalogue: Catalogue) -> None:
    meaning = say("quels engagements concernent Rezé ?", "et à Bouguenais ?")
    assert meaning.outcome is Outcome.LIST
    assert meaning.commitments == tuple(c.id for c in catalogue.commitments if "Bouguenais" in c.wording)


def test_a_status_after_an_orientation_is_added_to_it(say: Say, catalogue: Catalogue) -> None:
    meaning = say("les engagements de l'orientation 4", "ceux qui sont réalisés ?")
    assert (meaning.filters.orientation, meaning.filters.status) == ("o4", Status.REALISE)
    done = [c.id for c in catalogue.commitments if c.orientation == "o4" and c.status is Status.REALISE]
    assert meaning.commitments == tuple(done)


def test_a_month_after_a_vote_is_another_vote(say: Say) -> None:
    meaning = say("les engagements votés en juin 2022", "et en décembre 2021 ?")
    assert (meaning.outcome, meaning.filters.voted) == (Outcome.LIST, "2021-12")


def test_a_count_goes_on_as_a_count(say: Say, catalogue: Catalogue) -> None:
    meaning = say("combien d'engagements concernent Rezé ?", "et Bouguenais ?")
    assert meaning.outcome is Outcome.COUNT
    assert meaning.number == sum("Bouguenais" in c.wording for c in catalogue.commitments)


def test_those_without_a_status_after_those_with_one(say: Say) -> None:
    assert len(say(DONE, "et sans statut ?").commitments) == 81


@pytest.mark.parametrize("first", [PLAN, DONE, "les engagements de l'orientation 3", "combien d'engagements ?"])
def test_another_topic_starts_afresh(say: Say, first: str) -> None:
    question = "est-ce que des médecins vont s'installer dans les maisons de santé des quartiers ?"
    meaning = say(first, question)
    assert meaning.commitments[0] == say(question).commitments[0] == "p01"


def test_a_list_after_an_answer_is_a_list(say: Say) -> None:
    assert say(PLAN, DONE) == say(DONE)


def test_courtesies_do_not_end_the_thread(say: Say) -> None:
    meaning = say(PLAN, "merci", "et la délibération ?")
    assert (meaning.commitments[0], meaning.aspect) == ("p11", Aspect.DELIBERATION)


def test_a_refusal_does_not_end_the_thread(say: Say) -> None:
    meaning = say(PLAN, "qsdfg hjklm wxcv", "et la délibération ?")
    assert (meaning.commitments[0], meaning.aspect) == ("p11", Aspect.DELIBERATION)
