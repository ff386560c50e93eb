"""Whether the messenger takes a text: counted as it counts, after its markup is read."""

import re
from html import unescape

from scheduler.announcements.errors import EmptyTextError, TextTooLongError
from scheduler.ports import Part

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
_TAG = re.compile(r"<[^>]+>")


def length(html: str) -> int:
    """UTF-16 units of what is read."""
    return len(_read(html).encode("utf-16-le", "surrogatepass")) // 2


def check(html: str, part: Part) -> None:
    """Refuse what cannot be sent.

    Args:
        html: As typed.
        part: The message that it becomes.

    Raises:
        EmptyTextError: Nothing but space was typed.
        TextTooLongError: With what is added to it, it is more than fits.
    """
    if not _read(html).strip():
        raise EmptyTextError
    added = length(part.text) - length(html)
    most = (LONGEST_CAPTION if part.media else LONGEST_TEXT) - added
    if length(html) > most:
        raise TextTooLongError(length(html), most, with_media=part.media is not None)


def _read(html: str) -> str:
    return unescape(_TAG.sub("", html))
