"""The little HTML that Telegram reads, and its twin without markup for terminals and programs."""

import re
from collections.abc import Iterable
from html import escape as _escape
from html import unescape

from knowledge.wording import typography
from knowledge.wording.typography import NBSP, sentence, typeset

__all__ = ["LIMIT", "NBSP", "bold", "escape", "link", "pack", "plain", "quoted", "sentence", "shortened"]
__all__ += ["typeset", "units"]

LIMIT = 4096

_TAG = re.compile(r"<[^>]+>")
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>')


def escape(text: str) -> str:
    """Text from anywhere, safe inside a message."""
    return _escape(text, quote=False)


def bold(text: str) -> str:
    """Escaped and bold."""
    return f"<b>{escape(text)}</b>"


def italic(text: str) -> str:
    """Escaped and italic."""
    return f"<i>{escape(text)}</i>"


def quoted(text: str) -> str:
    """Escaped and between French quotation marks."""
    return typography.quoted(escape(text))


def link(label: str, url: str) -> str:
    """A link; both escaped."""
    return f'<a href="{_escape(url)}">{escape(label)}</a>'


def plain(html: str) -> str:
    """The twin without markup: the same words, links as ``label (address)``."""
    return unescape(_TAG.sub("", _LINK.sub(r"\2 (\1)", html)))


def units(text: str) -> int:
    """Length as Telegram may count it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def shortened(text: str, most: int) -> str:
    """At most so many characters, cut between words."""
    if len(text) <= most:
        return text
    cut = text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–-«(")
    return f"{cut}…"


def pack(blocks: Iterable[str], *, limit: int = LIMIT) -> tuple[str, ...]:
    """Join blocks with blank lines into as few messages as the limit allows.

    Args:
        blocks: HTML, each with its tags closed; empty ones are left out.
        limit: Most UTF-16 units in a message.
    """
    messages: list[str] = []
    for block in (piece for whole in blocks if whole for piece in _pieces(typeset(whole), limit)):
        if messages and units(messages[-1]) + units(block) + 2 <= limit:
            messages[-1] += f"\n\n{block}"
        else:
            messages.append(block)
    return tuple(messages)


def _pieces(block: str, limit: int) -> Iterable[str]:
    """A block longer than a message loses its markup and is cut at a space."""
    if units(block) <= limit:
        return [block]
    text = unescape(_TAG.sub("", block))
    # An escaped character takes five units at most (&amp;), one outside the first plane takes two.
    room = limit // 5
    pieces = []
    while text:
        cut = len(text) if len(text) <= room else max(text.rfind(" ", 0, room), 1)
        pieces.append(escape(text[:cut].strip()))
        text = text[cut:].lstrip()
    return pieces
