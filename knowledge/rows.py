"""The rows behind what people are told of: plain writes, for ``updating`` only, which records each of them."""

from datetime import datetime

import sqlite_utils

from knowledge.errors import UnknownCommitmentError
from knowledge.models import Deliberation, DueDate, Milestone, Origin, Status


def status(db: sqlite_utils.Database, commitment: str) -> Status | None:
    """The status as it stands.

    Raises:
        UnknownCommitmentError: No commitment has this id.
    """
    row = db.execute("SELECT status FROM commitments WHERE id = ?", [commitment]).fetchone()
    if row is None:
        raise UnknownCommitmentError(commitment)
    return Status(row[0]) if row[0] else None


def report_status(db: sqlite_utils.Database, commitment: str) -> Status | None:
    """What the report says."""
    row = db.execute("SELECT report_status FROM commitments WHERE id = ?", [commitment]).fetchone()
    return Status(row[0]) if row[0] else None


def status_basis(db: sqlite_utils.Database, commitment: str) -> list[str | None]:
    """Who says the status, and in which words."""
    row = db.execute("SELECT status_source, status_evidence FROM commitments WHERE id = ?", [commitment]).fetchone()
    return list(row)


def due_basis(db: sqlite_utils.Database, commitment: str) -> str | None:
    """Who says the due dates in force; None when there are none."""
    row = db.execute("SELECT source FROM due_in_force WHERE commitment = ? LIMIT 1", [commitment]).fetchone()
    return row[0] if row else None


def report_basis(db: sqlite_utils.Database, commitment: str) -> tuple[Status | None, str | None]:
    """What the report says, and in which words.

    Raises:
        UnknownCommitmentError: No commitment has this id.
    """
    row = db.execute("SELECT report_status, report_evidence FROM commitments WHERE id = ?", [commitment]).fetchone()
    if row is None:
        raise UnknownCommitmentError(commitment)
    return Status(row[0]) if row[0] else None, row[1]


def write_status(
    db: sqlite_utils.Database, commitment: str, status: Status, source: Origin, evidence: str | None, now: datetime
) -> None:
    """Set the status; the report's own stays beside."""
    db.execute(
        "UPDATE commitments SET status = ?, status_source = ?, status_evidence = ? WHERE id = ?",
        [status, source, evidence, commitment],
    )
    touch(db, commitment, now)


def restore_report_status(db: sqlite_utils.Database, commitment: str, now: datetime) -> Status | None:
    """Let the report's status hold again; returns it."""
    db.execute(
        "UPDATE commitments SET status = report_status, status_evidence = report_evidence,"
        " status_source = CASE WHEN report_status IS NULL THEN NULL ELSE 'report' END WHERE id = ?",
        [commitment],
    )
    touch(db, commitment, now)
    return report_status(db, commitment)


def report_due(db: sqlite_utils.Database, commitment: str) -> tuple[DueDate, ...]:
    """The due dates that the report prints."""
    found = db.query(
        "SELECT label, starts, ends FROM due_dates WHERE commitment = ? AND source = ? ORDER BY position",
        [commitment, Origin.REPORT],
    )
    return tuple(DueDate(**row) for row in found)


def write_due(
    db: sqlite_utils.Database, commitment: str, due: tuple[DueDate, ...], source: Origin, now: datetime
) -> None:
    """Replace what staff said; empty lets the report's hold again."""
    db.execute("DELETE FROM due_dates WHERE commitment = ? AND source != 'report'", [commitment])
    kept = source if source is not Origin.REPORT else Origin.STAFF
    db.conn.executemany(
        "INSERT INTO due_dates VALUES (?, ?, ?, ?, ?, ?)",
        [(commitment, n, d.label, d.starts, d.ends, kept) for n, d in enumerate(due)],
    )
    touch(db, commitment, now)


def insert_deliberation(db: sqlite_utils.Database, commitment: str, vote: Deliberation, source: Origin) -> bool:
    """Add a vote; False when it is there."""
    cursor = db.execute(
        "INSERT INTO deliberations VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [commitment, vote.date, vote.label, vote.url, source],
    )
    return bool(cursor.rowcount)


def delete_deliberation(db: sqlite_utils.Database, commitment: str, vote: Deliberation) -> bool:
    """Take away a vote that is not the report's; False when there is none."""
    cursor = db.execute(
        "DELETE FROM deliberations WHERE commitment = ? AND date = ? AND label = ? AND source != 'report'",
        [commitment, vote.date, vote.label],
    )
    return bool(cursor.rowcount)


def delete_any_deliberation(db: sqlite_utils.Database, commitment: str, vote: Deliberation) -> bool:
    """Take away a vote, whoever said it."""
    cursor = db.execute(
        "DELETE FROM deliberations WHERE commitment = ? AND date = ? AND label = ?", [commitment, vote.date, vote.label]
    )
    return bool(cursor.rowcount)


def insert_milestone(db: sqlite_utils.Database, commitment: str, step: Milestone, source: Origin) -> bool:
    """Add a dated fact; False when it is there."""
    cursor = db.execute(
        "INSERT INTO milestones VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [commitment, step.date, step.kind, step.summary, step.source_url, source],
    )
    return bool(cursor.rowcount)


def delete_milestone(db: sqlite_utils.Database, commitment: str, step: Milestone) -> bool:
    """Take away a dated fact."""
    cursor = db.execute(
        "DELETE FROM milestones WHERE commitment = ? AND date = ? AND summary = ?",
        [commitment, step.date, step.summary],
    )
    return bool(cursor.rowcount)


def note(db: sqlite_utils.Database, commitment: str) -> str | None:
    """Staff's note."""
    row = db.execute("SELECT note FROM commitments WHERE id = ?", [commitment]).fetchone()
    return row[0] if row else None


def write_note(db: sqlite_utils.Database, commitment: str, note: str | None) -> None:
    """Write staff's note."""
    db.execute("UPDATE commitments SET note = ? WHERE id = ?", [note, commitment])


def touch(db: sqlite_utils.Database, commitment: str, now: datetime) -> None:
    """Date the commitment: a write is a look too."""
    db.execute(
        "UPDATE commitments SET updated_at = ?, checked_at = ? WHERE id = ?",
        [now.isoformat(timespec="seconds"), now.date().isoformat(), commitment],
    )
