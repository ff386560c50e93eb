"""The tables, step by step. A step that has run on somebody's base is never edited: add another."""

from sqlite_utils import Database, Migrations

from knowledge.history.adopting import adopt

steps = Migrations("knowledge")


@steps()
def first_tables(db: Database) -> None:
    """What the data files hold, and counts. Rows whose source is not ``report`` are staff's and survive a reload."""
    for table in (
        "data_files(name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, loaded_at TEXT NOT NULL)",
        "documents(title TEXT PRIMARY KEY, publisher TEXT NOT NULL, date TEXT NOT NULL, pages INTEGER NOT NULL, "
        "url TEXT)",
        "orientations(id TEXT PRIMARY KEY, position INTEGER NOT NULL, title TEXT NOT NULL, intro TEXT NOT NULL,"
        " nicknames TEXT NOT NULL, pages TEXT NOT NULL)",
        "commitments(id TEXT PRIMARY KEY, position INTEGER NOT NULL, kind TEXT NOT NULL, number INTEGER,"
        " orientation TEXT NOT NULL REFERENCES orientations(id) DEFERRABLE INITIALLY DEFERRED, title TEXT NOT NULL,"
        " details TEXT, summary TEXT, info TEXT, status TEXT, status_source TEXT, status_evidence TEXT, caveat TEXT,"
        " pages TEXT NOT NULL, as_of TEXT NOT NULL, checked_at TEXT NOT NULL, note TEXT, updated_at TEXT NOT NULL)",
        "due_dates(commitment TEXT NOT NULL, position INTEGER NOT NULL, label TEXT NOT NULL, starts TEXT, ends TEXT,"
        " source TEXT NOT NULL, PRIMARY KEY(commitment, source, position))",
        "deliberations(commitment TEXT NOT NULL, date TEXT NOT NULL, label TEXT NOT NULL, url TEXT,"
        " source TEXT NOT NULL, PRIMARY KEY(commitment, date, label))",
        "milestones(commitment TEXT NOT NULL, date TEXT NOT NULL, kind TEXT NOT NULL, summary TEXT NOT NULL,"
        " source_url TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY(commitment, date, summary))",
        "facts(id TEXT PRIMARY KEY, position INTEGER NOT NULL, answer TEXT NOT NULL, number INTEGER, total TEXT, "
        "about TEXT, pages TEXT NOT NULL)",
        "emergency_numbers(number TEXT PRIMARY KEY, position INTEGER NOT NULL, who TEXT NOT NULL)",
        "glossary(term TEXT PRIMARY KEY, meaning TEXT NOT NULL)",
        "tags(kind TEXT NOT NULL, name TEXT NOT NULL, aliases TEXT NOT NULL, commitments TEXT NOT NULL,"
        " PRIMARY KEY(kind, name))",
        "samples(about TEXT NOT NULL, text TEXT NOT NULL, near TEXT NOT NULL, is_word INTEGER NOT NULL,"
        " source TEXT NOT NULL, PRIMARY KEY(about, text))",
        "misses(day TEXT NOT NULL, kind TEXT NOT NULL, commitment TEXT NOT NULL, count INTEGER NOT NULL,"
        " PRIMARY KEY(day, kind, commitment))",
    ):
        db.execute(f"CREATE TABLE {table} STRICT")


@steps()
def record_changes(db: Database) -> None:
    """Every change of what is told of a commitment, in the order recorded; nothing here is ever edited."""
    db.execute(
        "CREATE TABLE changes(id INTEGER PRIMARY KEY AUTOINCREMENT, commitment TEXT NOT NULL, field TEXT NOT NULL,"
        " subject TEXT NOT NULL, old TEXT, new TEXT, source TEXT NOT NULL, role TEXT, evidence TEXT,"
        " event_date TEXT, url TEXT, recorded_at TEXT NOT NULL, undoes INTEGER UNIQUE REFERENCES changes(id)) STRICT"
    )
    db.execute("CREATE INDEX changes_by_commitment ON changes(commitment, subject, id)")
    db.execute("CREATE INDEX changes_by_time ON changes(recorded_at)")
    # What the report says of the status, beside what staff say since.
    db.execute("ALTER TABLE commitments ADD COLUMN report_status TEXT")
    db.execute("ALTER TABLE commitments ADD COLUMN report_evidence TEXT")
    # The due dates that hold: staff's once they have moved them, else the report's, which are kept beside.
    db.execute(
        "CREATE VIEW due_in_force AS SELECT * FROM due_dates d WHERE d.source != 'report' OR NOT EXISTS"
        " (SELECT 1 FROM due_dates s WHERE s.commitment = d.commitment AND s.source != 'report')"
    )


@steps()
def name_authors(db: Database) -> None:
    """Beside the role, the number of the member of staff and where it was done."""
    db.execute("ALTER TABLE changes ADD COLUMN member INTEGER")
    db.execute("ALTER TABLE changes ADD COLUMN via TEXT")


@steps()
def seal_history(db: Database) -> None:
    """The append-only history, and its head; what was recorded before is sealed as it stands."""
    db.execute(
        "CREATE TABLE history(seq INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, commitment TEXT,"
        " change INTEGER, member INTEGER, role TEXT, via TEXT, content TEXT NOT NULL, seal BLOB NOT NULL) STRICT"
    )
    db.execute(
        "CREATE TABLE history_head(only INTEGER PRIMARY KEY CHECK(only = 1), count INTEGER NOT NULL,"
        " seal BLOB NOT NULL, head_seal BLOB NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX history_by_commitment ON history(commitment, seq)")
    # Against a slip of ours; against anybody else there are the seals.
    for act in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER history_stays_{act.lower()} BEFORE {act} ON history"
            " BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END"
        )
    adopt(db)


@steps()
def keep_imports(db: Database) -> None:
    """Change files: what they ask, what was decided, and the changes they made. Notes are undone from here."""
    db.execute(
        "CREATE TABLE imports(id INTEGER PRIMARY KEY AUTOINCREMENT, state TEXT NOT NULL, sha256 TEXT NOT NULL,"
        " file_name TEXT NOT NULL, lines TEXT NOT NULL, source TEXT NOT NULL,"
        " made_at TEXT NOT NULL, made_member INTEGER, made_role TEXT, made_via TEXT NOT NULL,"
        " decided_at TEXT, decided_member INTEGER, decided_role TEXT, decided_via TEXT,"
        " reason TEXT, notes TEXT) STRICT"
    )
    db.execute("CREATE INDEX imports_by_state ON imports(state)")
    db.execute(
        "CREATE TABLE import_changes(change INTEGER PRIMARY KEY REFERENCES changes(id),"
        " import INTEGER NOT NULL REFERENCES imports(id)) STRICT"
    )
    db.execute("CREATE INDEX changes_by_import ON import_changes(import)")


@steps()
def keep_questions(db: Database) -> None:
    """What was asked, counted; and the words of those who let them be kept: a day, no person. ``settled`` names the
    group by its oldest question."""
    db.execute(
        "CREATE TABLE asked(day TEXT NOT NULL, outcome TEXT NOT NULL, count INTEGER NOT NULL,"
        " PRIMARY KEY(day, outcome)) STRICT"
    )
    db.execute(
        "CREATE TABLE kept_questions(id INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, kind TEXT NOT NULL,"
        " text TEXT NOT NULL, settled INTEGER) STRICT"
    )
