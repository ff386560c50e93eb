"""A CSV of Decidim's accountability export, as Decidim writes it and as ours comes back."""

import pytest

from knowledge.database import Database
from knowledge.exporting.tables import as_decidim
from knowledge.importing.faults import Code
from knowledge.importing.proposals import Proposal
from knowledge.models import DueDate, Status
from knowledge.store import load_catalogue
from tests.conftest import NOW
from tests.knowledge.importing.files import EDITOR, found, imports, proposed

# The columns of the two generations of Decidim.
WITH_CATEGORIES = (
    "id;category/id;category/name/fr;scope/id;scope/name/fr;parent/id;title/fr;description/fr;start_date;end_date;"
    "status/id;status/key;status/name/fr;progress;created_at;url;component/id;proposal_urls"
)
WITH_TAXONOMIES = (
    "id,taxonomies/id,taxonomies/name,parent/id,title/en,title/fr,description/fr,start_date,end_date,status/id,"
    "status/key,status/name/fr,progress,created_at,updated_at,url,component/id,proposal_urls,reference,"
    "children_count,comments_count,address,latitude,longitude"
)
URL = "https://participer.example/f/12/results/34"


def result(base: Database, **cells: str) -> Proposal:
    """What a result about p07, that the platform numbers itself, would change."""
    title = load_catalogue(base).get("p07").title
    values = {"id": "34", "title/fr": title, "url": URL} | {k.replace("__", "/"): v for k, v in cells.items()}
    line = ";".join(f'"{values.get(name, "")}"' for name in WITH_CATEGORIES.split(";"))
    return proposed(base, WITH_CATEGORIES, line)


@pytest.mark.parametrize(
    ("key", "name", "status"),
    [
        ("en_cours", "", Status.EN_COURS),
        ("", "En cours", Status.EN_COURS),
        ("in_progress", "", Status.EN_COURS),
        ("status_1", "Terminé", Status.REALISE),
        ("completed", "Réalisé", Status.REALISE),
        ("not_started", "À venir", Status.A_OUVRIR),
    ],
)
def test_a_status_is_read_by_its_key_or_its_name(base: Database, key: str, name: str, status: Status) -> None:
    proposal = result(base, status__key=key, status__name__fr=name, status__id="3", progress="80")
    (difference,) = proposal.differences
    assert (difference.commitment, difference.new, difference.url) == ("p07", status, URL)


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"status__id": "3"}, Code.NOT_A_STATUS, "status/id"),
        ({"status__key": "status_3"}, Code.NOT_A_STATUS, "status/key"),
        ({"status__key": "done", "status__name__fr": "En cours"}, Code.CONFLICT, "status/key"),
        ({"title__fr": "Un autre résultat"}, Code.UNKNOWN_RESULT, "title/fr"),
        ({"end_date": "31/12/2027"}, Code.NOT_A_DATE, "end_date"),
    ],
)
def test_what_cannot_be_told_for_sure_is_asked_back(
    base: Database, cells: dict[str, str], code: Code, column: str
) -> None:
    assert found(result(base, **cells)) == [(code, 2, column)]


def test_a_result_is_known_by_our_id_or_by_its_title(base: Database) -> None:
    title = load_catalogue(base).get("p08").title.upper()
    lines = ("p07,,,,,Autre titre,,,,,en_cours,,,,,,,,,,,,,", f'35,,,,,"<p>{title} !</p>",,,,,en_cours' + "," * 13)
    proposal = proposed(base, WITH_TAXONOMIES, *lines)
    assert [difference.commitment for difference in proposal.differences] == ["p07", "p08"]


def test_dates_that_moved_are_due_dates_as_whole_as_they_can_be(base: Database) -> None:
    (difference,) = result(base, start_date="2027-01-01", end_date="2028-12-31").differences
    assert difference.new == (DueDate(label="2027 à 2028", starts="2027", ends="2028"),)
    (difference,) = result(base, end_date="2027-06-15").differences
    assert difference.new == (DueDate(label="au plus tard le 15 juin 2027", starts=None, ends="2027-06-15"),)


def test_an_export_comes_back_as_nothing_to_change(base: Database) -> None:
    service = imports(base)
    lines = (f"p07,realise,{URL},2027-05", "p08,en_cours,,", "a1-02,a_ouvrir,,2031", "p10,,,")
    service.submit(proposed(base, "id,status,source_url,due_to", *lines), EDITOR, NOW)
    exported = as_decidim(load_catalogue(base))
    assert exported.splitlines()[0] == WITH_CATEGORIES
    proposal = service.propose(exported.encode(), "f.csv", NOW)
    assert not proposal.faults and not proposal.differences and proposal.sheet and len(proposal.sheet.rows) == 102


def test_no_progress_is_made_up(base: Database) -> None:
    header, *lines = as_decidim(load_catalogue(base)).splitlines()
    place = header.split(";").index("progress")
    assert header.split(";")[place - 3 : place] == ["status/id", "status/key", "status/name/fr"]
    p02 = next(line for line in lines if line.startswith("p02;"))
    assert p02.endswith(";;en_cours;En cours;;;;;")
