"""``python -m knowledge check [--source FILE] [--data DIR]``."""

import argparse
from pathlib import Path
from typing import Any

from knowledge import datafiles
from knowledge.checking import as_adopted, check
from knowledge.errors import DataFault
from knowledge.tracing import trace

DONE, FAILED = 0, 1


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """Declare the command."""
    parser = commands.add_parser("check", help="every rule the data must keep; one line per fault")
    parser.add_argument("--source", type=Path, metavar="FILE", help="the report's text: check every wording against it")
    parser.add_argument("--data", type=Path, metavar="DIR", default=datafiles.DATA, help="another data folder")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    files = datafiles.read(options.data)
    faults = [*check(files), *as_adopted(files)]
    if options.source is not None:
        try:
            faults += trace(files, options.source.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            faults.append(DataFault(str(options.source), f"cannot be read: {error}"))
    for fault in faults:
        print(fault)
    if not faults:
        print("ok: every rule is kept")
    return FAILED if faults else DONE
