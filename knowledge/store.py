"""The only SQL that reads the knowledge base."""

import json
from collections import Counter, defaultdict
from dataclasses import replace
from typing import Any

import sqlite_utils

from knowledge.catalogue import Catalogue
from knowledge.changes import Change, Field, list_changes, standing
from knowledge.database import Database
from knowledge.models import (
    Commitment,
    Deliberation,
    Document,
    DueDate,
    EmergencyNumber,
    Fact,
    Kind,
    Milestone,
    Orientation,
    Origin,
    Sample,
    Status,
    Tag,
    TagKind,
    Term,
)
from knowledge.overdue import put_off

_Rows = dict[str, list[dict[str, Any]]]


def load_catalogue(database: Database) -> Catalogue:
    """Read the whole base, as one consistent picture."""
    with database.guarded():
        db = database.read()
        db.execute("BEGIN")
        try:
            return _catalogue(db)
        finally:
            db.conn.rollback()


def _catalogue(db: sqlite_utils.Database) -> Catalogue:
    return Catalogue(
        document=Document(**next(db.query("SELECT * FROM documents"))),
        orientations=tuple(_orientation(row) for row in db.query("SELECT * FROM orientations ORDER BY position")),
        commitments=list_commitments(db),
        facts=tuple(
            Fact(
                id=row["id"],
                answer=row["answer"],
                number=row["number"],
                total=row["total"],
                about=row["about"],
                pages=tuple(json.loads(row["pages"])),
            )
            for row in db.query("SELECT * FROM facts ORDER BY position")
        ),
        emergency_numbers=tuple(
            EmergencyNumber(number=row["number"], who=row["who"])
            for row in db.query("SELECT * FROM emergency_numbers ORDER BY position")
        ),
        glossary=tuple(Term(**row) for row in db.query("SELECT * FROM glossary ORDER BY term")),
        tags=tuple(_tag(row) for row in db.query("SELECT * FROM tags ORDER BY rowid")),
    )


def stamp(database: Database) -> tuple[object, ...]:
    """Differs once anything that is kept in memory has changed: the catalogue, what staff taught; no other table."""
    row = database.read().execute(
        "SELECT (SELECT max(id) FROM changes), (SELECT group_concat(sha256) FROM data_files),"
        " (SELECT group_concat(updated_at || checked_at || coalesce(note, '') || coalesce(status, ''))"
        " FROM commitments), (SELECT group_concat(about || text || is_word) FROM samples WHERE source != 'report')"
    )
    return tuple(row.fetchone())


def load_samples(database: Database) -> tuple[Sample, ...]:
    """Every sample, in a fixed order: the same base gives the same index."""
    with database.guarded():
        rows = list(
            database.read().query("SELECT about, text, near, is_word, source FROM samples ORDER BY about, text")
        )
    return tuple(
        Sample(
            text=row["text"],
            about=row["about"],
            near=tuple(json.loads(row["near"])),
            is_word=bool(row["is_word"]),
            by_staff=row["source"] != Origin.REPORT,
        )
        for row in rows
    )


def _orientation(row: dict[str, Any]) -> Orientation:
    return Orientation(
        id=row["id"],
        title=row["title"],
        intro=row["intro"],
        nicknames=tuple(json.loads(row["nicknames"])),
        pages=tuple(json.loads(row["pages"])),
    )


def _tag(row: dict[str, Any]) -> Tag:
    return Tag(
        kind=TagKind(row["kind"]),
        name=row["name"],
        aliases=tuple(json.loads(row["aliases"])),
        commitments=tuple(json.loads(row["commitments"])),
    )


def _by_commitment(db: sqlite_utils.Database, table: str, order: str) -> _Rows:
    grouped: _Rows = defaultdict(list)
    for row in db.query(f"SELECT * FROM {table} ORDER BY {order}"):  # noqa: S608 - names of this module
        grouped[row["commitment"]].append(row)
    return grouped


def list_commitments(db: sqlite_utils.Database) -> tuple[Commitment, ...]:
    """Every commitment in document order, inside the caller's transaction."""
    votes = _by_commitment(db, "deliberations", "date, label")
    steps = _by_commitment(db, "milestones", "date, summary")
    due = _by_commitment(db, "due_dates", "position")
    slips, sources = _slips(db), _status_sources(db)
    commitments = (
        _commitment(row, votes[row["id"]], steps[row["id"]], due[row["id"]])
        for row in db.query("SELECT * FROM commitments ORDER BY position")
    )
    return tuple(_with_source(replace(c, slips=slips[c.id]), sources.get(c.id)) for c in commitments)


def _commitment(
    row: dict[str, Any],
    votes: list[dict[str, Any]],
    steps: list[dict[str, Any]],
    due: list[dict[str, Any]],
) -> Commitment:
    printed = tuple(_due(d) for d in due if d["source"] == Origin.REPORT)
    moved = tuple(_due(d) for d in due if d["source"] != Origin.REPORT)
    return Commitment(
        id=row["id"],
        kind=Kind(row["kind"]),
        number=row["number"],
        orientation=row["orientation"],
        title=row["title"],
        details=row["details"],
        summary=row["summary"],
        info=row["info"],
        status=Status(row["status"]) if row["status"] else None,
        status_source=Origin(row["status_source"]) if row["status_source"] else None,
        status_evidence=row["status_evidence"],
        deliberations=tuple(
            Deliberation(date=v["date"], label=v["label"], url=v["url"], source=Origin(v["source"])) for v in votes
        ),
        milestones=tuple(
            Milestone(date=s["date"], kind=s["kind"], summary=s["summary"], source_url=s["source_url"]) for s in steps
        ),
        due=moved or printed,
        report_status=Status(row["report_status"]) if row["report_status"] else None,
        due_moved=bool(moved),
        replaced_due=printed if moved else (),
        caveat=row["caveat"],
        pages=tuple(json.loads(row["pages"])),
        as_of=row["as_of"],
        checked_at=row["checked_at"],
        note=row["note"],
        updated_at=row["updated_at"],
    )


def _due(row: dict[str, Any]) -> DueDate:
    return DueDate(label=row["label"], starts=row["starts"], ends=row["ends"])


def _slips(db: sqlite_utils.Database) -> Counter[str]:
    """How often each commitment's due dates were put off, what was undone left out."""
    return Counter(
        change.commitment
        for chain in _chains(db, Field.DUE).values()
        for change in chain
        if isinstance(change.old, tuple) and isinstance(change.new, tuple) and put_off(change.old, change.new)
    )


def _status_sources(db: sqlite_utils.Database) -> dict[str, Change]:
    """The change that the status of each commitment rests on."""
    chains = _chains(db, Field.STATUS).items()
    return {commitment: chain[-1] for commitment, chain in chains if chain and chain[-1].undoes is None}


def _with_source(commitment: Commitment, last: Change | None) -> Commitment:
    if last is None:
        return commitment
    noted = last.recorded_at.isoformat()
    return replace(commitment, status_date=last.event_date, status_url=last.url, status_noted=noted)


def _chains(db: sqlite_utils.Database, field: Field) -> dict[str, list[Change]]:
    """The changes of one field that stand, by commitment."""
    chains: dict[str, list[Change]] = defaultdict(list)
    for change in list_changes(db, field=field):
        chains[change.commitment].append(change)
    return {commitment: standing(chain) for commitment, chain in chains.items()}
