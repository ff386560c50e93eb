"""Dates in French, and whether a period is over."""

import calendar
from datetime import date

_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)  # fmt: skip


def in_french(iso: str) -> str:
    """« 2022 », « juin 2022 » or « 30 juin 2022 », from ISO cut to what is known; a time after it is left out."""
    year, *rest = iso[:10].split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    if len(rest) == 1:
        return f"{month} {year}"
    day = int(rest[1])
    return f"{'1er' if day == 1 else day} {month} {year}"


def last_day(iso: str) -> date:
    """The last day of a year, month or day written in ISO."""
    year, *rest = (int(part) for part in iso[:10].split("-"))
    month = rest[0] if rest else 12
    day = rest[1] if len(rest) > 1 else calendar.monthrange(year, month)[1]
    return date(year, month, day)


def is_over(ends: str | None, today: date) -> bool:
    """Whether a period that ends then is past; never, when nothing says when it ends."""
    return ends is not None and today > last_day(ends)
