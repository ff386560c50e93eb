"""The commands on the knowledge base: ``python -m knowledge check``, ``calibrate``."""

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from knowledge import datafiles
from knowledge.checking import as_adopted, check
from knowledge.errors import DataFault, KnowledgeError
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
        return _calibrate()
    except KnowledgeError as error:
        print(error, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m knowledge", description="Check and calibrate the knowledge base.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    checking = commands.add_parser("check", help="every rule the data must keep; one line per fault")
    checking.add_argument(
        "--source", type=Path, metavar="FILE", help="the report's text: check every wording against it"
    )
    checking.add_argument("--data", type=Path, metavar="DIR", default=datafiles.DATA, help="another data folder")
    commands.add_parser("calibrate", help="learn again when to answer, ask back or refuse")
    return parser


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
