"""Fill the base from the data files: at first start, and again whenever a file has changed.

Only rows whose source is the report are replaced; what staff recorded stays. What a changed file changes of what people
are told of is recorded as changes, the first filling is not.
"""

import json
import logging
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlite_utils

from knowledge import datafiles, differences
from knowledge.checking import check
from knowledge.database import Database
from knowledge.datafiles import DATA, CommitmentEntry, DataFiles
from knowledge.errors import DataError
from knowledge.history import append
from knowledge.history.entries import last_entry, list_entries
from knowledge.history.states import apply, difference, read_states
from knowledge.migrations import steps
from knowledge.models import Origin
from knowledge.vocabulary import tags

logger = logging.getLogger(__name__)

WHOLE = "data"

# Raise it when the same data files must be read again because this module reads them otherwise.
READING = 3


def prepare(database: Database, now: datetime, *, folder: Path = DATA) -> bool:
    """Bring the base to this version's tables and to the data files as they are.

    Returns:
        True when the data files were read again.

    Raises:
        DataError: The data files break a rule; the base keeps what it had.
        DatabaseError: The file is locked, read-only, corrupt or too new.
    """
    database.migrate(steps)
    wanted = f"{READING}:{datafiles.digest(folder)}"
    with database.guarded():
        row = database.read().execute("SELECT sha256 FROM data_files WHERE name = ?", [WHOLE]).fetchone()
    if row is not None and row[0] == wanted:
        return False
    files = datafiles.read(folder)
    if faults := check(files):
        raise DataError(faults)
    with database.write() as db:
        if row is None:
            _fill(db, files, now.isoformat(timespec="seconds"))
            append(db, "base.filled", {"sha256": wanted, "commitments": read_states(db)}, None, now)
        else:
            _fill_again(db, files, wanted, now)
        db.table("data_files").upsert(
            {"name": WHOLE, "sha256": wanted, "loaded_at": now.isoformat(timespec="seconds")}, pk="name"
        )
    logger.info("knowledge base filled: %s commitments", sum(len(o.commitments) for o in files.orientations))
    return True


def _fill_again(db: sqlite_utils.Database, files: DataFiles, sha256: str, now: datetime) -> None:
    """Record what people are told changes of; what else changes of a state is in the entry itself."""
    before, states = differences.told(db), read_states(db)
    _fill(db, files, now.isoformat(timespec="seconds"))
    since = last_entry(db)
    differences.record_differences(db, before, now)
    for entry in list_entries(db, after=since):
        apply(states, entry.commitment, entry.content)
    rest = difference(states, read_states(db))
    append(db, "base.reloaded", {"sha256": sha256, "commitments": rest}, None, now)


