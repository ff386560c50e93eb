"""The commands on the knowledge base: ``python -m knowledge check``, ``history``, ``publish`` and others."""

import argparse
import os
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn

from knowledge import datafiles
from knowledge.checking import as_adopted, check
from knowledge.environment import Places, variables
from knowledge.errors import DataFault, KnowledgeError, SettingError, UnknownCommitmentError
from knowledge.history import commands
from knowledge.site import command as publishing
from knowledge.tracing import trace

DONE, FAILED, WRONG_CALL = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line, as every wrong call gets."""
        self.exit(WRONG_CALL, f"{self.prog}: {message} (see --help)\n")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit code."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "check":
            return _check(options.data, options.source)
        if options.command == "history":
            return _history(options.id, options.at)
        if options.command == "verify":
            return DONE if commands.is_sound(_places()) else FAILED
        if options.command == "publish":
            publishing.run(options, variables(), datetime.now(UTC))
            return DONE
        return _calibrate()
    except SettingError as error:
        print(error, file=sys.stderr)
        return WRONG_CALL
    except KnowledgeError as error:
        print(error, file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # Whoever read the lines has had enough; nothing more may be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m knowledge", description="Check the knowledge base and its history.")
    adding = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    checking = adding.add_parser("check", help="every rule the data must keep; one line per fault")
    checking.add_argument(
        "--source", type=Path, metavar="FILE", help="the report's text: check every wording against it"
    )
    checking.add_argument("--data", type=Path, metavar="DIR", default=datafiles.DATA, help="another data folder")
    adding.add_parser("calibrate", help="learn again when to answer, ask back or refuse")
    history = adding.add_parser("history", help="every change, or with --at the state on a day")
    history.add_argument("id", nargs="?", metavar="ID", help="of one commitment, such as p07; else of all")
    history.add_argument("--at", type=_day, metavar="DATE", help="the state at the end of that day, such as 2026-11-30")
    publishing.add_arguments(adding.add_parser("publish", help="the static site, feeds, calendars and open data"))
    adding.add_parser("verify", help="find any silent edit of the history, or of what it says is in force")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date such as 2026-11-30") from None


def _places() -> Places:
    return Places.from_env(variables())


def _history(commitment: str | None, at: date | None) -> int:
    try:
        commands.show(_places(), commitment, at)
    except UnknownCommitmentError as error:
        print(f"there is no commitment {error.commitment_id}; ids are such as p07 or a1-01", file=sys.stderr)
        return WRONG_CALL
    return DONE


def _check(folder: Path, source: Path | None) -> int:
    files = datafiles.read(folder)
    faults = [*check(files), *as_adopted(files)]
    if source is not None:
        try:
            faults += trace(files, source.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            faults.append(DataFault(str(source), f"cannot be read: {error}"))
    for fault in faults:
        print(fault)
    if not faults:
        print("ok: every rule is kept")
    return FAILED if faults else DONE


def _calibrate() -> int:
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
    return DONE


if __name__ == "__main__":
    sys.exit(main())
