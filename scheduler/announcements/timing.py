"""A local day and hour as the moment at which an announcement starts."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.announcements.errors import PastTimeError, SkippedTimeError
from scheduler.calendar import moment


def start_of(day: date, clock: time, timezone: ZoneInfo, now: datetime) -> datetime:
    """UTC; of an hour that comes twice, the first.

    Raises:
        SkippedTimeError: The clock skips this hour.
        PastTimeError: It is over.
    """
    wanted = moment(day, clock, timezone)
    local = wanted.astimezone(timezone)
    if (local.date(), local.time()) != (day, clock):
        raise SkippedTimeError(datetime.combine(day, clock), _resumes(wanted, timezone))
    if wanted <= now:
        raise PastTimeError(local)
    return wanted


def _resumes(after: datetime, timezone: ZoneInfo) -> datetime:
    """The first local minute after the hour that is skipped, to which ``after`` leads."""
    shift = after.astimezone(timezone).utcoffset()
    first = after.astimezone(UTC)
    while (first - timedelta(minutes=1)).astimezone(timezone).utcoffset() == shift:
        first -= timedelta(minutes=1)
    return first.astimezone(timezone)
