"""The weekly note in words: no count of less than ten is told, nor can be worked out."""

import re
from collections import Counter
from datetime import date

import pytest

from bot.texts.markup import plain
from bot.texts.staff import weekly
from knowledge.catalogue import Catalogue
from knowledge.misses import Asked
from scheduler.outbox import State
from scheduler.weekly import WeekFacts
from tests.bot.texts.reading import assert_is_a_message


def facts(times: int) -> WeekFacts:
    return WeekFacts(
        first=date(2026, 11, 16),
        last=date(2026, 11, 22),
        asked=Asked(
            outcomes=Counter(answer=4 * times, refusal=times, menu=3),
            misses=Counter(near_miss=times, not_this=2 * times),
        ),
        groups=((times, "le frigo <partagé>"),),
        followers={"o1": times, "o2": 0},
        subscribers=times,
        deliveries=Counter({State.SENT: 2 * times, State.FAILED: times}),
        enquiries=Counter(sent=times, answered=times),
        held=0,
    )


def told(times: int, catalogue: Catalogue) -> str:
    messages = weekly.note(facts(times), catalogue)
    for message in messages:
        assert_is_a_message(message)
    return plain("\n".join(messages)).replace("\u00a0", " ")


def test_enough_is_told(catalogue: Catalogue) -> None:
    text = told(20, catalogue)
    assert "du 16 novembre 2026 au 22 novembre 2026" in text
    assert "Questions posées : 100. Répondues tout de suite : 80 %." in text
    assert "– « Ce n'est pas ça » : 40" in text and "« le frigo <partagé> » : 20" in text
    assert "Personnes abonnées : 20." in text and "arrivés : 40, refusés : 20" in text


@pytest.mark.parametrize("times", [1, 2])
def test_little_is_hidden(catalogue: Catalogue, times: int) -> None:
    text = told(times, catalogue)
    counted = re.findall(r"(?<=: )\d+", text)
    assert all(int(each) >= 10 for each in counted) and "moins de 10" in text


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (5, 9, "part non montrée"),
        (50, 50, "toutes"),
        (45, 50, "presque toutes"),
        (5, 50, "presque aucune"),
        (0, 50, "aucune"),
        (25, 50, "50 %"),
    ],
)
def test_a_share_does_not_give_the_few_away(catalogue: Catalogue, part: int, whole: int, said: str) -> None:
    week = facts(20)
    outcomes = Counter(answer=part, refusal=whole - part)
    week = WeekFacts(
        **{name: getattr(week, name) for name in week.__slots__ if name != "asked"},
        asked=Asked(outcomes=outcomes, misses=Counter()),
    )
    assert f"Répondues tout de suite : {said}" in plain(weekly.note(week, catalogue)[0]).replace("\u00a0", " ")
