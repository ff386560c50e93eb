"""Questions that ask the same stand together; those about the same place or thing do not."""

import random

import pytest

from knowledge.questions.likeness import alike

GROUPS = [
    [
        "combien coûte un ticket de tram",
        "prix du ticket tram",
        "le ticket de tram coute combien ?",
        "ticket tram prix",
    ],
    [
        "où recharger ma voiture électrique",
        "borne pour recharger une voiture électrique",
        "recharge voiture electrique",
    ],
    ["quand ouvre la piscine de Rezé", "ouverture piscine rezé", "la piscine de reze ouvre quand"],
    ["la piscine de Vertou est fermée ?", "piscine vertou fermee"],
    ["y aura-t-il plus de toilettes publiques", "toilettes publiques ?", "il faut des toilettes publiques en ville"],
    ["le tram de nuit", "un tram toute la nuit le samedi ?"],
    ["comment avoir un composteur", "obtenir un composteur", "composteur gratuit comment avoir"],
    ["mon chien sans laisse au parc", "parc pour chien sans laisse"],
]
ALL = [question for group in GROUPS for question in group]


@pytest.mark.parametrize("seed", range(5))
def test_what_asks_the_same_stands_together_whatever_the_order(seed: int) -> None:
    asked = random.Random(seed).sample(ALL, len(ALL))
    found = alike([(question, question) for question in asked])
    assert {frozenset(group) for group in found} == {frozenset(group) for group in GROUPS}


def test_groups_and_their_questions_keep_the_order_they_came_in() -> None:
    assert alike([(3, "les arbres"), (1, "le tram de nuit"), (2, "des arbres ?")]) == [[3, 2], [1]]


def test_without_questions_there_is_no_group() -> None:
    assert alike([]) == []


def test_questions_without_a_topic_are_compared_as_they_are() -> None:
    assert alike([(1, "et moi"), (2, "et moi ?"), (3, "où")]) == [[1, 2], [3]]
