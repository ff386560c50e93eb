"""``python -m knowledge import FILE [--apply]``."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from knowledge.authors import OPERATOR
from knowledge.commands import differences, faults
from knowledge.database import Database
from knowledge.environment import Places, variables
from knowledge.importing.imports import Imports
from knowledge.importing.proposals import Outcome, Proposal
from knowledge.importing.records import State
from knowledge.loading import prepare

DONE, FAILED, WAITING = 0, 1, 3


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """Declare the command."""
    parser = commands.add_parser("import", help="show what a change file would change, line by line")
    parser.add_argument("file", type=Path, metavar="FILE", help="a CSV (UTF-8), or the JSON of export")
    parser.add_argument("--apply", action="store_true", help="write it; else nothing is written")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    try:
        content = options.file.read_bytes()
    except OSError as error:
        print(f"{options.file}: cannot be read: {error.strerror}", file=sys.stderr)
        return FAILED
    places, now = Places.from_env(variables()), datetime.now(UTC)
    database = Database(places.database, places.key_file)
    try:
        prepare(database, now)
        imports = Imports(database, places.timezone)
        proposal = imports.propose(content, options.file.name, now)
        return _apply(imports, proposal, now) if options.apply and not proposal.faults else _show(proposal)
    finally:
        database.close()


def _show(proposal: Proposal) -> int:
    for fault in proposal.faults:
        print(faults.line_of(fault), file=sys.stderr)
    if proposal.sheet is None:
        return FAILED
    for difference in proposal.differences:
        print(differences.line_of(difference, proposal.sheet.unit))
    if not proposal.differences:
        print("nothing to change")
        return DONE
    if proposal.reasons:
        print(f"needs a second person: {'; '.join(map(differences.why, proposal.reasons))}")
    print(f"{_counted(len(proposal.differences))}; nothing written; add --apply")
    return DONE


def _apply(imports: Imports, proposal: Proposal, now: datetime) -> int:
    if not proposal.differences:
        print("nothing to change")
        return DONE
    outcome = imports.submit(proposal, OPERATOR, now)
    _show_outcome(proposal, outcome)
    return WAITING if outcome.state is State.PENDING else DONE


def _show_outcome(proposal: Proposal, outcome: Outcome) -> None:
    if proposal.sheet is not None:
        for difference in outcome.differences:
            print(differences.line_of(difference, proposal.sheet.unit))
    if outcome.state is State.PENDING:
        reasons = "; ".join(map(differences.why, outcome.reasons))
        print(f"nothing written: import {outcome.number} waits for a second person: {reasons}")
    else:
        print(f"import {outcome.number} applied: {_counted(len(outcome.differences))}")


def _counted(count: int) -> str:
    return f"{count} change{'s' if count != 1 else ''}"
