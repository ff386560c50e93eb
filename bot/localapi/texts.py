"""Texts and captions of a call: read, trimmed, and measured in UTF-16 units."""

from bot.localapi.calls import Call
from bot.localapi.entities import Entity, check_inside, trim, utf16_length, with_self_marked
from bot.localapi.errors import BadRequestError
from bot.localapi.formatting import parse_html

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024


def message_text(call: Call) -> tuple[str, tuple[Entity, ...]]:
    """Return the text of a call and what is marked in it.

    Raises:
        BadRequestError: Empty, too long, or its markup is wrong.
    """
    return checked_text(call.text("text"), call.text("parse_mode"), call.nested("entities"))


def message_caption(call: Call) -> tuple[str, tuple[Entity, ...]]:
    """Return the caption of a call, empty when it has none.

    Raises:
        BadRequestError: Too long, or its markup is wrong.
    """
    return checked_caption(call.text("caption"), call.text("parse_mode"), call.nested("caption_entities"))


def checked_text(source: str, parse_mode: str, entities: object) -> tuple[str, tuple[Entity, ...]]:
    """Read a text that must say something.

    Raises:
        BadRequestError: Empty, too long, or its markup is wrong.
    """
    if not source:
        raise BadRequestError("message text is empty")
    text, marked = _read(source, parse_mode, entities)
    if not text:
        raise BadRequestError("text must be non-empty")
    if utf16_length(text) > LONGEST_TEXT:
        raise BadRequestError("message is too long")
    return text, marked


def checked_caption(source: str, parse_mode: str, entities: object) -> tuple[str, tuple[Entity, ...]]:
    """Read a caption, which may be empty.

    Raises:
        BadRequestError: Too long, or its markup is wrong.
    """
    text, marked = _read(source, parse_mode, entities)
    if utf16_length(text) > LONGEST_CAPTION:
        raise BadRequestError("MEDIA_CAPTION_TOO_LONG")
    return text, marked


def _read(source: str, parse_mode: str, entities: object) -> tuple[str, tuple[Entity, ...]]:
    """Apply the parse mode; HTML is the only one this server knows, as it is the only one we write."""
    if parse_mode.lower() == "html":
        text, marked = parse_html(source)
    elif parse_mode:
        raise BadRequestError("unsupported parse_mode")
    else:
        text, marked = source, _listed(entities)
        check_inside(text, marked)
    text, marked = trim(text, marked)
    return text, with_self_marked(text, marked)


def _listed(entities: object) -> tuple[Entity, ...]:
    if entities is None:
        return ()
    if not isinstance(entities, list):
        raise BadRequestError("can't parse entities JSON object")
    return tuple(Entity.read(record) for record in entities)
