"""Telegram's HTML, as it reads it and as it refuses it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.localapi.entities import utf16_length, with_self_marked
from bot.localapi.errors import BadRequestError
from bot.localapi.formatting import parse_html


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("a <b>b</b>", "a b", [("bold", 2, 1)]),
        ("🌳<i>é</i>", "🌳é", [("italic", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<STRONG>a</strong>", "a", [("bold", 0, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<s>a</s><del>b</del>", "ab", [("strikethrough", 0, 1), ("strikethrough", 1, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<pre>a</pre><code>b</code>", "ab", [("pre", 0, 1), ("code", 1, 1)]),
        ('<pre><code class="language-py">a</code></pre>', "a", [("pre", 0, 1)]),
        ("<b></b>a", "a", []),
        ("<b>a</>", "a", [("bold", 0, 1)]),
        ("1 &lt; 2 &amp; &quot;&#39;&#x27;", "1 < 2 & \"''", []),
        ("a&nbsp;b &eacute; R&D", "a&nbsp;b &eacute; R&D", []),
    ],
)
def test_tags_become_entities(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    read, found = parse_html(source)
    assert (read, [(e.type, e.offset, e.length) for e in found]) == (text, entities)


@pytest.mark.parametrize(
    ("source", "kind", "url"),
    [
        ('<a href="https://nantes.fr/a?b=1&amp;c=2">a</a>', "text_link", "https://nantes.fr/a?b=1&c=2"),
        ("<a href='nantes.fr'>a</a>", "text_link", "http://nantes.fr"),
        ("<a>nantes.fr</a>", "text_link", "http://nantes.fr"),
        ('<a href="tg://user?id=42">a</a>', "text_mention", None),
        ('<a href="tg://resolve?domain=x">a</a>', "text_link", "tg://resolve?domain=x"),
    ],
)
def test_links_carry_their_address(source: str, kind: str, url: str | None) -> None:
    (entity,) = parse_html(source)[1]
    assert (entity.type, entity.url) == (kind, url)


@pytest.mark.parametrize("address", ["nowhere", "javascript:alert(1)", "mailto:a@b.fr", "http://[", ""])
def test_a_link_to_nothing_becomes_plain_text(address: str) -> None:
    assert parse_html(f'<a href="{address}">a</a>') == ("a", ())


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("é <p>a</p>", 'Unsupported start tag "p" at byte offset 3'),
        ("<!-- a -->", 'Unsupported start tag "!--" at byte offset 0'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("1 <", "Unclosed start tag at byte offset 2"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ('<a href="a', "Unclosed start tag at byte offset 0"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        (
            "<b><i>a</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            "<a href>a</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
    ],
)
def test_wrong_markup_is_refused_in_telegrams_words(source: str, why: str) -> None:
    with pytest.raises(BadRequestError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {why}"


@given(st.text(alphabet="ab<>/&; =\"'é🌳i#39", max_size=30))
def test_any_text_is_read_or_refused(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except BadRequestError:
        return
    assert all(e.offset >= 0 and e.length > 0 and e.end <= utf16_length(text) for e in entities)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("/suivre p17", [("bot_command", 0, 7)]),
        ("🌳 /aide@suivi_bot", [("bot_command", 3, 15)]),
        ("et/ou 1/2 //a", []),
        ("@suivi_bot bonjour", [("mention", 0, 10)]),
        ("écrire à a.b@nantes.fr", [("email", 9, 13)]),
        ("voir https://nantes.fr/aide.", [("url", 5, 22)]),
        ("#nantes", [("hashtag", 0, 7)]),
    ],
)
def test_commands_mentions_and_addresses_are_marked_by_themselves(
    text: str, marked: list[tuple[str, int, int]]
) -> None:
    assert [(e.type, e.offset, e.length) for e in with_self_marked(text)] == marked


def test_nothing_is_marked_inside_code_and_links() -> None:
    text, entities = parse_html('<code>/suivre</code> <a href="https://a.fr">https://b.fr</a>')
    assert [e.type for e in with_self_marked(text, entities)] == ["code", "text_link"]
