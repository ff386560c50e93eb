"""Pages from templates: everything escaped, French spacing, links relative so that a site works in any folder."""

import re
from collections.abc import Callable
from datetime import datetime, tzinfo
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from knowledge.site import paths
from knowledge.wording.typography import typeset

_TAGS = re.compile(r"(<[^>]*>)")
# Between letters, an apostrophe as books print it; figures stay with their sign or their number.
_APOSTROPHE = re.compile(r"(?<=\w)(?:&#39;|')(?=\w)")
_TOGETHER = re.compile(r"(?<=\d) (?=%)|(?<=n°) (?=\d)")


class Renderer:
    """Fills templates.

    Args:
        shared: What every page may show.
        timezone: Where the days of the record are told.
    """

    def __init__(self, shared: dict[str, Any], timezone: tzinfo) -> None:
        self._environment = Environment(
            loader=PackageLoader("knowledge.site"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {"paths": paths, **shared}
        self._environment.filters |= {"day": partial(_day, timezone), "host": _host, "capital": _capital}

    def page(self, path: str, template: str, **values: Any) -> bytes:
        """The page that stands at a path."""
        to: Callable[[str], str] = partial(paths.between, path)
        html = self._environment.get_template(f"{template}.html").render(path=path, to=to, **values)
        return finished(html).encode()


def finished(html: str) -> str:
    """A page with French spacing in what is read; tags and their attributes stay as they are."""
    return "".join(piece if piece.startswith("<") else _typeset(piece) for piece in _TAGS.split(html))


def _typeset(text: str) -> str:
    return _TOGETHER.sub("\u00a0", _APOSTROPHE.sub("’", typeset(text)))


def _day(timezone: tzinfo, moment: datetime) -> str:
    """The local day, ISO."""
    return moment.astimezone(timezone).date().isoformat()


def _host(url: str) -> str:
    """The site of a page, to tell one source from another."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
