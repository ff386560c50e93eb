"""Quiet hours and the days of digests, by the clock on the wall."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from scheduler.calendar import latest_date, moment
from scheduler.digests import latest_moment
from scheduler.errors import QuietHoursError
from scheduler.facts import Frequency
from scheduler.quiet import Quiet
from tests.scheduler.naive import PARIS, is_quiet

QUIETS = ["none", "20:00-08:00,sunday", "12:00-14:00", "22:30-07:00,saturday,sunday", "sunday", "00:00-06:00"]


@pytest.mark.parametrize("quiet", QUIETS)
def test_the_end_of_quiet_is_the_first_moment_that_is_not(quiet: str) -> None:
    now = datetime(2026, 10, 23, 21, 17, tzinfo=UTC)
    for _ in range(200):
        now += timedelta(minutes=37)
        end = Quiet.parse(quiet).end(now, PARIS)
        assert not is_quiet(end, quiet)
        assert end == now or is_quiet(end - timedelta(minutes=1), quiet)
        assert (end == now) == (not is_quiet(now, quiet))


@pytest.mark.parametrize(
    "text", ["", "always", "25:00-08:00", "20:00", "20:00-08:00,22:00-23:00", "8:00-9:00", "08:00-08:00", "mardi"]
)
def test_what_is_no_quiet_time_is_refused(text: str) -> None:
    with pytest.raises(QuietHoursError):
        Quiet.parse(text)


def test_a_whole_week_of_silence_is_refused() -> None:
    with pytest.raises(QuietHoursError):
        Quiet.parse("monday,tuesday,wednesday,thursday,friday,saturday,sunday")


def test_weeks_begin_on_tuesday_and_months_on_the_first() -> None:
    assert latest_date(Frequency.WEEK, date(2026, 11, 23)) == date(2026, 11, 17)
    assert latest_date(Frequency.WEEK, date(2026, 11, 24)) == date(2026, 11, 24)
    assert latest_date(Frequency.MONTH, date(2026, 11, 24)) == date(2026, 11, 1)
    assert latest_date(Frequency.DAY, date(2026, 11, 24)) == date(2026, 11, 24)


def test_an_hour_that_comes_twice_counts_once_and_a_skipped_one_comes_later() -> None:
    assert moment(date(2026, 10, 25), time(2, 30), PARIS) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment(date(2027, 3, 28), time(2, 30), PARIS) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_a_digest_of_a_quiet_sunday_is_due_on_monday_morning() -> None:
    now = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
    found = latest_moment(Frequency.DAY, time(9), "20:00-08:00,sunday", now, PARIS)
    assert found == (date(2026, 11, 29), now)
