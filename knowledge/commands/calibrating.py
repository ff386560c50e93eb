"""``python -m knowledge calibrate``."""

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """Declare the command."""
    parser = commands.add_parser("calibrate", help="learn again when to answer, ask back or refuse")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    # Only here: the other commands must not wait for the libraries that learn.
    from knowledge.database import Database
    from knowledge.index import open_index
    from knowledge.loading import prepare
    from knowledge.matching.calibrating import calibrate, read_questions
    from knowledge.store import load_samples

    with tempfile.TemporaryDirectory() as name:
        database = Database(Path(name) / "calibrate.db")
        prepare(database, datetime.now(UTC))
        model = open_index(Path("var/index"), load_samples(database), lambda line: print(line, file=sys.stderr))
        database.close()
    calibration, report = calibrate(model, read_questions())
    calibration.save()
    print("\n".join(report))
    return 0
