"""When digests fall due: local days and hours, whatever the two clock changes do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.facts import Frequency

# Tuesday; Monday is 0.
WEEKLY_DAY = 1


def moment(day: date, clock: time, timezone: ZoneInfo) -> datetime:
    """A local day and hour as UTC: an hour on when it is skipped; of two the first, unless ``clock.fold`` is 1."""
    return datetime.combine(day, clock, timezone).astimezone(UTC)


def latest_date(frequency: Frequency, upto: date) -> date:
    """The last day on or before a day that has a digest of this frequency."""
    match frequency:
        case Frequency.WEEK:
            return upto - timedelta(days=(upto.weekday() - WEEKLY_DAY) % 7)
        case Frequency.MONTH:
            return upto.replace(day=1)
        case _:
            return upto
