"""What a member of staff types about an update: days, statuses, sources, and the words after a command."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.errors import UnknownStatusError, UnreadableDayError
from knowledge.errors import AddressError
from knowledge.exchange.dates import is_date
from knowledge.matching.wording import fold
from knowledge.models import Status

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("janvier", "janv"),
            ("fevrier", "fevr", "fev"),
            ("mars",),
            ("avril", "avr"),
            ("mai",),
            ("juin",),
            ("juillet", "juil"),
            ("aout",),
            ("septembre", "sept"),
            ("octobre", "oct"),
            ("novembre", "nov"),
            ("decembre", "dec"),
        ),
        start=1,
    )
    for name in names
}
_FIGURES = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_MONTH_FIGURES = re.compile(r"(\d{1,2})[/.](\d{4})")
_WORDS = re.compile(r"(?:le )?(?:(\d{1,2})(?:er)? )?([a-z]+)\.? (\d{4})")
_LONGEST_DAY = 4  # words: « le 12 mars 2026 »
_LIKE_A_DAY = re.compile(r"\d{4}-\d{2}(?:-\d{2})?|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{1,2}/\d{4}")
_SINCE = ("depuis", "des")
_TO_COME = ("demain", "apres-demain", "apres demain", "bientot")
_LIKE_AN_ID = re.compile(r"[ap]\d[\d-]*", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_LIKE_AN_ADDRESS = re.compile(r"(?:\w+://\S*|www\.\S+|[\w-]+(?:\.[\w-]+)+/\S*)", re.IGNORECASE)
_STATUSES = {
    "a ouvrir": Status.A_OUVRIR,
    "a_ouvrir": Status.A_OUVRIR,
    "ouvrir": Status.A_OUVRIR,
    "en cours": Status.EN_COURS,
    "en_cours": Status.EN_COURS,
    "realise": Status.REALISE,
    "realisee": Status.REALISE,
    "fait": Status.REALISE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What shows something: a page, a document in words, or both."""

    url: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusWords:
    """The words after /statut; ``commitment`` is None when they are words to search for."""

    commitment: str | None
    status: Status | None = None
    date: str | None = None
    source: Source = Source()


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteWords:
    """The words after /deliberation; ``commitment`` is None when they are words to search for."""

    commitment: str | None
    date: str | None = None
    label: str | None = None
    url: str | None = None


def day(words: str, today: date) -> str:
    """A day, a month or a year as typed, in ISO: « 2026-03-12 », « 12/03/2026 », « mars 2026 », « hier ».

    Raises:
        UnreadableDayError: It is none, or does not exist.
    """
    said = " ".join(fold(words).replace("1er", "1").split())
    if said in ("aujourd'hui", "aujourd hui", "ce jour"):
        return today.isoformat()
    if said == "hier":
        return (today - timedelta(days=1)).isoformat()
    iso = _in_figures(said) or _in_words(said) or said
    if not is_date(iso):
        raise UnreadableDayError(words)
    return iso


def source(words: str) -> Source:
    """An address, or a document in words, or both.

    Raises:
        AddressError: It looks like an address and is none that opens.
    """
    addresses = _ADDRESS.findall(words)
    rest = " ".join(_ADDRESS.sub(" ", words).split()).strip(" ,;:()")
    if not addresses and rest and " " not in rest and _LIKE_AN_ADDRESS.fullmatch(rest):
        raise AddressError(rest)
    if len(addresses) > 1:
        raise AddressError(" ".join(addresses))
    return Source(url=addresses[0] if addresses else None, document=rest or None)


def commitment_id(words: str) -> str | None:
    """The id that a word looks like; whether there is such a commitment is for the base to say."""
    return words.lower() if _LIKE_AN_ID.fullmatch(words) else None


def after_status(words: str, today: date) -> StatusWords:
    """« p07 realise https://… 2026-03-12 », whatever the order after the status.

    Raises:
        UnknownStatusError: What follows the id is no status.
        AddressError: As for ``source``.
        UnreadableDayError: As for ``day``.
    """
    first, _, rest = words.strip().partition(" ")
    commitment = commitment_id(first)
    if commitment is None or not rest.strip():
        return StatusWords(commitment=commitment)
    status, rest = _status(rest.strip())
    dated, rest = _day_at_either_end(rest, today)
    return StatusWords(commitment=commitment, status=status, date=dated, source=source(rest))


def after_vote(words: str, today: date) -> VoteWords:
    """« p07 2026-03-12 Plan vélo, phase 2 https://… ».

    Raises:
        UnreadableDayError: What follows the id is no day.
    """
    first, _, rest = words.strip().partition(" ")
    commitment = commitment_id(first)
    if commitment is None or not rest.strip():
        return VoteWords(commitment=commitment)
    dated, rest = _day_first(rest.split(), today)
    label, url = with_address(rest)
    return VoteWords(commitment=commitment, date=dated, label=label or None, url=url)


def with_address(label: str) -> tuple[str, str | None]:
    """A label, and the address at its end."""
    words = label.split()
    url = words.pop() if words and _ADDRESS.fullmatch(words[-1]) else None
    return " ".join(words), url


def _in_figures(said: str) -> str | None:
    if found := _FIGURES.fullmatch(said):
        return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    if found := _MONTH_FIGURES.fullmatch(said):
        return f"{found[2]}-{int(found[1]):02d}"
    return None


def _in_words(said: str) -> str | None:
    found = _WORDS.fullmatch(said)
    if not found or found[2] not in _MONTHS:
        return None
    month = f"{found[3]}-{_MONTHS[found[2]]:02d}"
    return f"{month}-{int(found[1]):02d}" if found[1] else month


def _status(rest: str) -> tuple[Status, str]:
    words = rest.split()
    for length in (2, 1):
        if (status := _STATUSES.get(fold(" ".join(words[:length])))) is not None:
            return status, " ".join(words[length:])
    raise UnknownStatusError(words[0])


def _day_at_either_end(rest: str, today: date) -> tuple[str | None, str]:
    """A day after « depuis », one in figures at the beginning or the end, or words that are a day and nothing else.

    What was meant as a day must not be shown to everybody as the source.

    Raises:
        UnreadableDayError: It was meant as a day, and is none.
    """
    words = rest.split()
    if words and fold(words[0]) in _SINCE:
        return _day_first(words[1:] or words, today)
    if fold(rest) in _TO_COME:
        raise UnreadableDayError(rest)
    for place in (0, -1):
        if words and _LIKE_A_DAY.fullmatch(words[place]):
            found = day(words.pop(place), today)
            return found, " ".join(words)
    try:
        return (day(rest, today), "") if 0 < len(words) <= _LONGEST_DAY else (None, rest)
    except UnreadableDayError:
        return None, rest


def _day_first(words: list[str], today: date) -> tuple[str, str]:
    for length in range(min(_LONGEST_DAY, len(words)), 0, -1):
        try:
            return day(" ".join(words[:length]), today), " ".join(words[length:])
        except UnreadableDayError:
            continue
    raise UnreadableDayError(words[0])
