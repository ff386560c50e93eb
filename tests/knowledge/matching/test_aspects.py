"""Which side of a commitment is asked."""

import pytest

from knowledge.matching.aspects import aspect_of, only_aspect
from knowledge.matching.meaning import Aspect


@pytest.mark.parametrize(
    ("message", "aspect"),
    [
        ("et la délibération ?", Aspect.DELIBERATION),
        ("ça a été voté ?", Aspect.DELIBERATION),
        ("c'est pour quand ?", Aspect.DATE),
        ("kan ?", Aspect.DATE),
        ("et quel jour ?", Aspect.DATE),
        ("what is the deadline?", Aspect.DATE),
        ("c'est écrit où ?", Aspect.SOURCE),
        ("la source ?", Aspect.SOURCE),
        ("du nouveau depuis ?", Aspect.SINCE),
        ("c'est fini ?", Aspect.STATUS),
        ("où en est-on ?", Aspect.STATUS),
        ("plus de détails", Aspect.CONTENT),
    ],
)
def test_a_side_named_alone(message: str, aspect: Aspect) -> None:
    assert aspect_of(message) is aspect
    assert only_aspect(message) is aspect


@pytest.mark.parametrize("message", ["le plan vélo, c'est pour quand ?", "la délibération sur les ordures"])
def test_a_side_named_with_a_topic_is_not_all_that_is_asked(message: str) -> None:
    assert aspect_of(message) and only_aspect(message) is None


@pytest.mark.parametrize("message", ["", "bonjour", "le plan vélo", "😀"])
def test_a_message_may_name_no_side(message: str) -> None:
    assert aspect_of(message) is None and only_aspect(message) is None
