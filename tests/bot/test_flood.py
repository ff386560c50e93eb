"""Whoever writes too fast is told once, then not answered for a while."""

from datetime import timedelta

from bot.flood import MOST_A_MINUTE, Flood, Verdict
from tests.bot.conftest import NOW


def test_thirty_a_minute_then_one_sentence_then_silence() -> None:
    flood = Flood()
    verdicts = [flood.judge(1, NOW + timedelta(milliseconds=n)) for n in range(MOST_A_MINUTE + 3)]
    assert verdicts == [Verdict.ANSWER] * 30 + [Verdict.WARN, Verdict.IGNORE, Verdict.IGNORE]


def test_a_minute_later_everything_works_again() -> None:
    flood = Flood(most=2)
    for _ in range(4):
        flood.judge(1, NOW)
    assert flood.judge(1, NOW + timedelta(seconds=59)) is Verdict.IGNORE
    assert flood.judge(1, NOW + timedelta(seconds=60)) is Verdict.ANSWER


def test_a_long_flood_is_told_once_a_minute_at_most() -> None:
    flood = Flood()
    verdicts = [flood.judge(1, NOW + timedelta(seconds=n / 10)) for n in range(3000)]
    assert verdicts.count(Verdict.WARN) <= 5


def test_people_do_not_count_for_each_other() -> None:
    flood = Flood(most=1)
    assert [flood.judge(person, NOW) for person in (1, 2, 3)] == [Verdict.ANSWER] * 3


def test_a_clock_that_jumps_back_silences_nobody() -> None:
    flood = Flood(most=1)
    flood.judge(1, NOW)
    assert flood.judge(1, NOW - timedelta(days=1)) is Verdict.ANSWER


def test_what_is_over_is_forgotten() -> None:
    flood = Flood(most=1)
    flood.judge(1, NOW)
    flood.judge(1, NOW)
    flood.forget(NOW + timedelta(seconds=61))
    assert flood.judge(1, NOW + timedelta(seconds=61)) is Verdict.ANSWER