def _fill(db: sqlite_utils.Database, files: DataFiles, now: str) -> None:
    for table in ("documents", "orientations", "facts", "glossary", "emergency_numbers", "tags"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of this module
    for table in ("due_dates", "deliberations", "milestones", "samples"):
        db.execute(f"DELETE FROM {table} WHERE source = ?", [Origin.REPORT])  # noqa: S608
    db.table("documents").insert(files.document.model_dump())
    _fill_orientations(db, files)
    _fill_commitments(db, files, now)
    db.table("facts").insert_all(
        {
            "id": fact.id,
            "position": n,
            "answer": fact.answer,
            "number": fact.number,
            "total": fact.total,
            "about": fact.about,
            "pages": json.dumps(fact.pages),
        }
        for n, fact in enumerate(files.facts)
    )
    db.table("emergency_numbers").insert_all(
        {"number": each.number, "position": n, "who": each.who} for n, each in enumerate(files.emergency_numbers)
    )
    db.table("glossary").insert_all(term.model_dump() for term in files.glossary)
    db.table("tags").insert_all(
        {
            "kind": tag.kind,
            "name": tag.name,
            "aliases": json.dumps(tag.aliases, ensure_ascii=False),
            "commitments": json.dumps(tag.commitments),
        }
        for tag in tags(files)
    )
    _fill_samples(db, files)


def _fill_orientations(db: sqlite_utils.Database, files: DataFiles) -> None:
    db.table("orientations").insert_all(
        {
            "id": o.id,
            "position": n,
            "title": o.title,
            "intro": o.intro,
            "nicknames": json.dumps(o.nicknames, ensure_ascii=False),
            "pages": json.dumps(o.pages),
        }
        for n, o in enumerate(files.orientations)
    )


def _fill_commitments(db: sqlite_utils.Database, files: DataFiles, now: str) -> None:
    # Document order: the numbered priority projects first, then the tables.
    entries = [(c, o.id) for o in files.orientations for c in o.commitments]
    entries.sort(key=lambda entry: (entry[0].number is None, entry[0].number or 0))
    for position, (entry, orientation) in enumerate(entries):
        _fill_commitment(db, entry, {"position": position, "orientation": orientation}, files.document.date, now)
        _fill_dates(db, entry)
    db.table("milestones").insert_all(
        ({"commitment": m.id, "source": Origin.REPORT, **m.model_dump(exclude={"id"})} for m in files.milestones),
        ignore=True,
    )


def _fill_commitment(
    db: sqlite_utils.Database, entry: CommitmentEntry, place: dict[str, Any], as_of: str, now: str
) -> None:
    wording = entry.model_dump(include={"kind", "number", "title", "details", "summary", "info", "caveat"})
    kept = {"report_status": entry.status, "report_evidence": entry.status_evidence}
    report = {**wording, **place, **kept, "pages": json.dumps(entry.pages)}
    status = {
        "status": entry.status,
        "status_source": Origin.REPORT if entry.status else None,
        "status_evidence": entry.status_evidence,
    }
    known = db.execute("SELECT status_source FROM commitments WHERE id = ?", [entry.id]).fetchone()
    if known is None:
        dates = {"as_of": as_of, "checked_at": as_of, "updated_at": now}
        db.table("commitments").insert({"id": entry.id, **report, **status, **dates})
        return
    kept_by_staff = known[0] in (Origin.STAFF, Origin.IMPORT)
    db.table("commitments").update(entry.id, report if kept_by_staff else report | status)


def _fill_dates(db: sqlite_utils.Database, entry: CommitmentEntry) -> None:
    theirs = {"commitment": entry.id, "source": Origin.REPORT}
    db.table("due_dates").insert_all(
        {**theirs, "position": n, "label": due.label, "starts": due.starts, "ends": due.ends}
        for n, due in enumerate(entry.due)
    )
    db.table("deliberations").insert_all(
        ({**theirs, "date": vote.date, "label": vote.label, "url": vote.url} for vote in entry.deliberations),
        ignore=True,
    )


def _fill_samples(db: sqlite_utils.Database, files: DataFiles) -> None:
    rows: list[tuple[str, str, list[str], bool]] = []
    for commitment, entry in files.samples.items():
        rows += [(f"commitment:{commitment}", text, [], False) for text in entry.questions]
        rows += [(f"commitment:{commitment}", text, [], True) for text in entry.words]
    rows += [(f"fact:{fact.id}", text, [], False) for fact in files.facts for text in fact.samples]
    for reason, messages in files.others.refusals.items():
        rows += [(f"refusal:{reason}", message.q, message.near, False) for message in messages]
    kinds = {"menu": files.others.menu, "list": files.others.lists, "count": files.others.counts}
    rows += [(f"kind:{kind}", text, [], False) for kind, texts in kinds.items() for text in texts]
    # What staff taught and a data file says now is the file's; it would be a second copy at the next export.
    db.conn.executemany(
        "DELETE FROM samples WHERE about = ? AND text = ?", [(about, text) for about, text, _, _ in rows]
    )
    db.table("samples").insert_all(
        (
            {
                "about": about,
                "text": text,
                "near": json.dumps(near),
                "is_word": is_word,
                "source": Origin.REPORT,
            }
            for about, text, near, is_word in rows
        ),
        ignore=True,
    )
