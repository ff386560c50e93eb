"""A base with every kind of change in it, the site made of it, and a server that shows it to a browser."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from knowledge.authors import Author, Role, Via
from knowledge.database import Database
from knowledge.models import Deliberation, Milestone, Origin, Status
from knowledge.noting import set_status_basis
from knowledge.overdue import record_overdue
from knowledge.site.edition import Edition, Material
from knowledge.site.publishing import built
from knowledge.site.swapping import swap_in
from knowledge.undoing import undo
from knowledge.updating import (
    add_deliberation,
    add_milestone,
    confirm_unchanged,
    remove_deliberation,
    set_due,
    set_status,
)
from tests.browser import browser  # noqa: F401 - a fixture
from tests.conftest import NOW, bring_key
from tests.factories import due

EDITOR = Author(member=4217, role=Role.EDITOR, via=Via.TELEGRAM)
EVIL = '<script>alert("1")</script> & cie'
URL = "https://suivi.example.org/engagements-nantes"
EDITION = Edition(
    today=NOW.date(),
    timezone=ZoneInfo("Europe/Paris"),
    url=URL,
    bot="droit_de_suite_bot",
    operator="Association X",
    contact="x@example.org",
)


def at(hours: int) -> datetime:
    return datetime(2026, 11, 22, 12, 0, tzinfo=UTC) + timedelta(hours=hours)


def change_everything(database: Database) -> None:
    """One change of each kind, by staff; one is undone, one vote is taken away."""
    vote = Deliberation(date="2026-10-09", label="Plan <vélo> & marche", url="https://example.org/vote?a=1&b=2")
    step = Milestone(date="2026-11", kind="milestone", summary="Les travaux ont commencé", source_url="https://e.org/t")
    staff, url, moved = Origin.STAFF, "https://example.org/p01", (due("fin 2027", "2027", "2027"),)
    with database.write() as db:
        set_status(db, "p01", Status.REALISE, at(0), evidence=EVIL, url=url, source=staff, by=EDITOR)
        add_deliberation(db, "p01", vote, at(1), source=staff, by=EDITOR)
        add_milestone(db, "p02", step, at(2), source=staff, by=EDITOR)
        set_due(db, "p11", moved, at(3), evidence="Retard des travaux", source=staff, by=EDITOR)
        set_due(db, "p15", moved, at(3), source=staff, by=EDITOR)  # the report gives none
        number = set_status(db, "p04", Status.EN_COURS, at(4), source=staff, by=EDITOR)
        undo(db, number or 0, at(5), source=staff, by=EDITOR)
        set_status(db, "p09", Status.A_OUVRIR, at(5), source=staff, by=EDITOR)
        set_status_basis(db, "p09", at(6), source=staff, by=EDITOR, evidence="Procès-verbal", url="https://e.org/pv")
        add_deliberation(db, "p05", vote, at(6), source=staff, by=EDITOR)
        remove_deliberation(db, "p05", vote, at(7), source=staff, by=EDITOR)
        db.execute("UPDATE commitments SET note = ? WHERE id = 'p02'", [EVIL])
        record_overdue(db, at(0).date() - timedelta(days=9000), at(0).date(), at(8))
        confirm_unchanged(db, "p03", at(9))


@pytest.fixture(scope="session")
def changed(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("changed") / "bot.db"
    path.write_bytes(filled.read_bytes())
    bring_key(filled, path)
    database = Database(path)
    change_everything(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def material(changed: Path) -> Iterator[Material]:
    database = Database(changed)
    yield Material.read(database)
    database.close()


@pytest.fixture(scope="session")
def files(material: Material) -> dict[str, bytes]:
    return built(material, EDITION)


@pytest.fixture(scope="session")
def pages(files: dict[str, bytes]) -> dict[str, str]:
    return {path: content.decode() for path, content in files.items() if path.endswith(".html")}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: tests print what fails."""


@pytest.fixture(scope="session")
def address(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the published site can be read."""
    folder = tmp_path_factory.mktemp("served") / "site"
    swap_in(files, folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
