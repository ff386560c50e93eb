from datetime import date

import pytest

from bot.texts.dates import in_french, is_over, last_day


@pytest.mark.parametrize(
    ("iso", "french"),
    [
        ("2022", "2022"),
        ("2022-06", "juin 2022"),
        ("2022-06-30", "30 juin 2022"),
        ("2026-12-01", "1er décembre 2026"),
        ("2026-01-02T10:00:00+00:00", "2 janvier 2026"),
    ],
)
def test_dates_are_said_in_french(iso: str, french: str) -> None:
    assert in_french(iso) == french


@pytest.mark.parametrize(
    ("iso", "last"),
    [("2022", date(2022, 12, 31)), ("2024-02", date(2024, 2, 29)), ("2022-06-30", date(2022, 6, 30))],
)
def test_a_period_ends_with_its_last_day(iso: str, last: date) -> None:
    assert last_day(iso) == last
    assert not is_over(iso, last)
    assert is_over(iso, date.fromordinal(last.toordinal() + 1))


def test_what_has_no_end_is_never_over() -> None:
    assert not is_over(None, date(2999, 1, 1))
