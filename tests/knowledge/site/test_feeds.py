"""Atom as RFC 4287 has it, read by rules of our own: each « MUST » that these feeds could break."""

import re
from collections import Counter
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from knowledge.database import Database
from knowledge.models import Origin, Status
from knowledge.site import paths
from knowledge.site.edition import Edition, Material
from knowledge.site.publishing import built
from knowledge.updating import set_status
from tests.knowledge.site.conftest import EDITION, URL, at

ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
ONCE = ("id", "title", "updated")
MOST_ONCE = ("generator", "icon", "logo", "rights", "subtitle", "published", "summary", "content", "source")


def read(content: bytes) -> Element:
    return ElementTree.fromstring(content)


def entries(content: bytes) -> list[Element]:
    return read(content).findall(f"{ATOM}entry")


def one(element: Element, name: str) -> str:
    found = element.find(f"{ATOM}{name}")
    assert found is not None and found.text
    return str(found.text)


def faults(content: bytes) -> list[str]:
    feed = read(content)
    found = [] if feed.tag == f"{ATOM}feed" else ["not a feed"]
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        names = Counter(str(child.tag).removeprefix(ATOM) for child in element)
        found += [f"{name} is not there once" for name in ONCE if names[name] != 1]
        found += [f"{name} is there twice" for name in MOST_ONCE if names[name] > 1]
        found += _dates(element) + _links(element) + _ids(element)
    if not feed.findall(f"{ATOM}author/{ATOM}name"):
        found.append("no author")
    ids = [one(each, "id") for each in (feed, *feed.findall(f"{ATOM}entry"))]
    return found + ([] if len(ids) == len(set(ids)) else ["an id is there twice"])


def _dates(element: Element) -> list[str]:
    dates = [str(each.text) for name in ("updated", "published") for each in element.findall(f"{ATOM}{name}")]
    return [f"not a date: {each}" for each in dates if not RFC_3339.fullmatch(each) or not datetime.fromisoformat(each)]


def _links(element: Element) -> list[str]:
    links = element.findall(f"{ATOM}link")
    kinds = Counter((each.get("rel", "alternate"), each.get("type"), each.get("hreflang")) for each in links)
    found = [f"no href in {each.attrib}" for each in links if not each.get("href")]
    return found + [f"two links {kind}" for kind, count in kinds.items() if kind[0] == "alternate" and count > 1]


def _ids(element: Element) -> list[str]:
    its = one(element, "id")
    return [] if its == UUID(its).urn else [f"not an absolute id: {its}"]


@pytest.fixture(scope="session")
def feeds(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in files.items() if path.startswith("flux/")}


def test_every_feed_is_valid_atom(feeds: dict[str, bytes]) -> None:
    assert len(feeds) == 1 + 5 + 102
    assert {path: found for path, content in feeds.items() if (found := faults(content))} == {}


def test_the_rules_find_a_broken_feed(feeds: dict[str, bytes]) -> None:
    good = feeds[paths.feed("p01")]
    for broken in (
        good.replace(b"<updated>2026", b"<updated>le 2026", 1),
        good.replace(b"<author>", b"<contributor>").replace(b"</author>", b"</contributor>"),
        re.sub(rb"<title>.*?</title>", b"", good, count=1),
        re.sub(rb"<id>.*?</id>", b"<id>p01</id>", good),
    ):
        with pytest.raises((ValueError, AssertionError)):
            assert faults(broken) == []


def test_each_feed_names_itself_and_its_page(feeds: dict[str, bytes]) -> None:
    for path, content in feeds.items():
        links = {each.get("rel"): str(each.get("href")) for each in read(content).findall(f"{ATOM}link")}
        assert links["self"] == f"{URL}/{path}"
        assert links["alternate"].startswith(f"{URL}/") and links["alternate"].endswith(".html")


def test_without_a_root_the_links_are_relative_and_the_ids_the_same(
    material: Material, feeds: dict[str, bytes]
) -> None:
    alone = built(material, Edition(today=EDITION.today, timezone=EDITION.timezone))
    for path, content in feeds.items():
        feed = read(alone[path])
        hrefs = [str(each.get("href")) for each in feed.iter(f"{ATOM}link")]
        assert hrefs and all(not urlsplit(each).scheme and each.startswith("../") for each in hrefs)
        assert [one(each, "id") for each in entries(alone[path])] == [one(each, "id") for each in entries(content)]


def test_what_happened_is_told_once_newest_first(feeds: dict[str, bytes]) -> None:
    every = entries(feeds[paths.feed(paths.EVERYTHING)])
    dates = [one(each, "updated") for each in every]
    assert dates == sorted(dates, reverse=True)
    said = [one(each, "summary").replace("\u00a0", " ") for each in every]
    assert said.count("Statut « non lisible », qui devient « réalisé »\nSource : https://example.org/p01") == 1
    assert said.count("Échéance « 2023 », qui devient « fin 2027 »") == 1
    assert said.count("Les travaux ont commencé.\nSource : https://e.org/t") == 1
    assert sum(each.startswith("Délibération retirée : 9 octobre 2026 (Plan <vélo> & marche).") for each in said) == 1
    assert sum("Plan <vélo> & marche" in each for each in said) == 2


def test_a_date_that_is_not_wholly_known_is_told_as_it_is(feeds: dict[str, bytes]) -> None:
    titles = [one(each, "title") for each in entries(feeds[paths.feed("p01")])]
    assert any(title.endswith("– étape, janvier 2024") for title in titles)


def test_feeds_of_orientations_and_commitments_share_out_the_whole(feeds: dict[str, bytes], material: Material) -> None:
    whole = Counter(one(each, "id") for each in entries(feeds[paths.feed(paths.EVERYTHING)]))
    for scopes in (material.catalogue.orientations, material.catalogue.commitments):
        parts = Counter(one(each, "id") for scope in scopes for each in entries(feeds[paths.feed(scope.id)]))
        assert parts == whole


def test_a_later_change_adds_an_entry_and_leaves_the_others(base: Database) -> None:
    path = paths.feed("p02")
    before = [one(each, "id") for each in entries(built(Material.read(base), EDITION)[path])]
    with base.write() as db:
        set_status(db, "p02", Status.REALISE, at(0), source=Origin.STAFF)
    after = [one(each, "id") for each in entries(built(Material.read(base), EDITION)[path])]
    assert after[1:] == before and after[0] not in before
