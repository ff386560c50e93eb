"""The words after /suivre, /arreter, /pause and /reglages, read."""

import re
from dataclasses import dataclass
from datetime import date

from bot.errors import UnknownFrequencyError, UnreadableDateError
from knowledge.catalogue import Catalogue
from knowledge.errors import UnknownCommitmentError
from knowledge.matching.wording import fold
from scheduler.errors import UnknownTargetError
from scheduler.facts import Condition, Frequency, Target, TargetKind

_FREQUENCIES = {
    "immediat": Frequency.IMMEDIATE,
    "jour": Frequency.DAY,
    "semaine": Frequency.WEEK,
    "mois": Frequency.MONTH,
}
_CONDITIONS = {"tout": Condition.ANY, "realise": Condition.DONE, "retard": Condition.LATE}
_WHOLES = {"tout": TargetKind.ALL, "prioritaires": TargetKind.PRIORITY}
_QUOTED = re.compile(r'["«“”]\s*(.*?)\s*["»“”]\s*(.*)', re.DOTALL)
_LIKE_AN_ID = re.compile(r"[ap]\d[\d-]*|o\d+", re.IGNORECASE)
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to follow or to change, and the rhythm if they said one."""

    target: Target
    frequency: Frequency | None = None
    condition: Condition | None = None


def wish(words: str, catalogue: Catalogue) -> Wish:
    """What is named, then a rhythm or a condition.

    Raises:
        UnknownCommitmentError: It looks like an id, and there is none such.
        UnknownTargetError: There is no such orientation.
        UnknownFrequencyError: What follows is neither a rhythm nor a condition.
    """
    if quoted := _QUOTED.fullmatch(words.strip()):
        name, rest = quoted.groups()
        return _with(Target(kind=TargetKind.WORDS, name=name), rest)
    first, _, rest = words.strip().partition(" ")
    if target := _named(first, catalogue):
        return _with(target, rest)
    # Words without quotation marks: the last one may be a rhythm.
    *others, last = words.split()
    if others and fold(last) in _FREQUENCIES | _CONDITIONS:
        return _with(Target(kind=TargetKind.WORDS, name=" ".join(others)), last)
    return Wish(target=Target(kind=TargetKind.WORDS, name=words.strip()))


def target_of(name: str, catalogue: Catalogue) -> Target:
    """What a button names.

    Raises:
        UnknownCommitmentError, UnknownTargetError: There is no such thing.
    """
    target = _named(name, catalogue)
    if target is None:
        raise UnknownTargetError(name)
    return target


def day(words: str) -> date:
    """A date as typed.

    Raises:
        UnreadableDateError: It is none.
    """
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        raise UnreadableDateError(words) from None


def hour(words: str) -> int | None:
    """« 18 », « 18h », « 18:00 » as an hour; None when it is none."""
    found = re.fullmatch(r"(\d{1,2})\s*(?:h|:00|h00)?", words.strip())
    return int(found[1]) if found and int(found[1]) <= 23 else None


def quiet(words: str) -> str:
    """Quiet hours as the settings write them: French days and « aucun » are read too."""
    said = fold(words).replace(" ", "") if ":" not in words else words.lower().replace(" ", "")
    for french, english in zip(_DAYS, _ENGLISH, strict=True):
        said = said.replace(french, english)
    return "none" if said in ("aucun", "non", "rien") else said


def _named(name: str, catalogue: Catalogue) -> Target | None:
    low = name.lower()
    if fold(low) in _WHOLES:
        return Target(kind=_WHOLES[fold(low)])
    if low in catalogue:
        return Target(kind=TargetKind.COMMITMENT, name=low)
    if low in {each.id for each in catalogue.orientations}:
        return Target(kind=TargetKind.ORIENTATION, name=low)
    if _LIKE_AN_ID.fullmatch(low):
        raise UnknownTargetError(low) if low.startswith("o") else UnknownCommitmentError(low)
    return None


def _with(target: Target, rest: str) -> Wish:
    word = fold(rest).strip()
    if not word:
        return Wish(target=target)
    if word in _FREQUENCIES:
        return Wish(target=target, frequency=_FREQUENCIES[word])
    if word in _CONDITIONS:
        return Wish(target=target, condition=_CONDITIONS[word])
    raise UnknownFrequencyError(rest.strip())
