"""This room's tables, step by step. A step that has run on somebody's base is never edited: add another."""

from sqlite_utils import Database, Migrations

steps = Migrations("scheduler")


@steps()
def first_tables(db: Database) -> None:
    """Who follows what, what is to be sent, and counts. Times are UTC ISO texts to the second, days local dates.

    ``subscriptions.started`` and ``upto`` are numbers of changes: told of is what comes after ``upto``.
    ``subscribers.idle_since`` is set while nothing is followed.
    ``heard`` says up to which change a person knows all of one commitment, when another frequency told it.
    """
    for table in (
        "subscribers(id INTEGER PRIMARY KEY AUTOINCREMENT, chat_cipher BLOB NOT NULL, chat_index BLOB NOT NULL UNIQUE,"
        " kind TEXT NOT NULL CHECK(kind IN ('private', 'group')), hour TEXT NOT NULL, quiet TEXT NOT NULL,"
        " paused_until TEXT, created_at TEXT NOT NULL, idle_since TEXT, ended_at TEXT, ended_reason TEXT)",
        "subscriptions(id INTEGER PRIMARY KEY AUTOINCREMENT,"
        " subscriber INTEGER NOT NULL REFERENCES subscribers(id) ON DELETE CASCADE,"
        " target_kind TEXT NOT NULL CHECK(target_kind IN ('commitment', 'orientation', 'priority', 'all', 'words')),"
        " target TEXT NOT NULL,"
        " frequency TEXT NOT NULL CHECK(frequency IN ('immediate', 'day', 'week', 'month')),"
        " condition TEXT NOT NULL CHECK(condition IN ('any', 'done', 'late')),"
        " state_monthly INTEGER NOT NULL, started INTEGER NOT NULL, upto INTEGER NOT NULL, created_at TEXT NOT NULL,"
        " settled_at TEXT NOT NULL, consent_version TEXT NOT NULL, UNIQUE(subscriber, target_kind, target))",
        "heard(subscriber INTEGER NOT NULL REFERENCES subscribers(id) ON DELETE CASCADE, commitment TEXT NOT NULL,"
        " upto INTEGER NOT NULL, PRIMARY KEY(subscriber, commitment))",
        "digest_runs(id INTEGER PRIMARY KEY, frequency TEXT NOT NULL, hour TEXT NOT NULL, quiet TEXT NOT NULL,"
        " local_date TEXT NOT NULL, starts TEXT, ends TEXT NOT NULL, upto INTEGER NOT NULL, ran_at TEXT NOT NULL,"
        " digests INTEGER NOT NULL, UNIQUE(frequency, hour, quiet, local_date))",
        "outbox(id INTEGER PRIMARY KEY AUTOINCREMENT, dedupe_key TEXT NOT NULL UNIQUE,"
        " subscriber INTEGER NOT NULL REFERENCES subscribers(id) ON DELETE CASCADE, kind TEXT NOT NULL,"
        " ref TEXT NOT NULL, part INTEGER NOT NULL DEFAULT 1,"
        " state TEXT NOT NULL DEFAULT 'pending'"
        " CHECK(state IN ('pending', 'sending', 'sent', 'failed', 'uncertain', 'cancelled')),"
        " priority INTEGER NOT NULL, facts TEXT, body TEXT, attempts INTEGER NOT NULL DEFAULT 0,"
        " not_before TEXT NOT NULL, lease_until TEXT, message_id INTEGER, error TEXT,"
        " created_at TEXT NOT NULL, updated_at TEXT NOT NULL)",
        "holds(ref TEXT PRIMARY KEY, reason TEXT NOT NULL, since TEXT NOT NULL)",
        "marks(name TEXT PRIMARY KEY, value TEXT NOT NULL)",
        "counters(day TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY(day, name))",
        "erasures(subscriber INTEGER PRIMARY KEY, erased_at TEXT NOT NULL)",
        "backups(path TEXT PRIMARY KEY, made_at TEXT NOT NULL)",
    ):
        db.execute(f"CREATE TABLE {table} STRICT")
    for index in (
        "subscriptions_by_subscriber ON subscriptions(subscriber)",
        "subscriptions_behind ON subscriptions(frequency, upto)",
        "outbox_due ON outbox(priority, not_before, id) WHERE state = 'pending' AND body IS NOT NULL",
        "outbox_raw ON outbox(priority, not_before, id) WHERE state = 'pending' AND body IS NULL",
        "outbox_open ON outbox(subscriber, id) WHERE state IN ('pending', 'sending')",
        "outbox_by_subscriber ON outbox(subscriber)",
        "outbox_by_ref ON outbox(ref, state)",
        "outbox_by_age ON outbox(state, updated_at)",
    ):
        db.execute(f"CREATE INDEX {index}")


