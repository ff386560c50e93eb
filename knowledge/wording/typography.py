"""French typography of plain text."""

import re

NBSP = "\u00a0"


def typeset(text: str) -> str:
    """French spacing: no line break before ``: ; ? ! »`` nor after ``«``. Letters and figures stay as they are."""
    return re.sub(r"« +", f"«{NBSP}", re.sub(r" +([:;?!»])", rf"{NBSP}\1", text))


def quoted(text: str) -> str:
    """Between French quotation marks."""
    return f"«{NBSP}{text}{NBSP}»"


def sentence(text: str) -> str:
    """The text with a full stop, unless it already ends with a mark."""
    return text if text.endswith((".", "!", "?", "…", "»")) else f"{text}."
