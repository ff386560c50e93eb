"""Dates in French, and whether a period is over."""

import re
from datetime import date

from knowledge.overdue import last_day as _last_day

_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)  # fmt: skip
_DAY = len("2022-06-30")


def in_french(iso: str) -> str:
    """« 2022 », « juin 2022 » or « 30 juin 2022 », from ISO cut to what is known; a time after it is left out."""
    year, *rest = iso[:_DAY].split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    if len(rest) == 1:
        return f"{month} {year}"
    day = int(rest[1])
    return f"{'1er' if day == 1 else day} {month} {year}"


def last_day(iso: str) -> date:
    """The last day of a year, month or day written in ISO; a time after it is left out."""
    return _last_day(iso[:_DAY])


def is_over(ends: str | None, today: date) -> bool:
    """Whether a period that ends then is past; never, when nothing says when it ends."""
    return ends is not None and today > last_day(ends)


def is_only_a_date(label: str) -> bool:
    """Whether a label as printed says no more than a day or a month."""
    return re.fullmatch(r"(?:\d{1,2}(?:er)? )?\w+\.? \d{4}", label) is not None
