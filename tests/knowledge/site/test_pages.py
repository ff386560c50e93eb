import re
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import html5lib
import pytest

from knowledge.models import Status
from knowledge.site import paths
from knowledge.site.edition import Edition, Material
from knowledge.site.publishing import built
from knowledge.site.rendering import finished
from tests.knowledge.site.conftest import EDITION, EDITOR

HEAVIEST_HOME = 50_000
LOADED = {"script": "src", "img": "src", "iframe": "src", "link": "href", "source": "src", "form": "action"}


class Tags(HTMLParser):
    """Every tag of a page with its attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def ids(self) -> list[str]:
        return [ids for _, attributes in self.tags if (ids := attributes.get("id"))]


def text(html: str) -> str:
    return " ".join(Tags(html).text.replace("\u00a0", " ").split())


def test_every_page_is_valid_html(pages: dict[str, str]) -> None:
    assert len(pages) == 102 + 5 + 7
    for path, html in pages.items():
        parser = html5lib.HTMLParser(strict=True)
        try:
            parser.parse(html)
        except html5lib.html5parser.ParseError as error:
            pytest.fail(f"{path}: {error} at {parser.errors}")
        ids = Tags(html).ids
        assert len(ids) == len(set(ids)), path


def test_every_link_of_the_site_leads_somewhere(files: dict[str, bytes], pages: dict[str, str]) -> None:
    ids = {path: set(Tags(html).ids) for path, html in pages.items()}
    for path, html in pages.items():
        for _, attributes in Tags(html).tags:
            link = attributes.get("href") or attributes.get("src")
            if link and not urlsplit(link).scheme:
                target = normpath(join(dirname(path), unquote(urlsplit(link).path))) if urlsplit(link).path else path
                assert target in files, f"{path}: {link}"
                assert not urlsplit(link).fragment or urlsplit(link).fragment in ids[target], f"{path}: {link}"


def test_nothing_is_loaded_from_elsewhere(files: dict[str, bytes], pages: dict[str, str]) -> None:
    for path, html in pages.items():
        for tag, attributes in Tags(html).tags:
            assert "style" not in attributes and not any(name.startswith("on") for name in attributes), path
            loaded = attributes.get(LOADED.get(tag, "src"))
            assert not loaded or not urlsplit(loaded).netloc, f"{path}: {loaded}"
    assert b"url(" not in files[paths.STYLE] and b"http" not in files[paths.SCRIPT]


def test_each_page_has_a_title_and_a_description_of_its_own(pages: dict[str, str]) -> None:
    titles = [re.findall("<title>(.*?)</title>", html) for html in pages.values()]
    assert all(len(each) == 1 for each in titles)
    assert len({each[0] for each in titles}) >= len(pages) - 2  # two pairs of commitments may bear one title
    assert all(re.search('<meta name="description" content="[^"]{30,300}">', html) for html in pages.values())


def test_the_first_page_is_light(files: dict[str, bytes]) -> None:
    loaded = (paths.HOME, paths.STYLE, paths.SCRIPT, paths.ICON)
    assert sum(len(files[each]) for each in loaded) < HEAVIEST_HOME


def test_the_first_page_shows_the_totals_of_the_report_beside_what_is_known(
    pages: dict[str, str], material: Material
) -> None:
    said = text(pages[paths.HOME])
    assert "Au 27 juin 2022, sur 102 engagements 29 réalisés 59 en cours 14 à ouvrir" in said
    assert "« 85 % des chantiers sont en cours ou réalisés »" in said
    known = [each.status for each in material.catalogue.commitments]
    assert f"{known.count(Status.REALISE)} réalisés {known.count(Status.EN_COURS)} en cours" in said
    assert f"{known.count(None)} au statut non lisible" in said


def test_every_view_counts_to_the_whole(pages: dict[str, str], material: Material) -> None:
    for path in (paths.ALL, *(paths.orientation(each.id) for each in material.catalogue.orientations)):
        listed = re.findall(r'<li><a href="[./a-z]*/?([pa][-\d]+)\.html">', pages[path])
        its = [each.id for each in material.catalogue.commitments if path == paths.ALL or each.orientation in path]
        assert sorted(listed) == sorted(its)


def test_a_page_holds_all_that_is_known_of_its_commitment(pages: dict[str, str], material: Material) -> None:
    for its in material.catalogue.commitments:
        said = text(pages[paths.commitment(its.id)])
        parts = (
            its.title,
            its.summary,
            its.info,
            *(due.label for due in its.due),
            *(s.summary for s in its.milestones),
        )
        for part in (*parts, *(its.details or "").split("\n\n")):
            assert not part or _alike(part) in _alike(said), f"{its.id}: {part}"
        assert all(step.source_url.replace("&", "&amp;") in pages[paths.commitment(its.id)] for step in its.milestones)


def _alike(wording: str) -> str:
    return " ".join(wording.replace("'", "’").split())


def test_a_status_stands_with_what_it_rests_on(pages: dict[str, str]) -> None:
    known = text(pages[paths.commitment("p11")])
    assert (
        "En cours, d’après le texte du bilan du 27 juin 2022 : « L’élaboration du plan Pleine terre démarre »" in known
    )
    unknown = text(pages[paths.commitment("p03")])
    assert (
        "Statut non lisible : dans la version texte du bilan du 27 juin 2022, l’icône du statut n’apparaît pas"
        in unknown
    )


def test_due_dates_tell_whether_they_have_passed_and_what_they_were(pages: dict[str, str]) -> None:
    assert "été 2022 (date passée)" in text(pages[paths.commitment("p02")])
    moved = text(pages[paths.commitment("p11")])
    assert (
        "fin 2027 Ce sont les échéances d’une mise à jour. Selon le bilan : 2023. Échéance repoussée 1 fois." in moved
    )
    given = text(pages[paths.commitment("p15")])
    assert "fin 2027 Ce sont les échéances d’une mise à jour. Le bilan ne donne pas de date." in given


def test_the_history_tells_before_and_after_why_and_the_role_never_who(pages: dict[str, str]) -> None:
    said = text(pages[paths.commitment("p11")])
    assert "Avant : 2023. Après : fin 2027. Raison : « Retard des travaux »" in said
    assert "Enregistré par : équipe, rôle « rédaction »." in said
    undone = text(pages[paths.commitment("p04")])
    assert "statut, retour sur le changement du 22 novembre 2026 Avant : en cours. Après : non lisible." in undone
    assert "Avant : non lisible. Après : en cours. Annulé le 22 novembre 2026." in undone
    assert undone.count("Annulé le") == 1
    assert "Aucun changement n’a été enregistré" in text(pages[paths.commitment("p07")])
    assert not any(str(EDITOR.member) in html for html in pages.values())


def test_a_better_source_is_in_the_history_but_no_news(files: dict[str, bytes], pages: dict[str, str]) -> None:
    said = text(pages[paths.commitment("p09")])
    assert "Statut « à ouvrir », source précisée. D’après « Procès-verbal ». Source : e.org" in said
    assert "« à ouvrir », qui devient « à ouvrir »" not in files[paths.feed("p09")].decode().replace("\u00a0", " ")


def test_what_staff_write_is_never_markup(pages: dict[str, str]) -> None:
    for commitment in ("p01", "p02"):
        html = pages[paths.commitment(commitment)]
        assert "<script>" not in html and "&lt;script&gt;" in html
    assert "https://example.org/vote?a=1&amp;b=2" in pages[paths.VOTES]


def test_what_was_taken_back_is_no_news(pages: dict[str, str]) -> None:
    news = text(pages[paths.HOME]).partition("Les derniers faits connus")[2]
    assert "Statut « non lisible », qui devient « réalisé »" in news
    assert "« en cours »" not in news and "retirée" not in news


def test_votes_stand_by_year_and_those_taken_away_do_not(pages: dict[str, str]) -> None:
    html = pages[paths.VOTES]
    years = re.findall(r'<h2 id="an(\d{4})">', html)
    assert years == sorted(years, reverse=True) and "2026" in years
    assert text(html).count("Plan <vélo> & marche") == 1


def test_following_in_telegram_is_offered_when_there_is_a_bot(material: Material, pages: dict[str, str]) -> None:
    assert "https://t.me/droit_de_suite_bot?start=suivre-p07" in pages[paths.commitment("p07")]
    alone = built(material, Edition(today=EDITION.today, timezone=EDITION.timezone))
    assert not any(b"t.me/" in content for path, content in alone.items() if path.endswith(".html"))
    assert "Site d’essai" in alone[paths.HOME].decode()


def test_who_publishes_is_told_and_what_is_not_official(pages: dict[str, str]) -> None:
    for html in pages.values():
        assert "Ce site est publié par Association X. Ce n’est pas un service officiel de Nantes Métropole." in text(
            html
        )


def test_french_spacing_is_put_into_what_is_read_only() -> None:
    done = finished("<a title='« a » : b'>C'est « dit » : 85 % l&#39;été, n° 4 !</a>")
    nbsp = "\u00a0"
    assert done == f"<a title='« a » : b'>C’est «{nbsp}dit{nbsp}»{nbsp}: 85{nbsp}% l’été, n°{nbsp}4{nbsp}!</a>"
