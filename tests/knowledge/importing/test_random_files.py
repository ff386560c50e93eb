"""Random change files against what must hold of any of them."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.changes import list_changes
from knowledge.database import Database
from knowledge.exchange.columns import Column
from knowledge.exchange.formulas import escape
from knowledge.exporting.documents import as_json
from knowledge.exporting.tables import as_change_file, as_decidim
from knowledge.history.verifying import verify
from knowledge.importing.imports import Imports
from knowledge.importing.records import State
from knowledge.store import load_catalogue
from tests.conftest import NOW
from tests.knowledge.importing.files import APPROVER, EDITOR, imports, without_dates

IDS = ("p02", "p03", "p07", "p12", "a1-02")
DAYS = ("2026", "2026-09", "2026-10-02", "2025-12-31")
PAGES = ("https://metropole.example/1", "https://metropole.example/2?a=b,c;d")
TEXTS = st.sampled_from(["", "Séance", "=1+1", "'=2", "fin ; « 2027 »", "deux\nlignes", "-1", "@a", "\U0001f333", "''"])


def cells(*columns: Column, **options: st.SearchStrategy[tuple[str, ...]]) -> st.SearchStrategy[dict[Column, str]]:
    """Some cells that go together: none, a dash, or what an option draws."""
    nothing = st.just(("",) * len(columns))
    return st.one_of(nothing, st.just(("-",) * len(columns)), *options.values()).map(
        lambda values: dict(zip(columns, values, strict=True))
    )


STATUSES = cells(
    *(Column.STATUS, Column.STATUS_DATE, Column.SOURCE_URL),
    known=st.tuples(
        st.sampled_from(["a_ouvrir", "en_cours", ""]), st.sampled_from(DAYS), st.sampled_from(["", *PAGES])
    ),
    done=st.tuples(st.just("realise"), st.sampled_from(["", *DAYS]), st.sampled_from(PAGES)),
)
VOTES = cells(
    *(Column.DELIBERATION_DATE, Column.DELIBERATION_LABEL, Column.DELIBERATION_URL),
    vote=st.tuples(st.sampled_from(DAYS), TEXTS, st.sampled_from(["", *PAGES])),
)
DUE = cells(
    *(Column.DUE_LABEL, Column.DUE_FROM, Column.DUE_TO),
    due=st.tuples(TEXTS, st.sampled_from(["", "2026", "2026-12"]), st.sampled_from(["", "2027", "2030-06-01"])),
)
NOTES = cells(Column.NOTE, note=st.tuples(st.one_of(TEXTS, st.text(max_size=8))))
ROWS = st.tuples(st.sampled_from(IDS), STATUSES, VOTES, DUE, NOTES).map(
    lambda parts: {Column.ID: parts[0]} | parts[1] | parts[2] | parts[3] | parts[4]
)
FILES = st.lists(ROWS, min_size=1, max_size=3, unique_by=lambda row: row[Column.ID])


def written(rows: list[dict[Column, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(Column))
    writer.writeheader()
    writer.writerows({name: cell if cell == "-" else escape(cell) for name, cell in row.items()} for row in rows)
    return text.getvalue().encode("utf-8", "replace")


def sent(service: Imports, content: bytes) -> int | None:
    """The number of a file that was applied, by a second person where one was needed."""
    proposal = service.propose(content, "f.csv", NOW)
    if proposal.faults or not proposal.differences:
        return None
    outcome = service.submit(proposal, EDITOR, NOW)
    if outcome.state is State.PENDING:
        outcome = service.confirm(outcome.number, APPROVER, NOW)
    assert outcome.differences == proposal.differences
    return outcome.number


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(FILES, min_size=1, max_size=4))
def test_any_files_apply_once_come_back_from_an_export_and_can_be_undone(
    filled: Path, files: list[list[dict[Column, str]]]
) -> None:
    with TemporaryDirectory() as folder:
        base = Database(Path(folder) / "bot.db", filled.parent / "keys" / "bot.key")
        base.path.write_bytes(filled.read_bytes())
        service, pictures, numbers = imports(base), [without_dates(base)], []
        for rows in files:
            number = sent(service, written(rows))
            if number is None:
                assert without_dates(base) == pictures[-1]
                continue
            numbers.append(number)
            pictures.append(without_dates(base))
            again = service.propose(written(rows), "f.csv", NOW)
            assert not again.faults and not again.differences
        catalogue = load_catalogue(base)
        for export in (as_json, as_change_file, as_decidim):
            back = service.propose(export(catalogue).encode(), "f", NOW)
            assert not back.faults and not back.differences, export.__name__
        for number in reversed(numbers):
            assert without_dates(base) == pictures.pop()
            service.undo(number, APPROVER, NOW)
        assert without_dates(base) == pictures.pop()
        undone = {change.undoes for change in list_changes(base.read())} - {None}
        assert len(undone) * 2 == len(list(list_changes(base.read())))
        assert not verify(base).faults
        base.close()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda t: f"id,status\n{t}".encode())))
def test_no_file_whatever_breaks_the_reading(base: Database, content: bytes) -> None:
    proposal = imports(base).propose(content, "f", NOW)
    assert (proposal.sheet is None) == bool(proposal.faults)
