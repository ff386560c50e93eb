"""What every message must be, whatever it says."""

import re
from html.parser import HTMLParser

from bot.texts.markup import LIMIT, units

_KNOWN_TAGS = {"b", "i", "a"}


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.opened: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _KNOWN_TAGS, tag
        self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened and self.opened.pop() == tag, tag


def assert_is_a_message(html: str) -> None:
    """Closed tags, within the limit, French spaces, nothing left empty or unfilled."""
    parser = _Balance()
    parser.feed(html)
    parser.close()
    assert parser.opened == []
    assert 0 < units(html) <= LIMIT
    assert html == html.strip()
    words = re.sub(r"<[^>]+>|https?://\S+", "", html)
    assert not re.search(r" [:;?!»]|« ", words), words
    assert "None" not in words and "{" not in words
