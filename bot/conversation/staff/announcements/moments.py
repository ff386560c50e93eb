"""A day and an hour, as staff type them."""

import re
from datetime import date, datetime, time, timedelta

from bot.errors import UnreadableMomentError
from knowledge.matching.wording import fold

_HOUR = r"(?:a\s+)?(?P<hour>\d{1,2})(?:\s*[h:]\s*(?P<minute>\d{2})?)"
_ISO = r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})t?"
_FRENCH = r"(?:le\s+)?(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}))?"
_NAMED = r"(?P<named>aujourd'hui|demain)"
_FORMS = [re.compile(rf"(?:{form}\s*,?\s*)?{_HOUR}") for form in (_ISO, _FRENCH, _NAMED)]


def moment(words: str, now: datetime) -> tuple[date, time]:
    """A local day and hour: ``2026-12-24 18:00``, ``24/12/2026 18h30``, ``demain 9h``, ``18h`` (today).

    Raises:
        UnreadableMomentError: It is none.
    """
    said = fold(words).replace("’", "'").strip()
    for form in _FORMS:
        if (found := form.fullmatch(said)) is not None:
            try:
                return _day(found.groupdict(), now.date()), time(int(found["hour"]), int(found["minute"] or 0))
            except ValueError:
                break
    raise UnreadableMomentError(words)


def _day(said: dict[str, str | None], today: date) -> date:
    """A day without a year is the next one of that name."""
    if said.get("named") == "demain":
        return today + timedelta(days=1)
    if not (said.get("day") and said.get("month")):
        return today
    day, month = int(said["day"] or 0), int(said["month"] or 0)
    if said.get("year"):
        return date(int(said["year"] or 0), month, day)
    this = date(today.year, month, day)
    return this if this >= today else date(today.year + 1, month, day)