@steps()
def staff(db: Database) -> None:
    """The team, its invitations, and what a member was asked to type. Codes are kept as SHA-256 hashes."""
    for table in (
        "members(id INTEGER PRIMARY KEY AUTOINCREMENT, chat_cipher BLOB, chat_index BLOB UNIQUE, role TEXT NOT NULL"
        " CHECK(role IN ('reader', 'editor', 'approver', 'admin')), label TEXT NOT NULL, code BLOB,"
        " joined_at TEXT NOT NULL, removed_at TEXT)",
        "invites(code BLOB PRIMARY KEY, role TEXT NOT NULL, label TEXT NOT NULL, made_by INTEGER NOT NULL,"
        " made_at TEXT NOT NULL, used_at TEXT)",
        "pending_inputs(member INTEGER PRIMARY KEY, purpose TEXT NOT NULL, ref TEXT NOT NULL, asked_at TEXT NOT NULL)",
    ):
        db.execute(f"CREATE TABLE {table} STRICT")


@steps()
def update_drafts(db: Database) -> None:
    """What a member is putting together, at most one each; see ``drafts.Draft``."""
    db.execute(
        "CREATE TABLE update_drafts(id INTEGER PRIMARY KEY AUTOINCREMENT, member INTEGER NOT NULL UNIQUE,"
        " version INTEGER NOT NULL, kind TEXT NOT NULL CHECK(kind IN ('status', 'vote')), commitment TEXT, status TEXT,"
        " date TEXT, dated INTEGER NOT NULL, label TEXT, url TEXT, document TEXT, sourced INTEGER NOT NULL,"
        " at TEXT NOT NULL) STRICT"
    )


@steps()
def announcements(db: Database) -> None:
    """What staff announce, its trials, and the messages that show how it fares; texts that many rows share.

    ``announcements.version`` grows with everything that happens to one; ``of`` is the one that a correction or a note
    is about. ``outbox.edits`` is the message that a row changes.
    """
    for table in (
        "announcements(id INTEGER PRIMARY KEY AUTOINCREMENT,"
        " purpose TEXT NOT NULL CHECK(purpose IN ('message', 'correction', 'note')),"
        " of INTEGER REFERENCES announcements(id), state TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 1,"
        " html TEXT NOT NULL, media_kind TEXT, media_id TEXT, media_name TEXT, audience_kind TEXT NOT NULL,"
        " audience TEXT NOT NULL, starts_at TEXT, author INTEGER, edited_by INTEGER, submitted_by INTEGER,"
        " approved_by INTEGER, approved_at TEXT, launched_by INTEGER, reason TEXT, started_at TEXT, running_since TEXT,"
        " baseline TEXT, ended_at TEXT, reach INTEGER NOT NULL DEFAULT 0, left_out TEXT, figures TEXT,"
        " resends INTEGER NOT NULL DEFAULT 0, created_at TEXT NOT NULL, updated_at TEXT NOT NULL)",
        "announcement_trials(id INTEGER PRIMARY KEY AUTOINCREMENT,"
        " announcement INTEGER NOT NULL REFERENCES announcements(id), member INTEGER NOT NULL, digest TEXT NOT NULL,"
        " delivery TEXT, at TEXT NOT NULL)",
        "announcement_boards(delivery TEXT PRIMARY KEY, announcement INTEGER NOT NULL REFERENCES announcements(id),"
        " shown TEXT NOT NULL, shown_at TEXT NOT NULL, closed INTEGER NOT NULL DEFAULT 0)",
        "shared_bodies(name TEXT PRIMARY KEY, body TEXT NOT NULL)",
    ):
        db.execute(f"CREATE TABLE {table} STRICT")
    db.execute("ALTER TABLE outbox ADD COLUMN edits INTEGER")
    db.execute("CREATE INDEX announcements_by_state ON announcements(state)")
    db.execute("CREATE INDEX trials_by_announcement ON announcement_trials(announcement, member)")


@steps()
def enquiries(db: Database) -> None:
    """Questions sent to staff, until they are answered. Numbers are never given twice: they stand in the history."""
    db.execute(
        "CREATE TABLE enquiries(id INTEGER PRIMARY KEY AUTOINCREMENT,"
        " subscriber INTEGER NOT NULL REFERENCES subscribers(id) ON DELETE CASCADE, question TEXT NOT NULL,"
        " asked_at TEXT NOT NULL, consent_version TEXT NOT NULL, draft TEXT) STRICT"
    )
    db.execute("CREATE INDEX enquiries_by_subscriber ON enquiries(subscriber)")


@steps()
def staff_chats(db: Database) -> None:
    """Tell the rows that were made to write to staff from those of people who asked for something."""
    db.execute("ALTER TABLE subscribers ADD COLUMN notices_only INTEGER NOT NULL DEFAULT 0")
