"""How often an answer was not the one meant, by day and kind; never the words, never the person."""

from datetime import date

from knowledge.database import Database


def record_miss(database: Database, kind: str, commitment_id: str | None, day: date) -> None:
    """Add one to the day's count.

    Args:
        kind: ``not_this`` (« Ce n'est pas ça ») or a refusal's reason.
        commitment_id: The commitment that was shown, if any.
    """
    with database.write() as db:
        db.execute(
            "INSERT INTO misses(day, kind, commitment, count) VALUES (?, ?, ?, 1)"
            " ON CONFLICT(day, kind, commitment) DO UPDATE SET count = count + 1",
            [day.isoformat(), kind, commitment_id or ""],
        )
