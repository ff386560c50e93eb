"""Dates cut to what is known: whether they are real, when they begin, and in words where no label is given."""

import re
from calendar import monthrange
from datetime import date

from knowledge.overdue import last_day

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_EARLIEST, _LATEST = 1950, 2100
_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
_YEAR, _MONTH = len("2022"), len("2022-06")


def is_date(text: str) -> bool:
    """Whether it is a year, a month or a day that exists, in ISO."""
    found = _ISO.fullmatch(text)
    if not found or not _EARLIEST <= int(found[1]) <= _LATEST:
        return False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True


def first_day(iso: str) -> date:
    """The first day of a year, a month or a day."""
    year, *rest = (int(part) for part in iso.split("-"))
    return date(year, rest[0] if rest else 1, rest[1] if len(rest) > 1 else 1)


def shortest(start: date, end: date) -> tuple[str, str]:
    """Two days as the whole years or months that they bound, else as days."""
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{start:%Y}", f"{end:%Y}"
    if start.day == 1 and end.day == monthrange(end.year, end.month)[1]:
        return f"{start:%Y-%m}", f"{end:%Y-%m}"
    return start.isoformat(), end.isoformat()


def in_words(iso: str) -> str:
    """« 2022 », « juin 2022 », « 30 juin 2022 »."""
    if len(iso) == _YEAR:
        return iso
    year, month = iso[:_YEAR], _MONTHS[int(iso[_YEAR + 1 : _MONTH]) - 1]
    if len(iso) == _MONTH:
        return f"{month} {year}"
    day = int(iso[_MONTH + 1 :])
    return f"{'1er' if day == 1 else day} {month} {year}"


def period_in_words(start: str | None, end: str | None) -> str:
    """What a due date is called when nobody gave it a name."""
    if start is None and end is not None:
        return f"au plus tard {_article(end)} {in_words(end)}"
    if start is not None and end is None:
        return f"à partir {_of(start)}{in_words(start)}"
    if start is None or end is None:
        raise ValueError("a period needs a beginning or an end")
    return in_words(start) if start == end else f"{in_words(start)} à {in_words(end)}"


def _article(iso: str) -> str:
    return "le" if len(iso) > _MONTH else "en"


def _of(iso: str) -> str:
    if len(iso) > _MONTH:
        return "du "
    return "d'" if in_words(iso)[0] in "ao" else "de "


def has_begun(iso: str, today: date) -> bool:
    """Whether the period is not wholly in the future."""
    return first_day(iso) <= today


def ends_before(end: str, start: str) -> bool:
    """Whether a period ends before it starts."""
    return last_day(end) < first_day(start)
