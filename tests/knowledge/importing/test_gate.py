"""When a second person is needed, at the edges."""

import pytest

from knowledge.importing.gate import Step, Why, judge
from knowledge.models import Status

UNKNOWN = None
TO_OPEN, UNDER_WAY, DONE = Status.A_OUVRIR, Status.EN_COURS, Status.REALISE


def steps(count: int, old: Status | None, new: Status | None) -> list[Step]:
    return [Step(commitment=f"a1-{n:02}", old=old, new=new) for n in range(count)]


@pytest.mark.parametrize(
    ("changing", "known", "asks"),
    [
        (steps(4, TO_OPEN, UNDER_WAY), 21, False),
        (steps(5, TO_OPEN, UNDER_WAY), 21, True),
        (steps(5, TO_OPEN, UNDER_WAY), 49, True),
        (steps(5, TO_OPEN, UNDER_WAY), 50, False),
        (steps(6, TO_OPEN, UNDER_WAY), 50, True),
        (steps(10, TO_OPEN, UNDER_WAY), 100, False),
        (steps(11, TO_OPEN, UNDER_WAY), 102, True),
        (steps(90, UNKNOWN, UNDER_WAY), 12, False),
        (steps(4, TO_OPEN, UNDER_WAY) + steps(80, UNKNOWN, UNDER_WAY), 21, False),
        (steps(5, UNDER_WAY, UNDER_WAY), 5, False),
        (steps(5, UNDER_WAY, UNKNOWN), 21, True),
    ],
)
def test_many_known_statuses_at_once_ask_for_a_second_person(changing: list[Step], known: int, asks: bool) -> None:
    assert (Why.MANY in [reason.why for reason in judge(changing, known)]) == asks


@pytest.mark.parametrize(
    ("old", "new", "asks"),
    [
        (DONE, UNDER_WAY, True),
        (DONE, TO_OPEN, True),
        (UNDER_WAY, TO_OPEN, True),
        (TO_OPEN, UNDER_WAY, False),
        (TO_OPEN, DONE, False),
        (UNDER_WAY, DONE, False),
        (UNKNOWN, TO_OPEN, False),
        (DONE, UNKNOWN, False),
    ],
)
def test_a_step_back_asks_for_a_second_person(old: Status | None, new: Status | None, asks: bool) -> None:
    assert (Why.BACKWARDS in [reason.why for reason in judge(steps(1, old, new), 102)]) == asks


@pytest.mark.parametrize(
    ("changing", "asks"),
    [
        (steps(5, UNDER_WAY, DONE), False),
        (steps(6, UNDER_WAY, DONE), True),
        (steps(5, UNDER_WAY, DONE) + steps(30, UNKNOWN, DONE), False),
        (steps(3, UNDER_WAY, DONE) + steps(3, TO_OPEN, DONE), True),
        (steps(9, DONE, DONE), False),
    ],
)
def test_many_said_to_be_done_ask_for_a_second_person(changing: list[Step], asks: bool) -> None:
    assert (Why.DONE in [reason.why for reason in judge(changing, 1000)]) == asks


def test_a_reason_carries_its_figures() -> None:
    (reason,) = judge([*steps(1, DONE, UNDER_WAY), Step(commitment="p07", old=None, new=DONE)], 21)
    assert (reason.why, reason.count, reason.known, reason.commitments) == (Why.BACKWARDS, 1, 21, ("a1-00",))
