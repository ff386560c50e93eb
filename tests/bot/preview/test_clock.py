from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.preview.clock import Leap, PreviewClock

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("real", "leap", "moved"),
    [
        ("2026-11-22T10:00", Leap.MORNING, "2026-11-23T08:00"),  # Sunday, 11 h in Paris
        ("2026-11-23T04:00", Leap.MORNING, "2026-11-23T08:00"),
        ("2026-11-23T08:00", Leap.MORNING, "2026-11-24T08:00"),
        ("2026-11-22T10:00", Leap.DIGEST_DAY, "2026-11-24T08:00"),
        ("2026-11-24T07:00", Leap.DIGEST_DAY, "2026-11-24T08:00"),
        ("2026-11-24T08:00", Leap.DIGEST_DAY, "2026-12-01T08:00"),
        ("2026-10-24T10:00", Leap.MORNING, "2026-10-25T08:00"),  # the night of the clock change
        ("2026-03-28T10:00", Leap.MORNING, "2026-03-29T07:00"),
        ("2026-11-22T10:00", Leap.DAY, "2026-11-23T10:00"),
        ("2026-11-22T10:00", Leap.WEEK, "2026-11-29T10:00"),
    ],
)
def test_the_clock_goes_forward_to_the_moment_asked(real: str, leap: Leap, moved: str) -> None:
    clock = PreviewClock(lambda: datetime.fromisoformat(real).replace(tzinfo=UTC), PARIS)
    clock.move(leap)
    assert clock.now() == datetime.fromisoformat(moved).replace(tzinfo=UTC)
    assert clock.seconds() == clock.now().timestamp()


def test_the_clock_runs_on_after_a_leap() -> None:
    times = iter(datetime(2026, 11, 22, 10, minute, tzinfo=UTC) for minute in (0, 5))
    clock = PreviewClock(lambda: next(times), PARIS)
    clock.move(Leap.WEEK)
    assert clock.now() == datetime(2026, 11, 29, 10, 5, tzinfo=UTC)
