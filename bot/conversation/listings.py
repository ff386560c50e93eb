"""A list that can be built again from the data of its buttons alone."""

import base64
import hashlib
import re
from dataclasses import dataclass, replace
from functools import cache

from bot.errors import StaleButtonError
from bot.keyboards import LONGEST_DATA
from knowledge.catalogue import Catalogue
from knowledge.matching.filters import NO_FILTER, Filter, fits
from knowledge.models import Commitment, Kind, Status, TagKind

_STATUSES = {"r": Status.REALISE, "e": Status.EN_COURS, "a": Status.A_OUVRIR}
_KINDS = {"p": Kind.PRIORITY, "a": Kind.ACTION, "i": Kind.INTERPELLATION}
_ROOM = LONGEST_DATA - len("l:") - len(":99")
_ALL = "tout"
_PERIOD = r"20\d\d(?:-(?:0[1-9]|1[0-2]))?"
_VOTED = re.compile(f"(?:{_PERIOD})?")
_DUE = re.compile(rf"{_PERIOD}|[a-z]+_20\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What was filtered by, and everything that fits, in document order."""

    filters: Filter
    commitments: tuple[Commitment, ...]


def select(catalogue: Catalogue, wanted: Filter) -> Listing:
    """All the commitments that fit, as they are today. Not for filters on words, which matching reads."""
    fitting = tuple(each for each in catalogue.commitments if fits(each, wanted, frozenset()))
    return Listing(filters=wanted, commitments=fitting)


def encode(listing: Listing, catalogue: Catalogue) -> str:
    """The listing as a short string.

    Filters that the string holds entirely are applied anew when it is read. What it cannot hold (words of the
    text, several tags read as one) travels as the set of commitments, a bit each, beside the filters' names.
    """
    names = {tag_token(tag.kind, tag.name): tag for tag in catalogue.tags}
    tokens = [tag_token(tag.kind, tag.name) for tag in listing.filters.tags]
    parts = _simple_parts(listing.filters) + [token for token in tokens if token in names]
    token = ".".join(parts) or _ALL
    if len(token) <= _ROOM and decode(token, catalogue).commitments == listing.commitments:
        return token
    bits = f"x{_bits(listing.commitments, catalogue)}"
    while len(".".join([*parts, bits])) > _ROOM:
        parts.pop()
    return ".".join([*parts, bits])


def decode(token: str, catalogue: Catalogue) -> Listing:
    """The listing that a string stands for.

    Raises:
        StaleButtonError: It is not one of ours, or names what is no longer there.
    """
    wanted, chosen = NO_FILTER, None
    for part in [] if token == _ALL else token.split("."):
        if part.startswith("x"):
            chosen = _chosen(part[1:], catalogue)
        else:
            wanted = _with_part(wanted, part, catalogue)
    if chosen is not None:
        return Listing(filters=wanted, commitments=chosen)
    return select(catalogue, wanted)


def _simple_parts(wanted: Filter) -> list[str]:
    parts = [wanted.orientation or ""]
    parts += [f"s{key}" for key, status in _STATUSES.items() if status is wanted.status]
    parts += ["su"] if wanted.unknown_status else []
    parts += [f"k{key}" for key, kind in _KINDS.items() if kind is wanted.kind]
    parts += [f"n{key}" for key, kind in _KINDS.items() if kind is wanted.not_kind]
    parts += [f"y{wanted.due.replace(' ', '_')}"] if wanted.due else []
    parts += ["yn"] if wanted.undated else []
    parts += [f"v{wanted.voted}"] if wanted.voted is not None else []
    return [part for part in parts if part]


def _with_part(wanted: Filter, part: str, catalogue: Catalogue) -> Filter:
    key, value = part[:1], part[1:]
    if part in {orientation.id for orientation in catalogue.orientations}:
        return replace(wanted, orientation=part)
    if part == "su":
        return replace(wanted, unknown_status=True)
    if part == "yn":
        return replace(wanted, undated=True)
    if key == "s" and value in _STATUSES:
        return replace(wanted, status=_STATUSES[value])
    if key == "k" and value in _KINDS:
        return replace(wanted, kind=_KINDS[value])
    if key == "n" and value in _KINDS:
        return replace(wanted, not_kind=_KINDS[value])
    if key == "y" and _DUE.fullmatch(value):
        return replace(wanted, due=value.replace("_", " "))
    if key == "v" and _VOTED.fullmatch(value):
        return replace(wanted, voted=value)
    tag = next((tag for tag in catalogue.tags if tag_token(tag.kind, tag.name) == part), None)
    if tag is None:
        raise StaleButtonError(part)
    return replace(wanted, tags=(*wanted.tags, tag))


@cache
def tag_token(kind: TagKind, name: str) -> str:
    """The string of a list filtered by one tag: short, the same as long as the tag keeps its name."""
    return "t" + base64.b32encode(hashlib.sha256(f"{kind}:{name}".encode()).digest())[:5].decode().lower()


def _bits(commitments: tuple[Commitment, ...], catalogue: Catalogue) -> str:
    wanted = {each.id for each in commitments}
    number = sum(1 << place for place, each in enumerate(catalogue.commitments) if each.id in wanted)
    size = (len(catalogue.commitments) + 7) // 8
    return base64.urlsafe_b64encode(number.to_bytes(size, "little")).rstrip(b"=").decode()


def _chosen(text: str, catalogue: Catalogue) -> tuple[Commitment, ...]:
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise StaleButtonError(text) from None
    number = int.from_bytes(raw, "little")
    return tuple(each for place, each in enumerate(catalogue.commitments) if number >> place & 1)
