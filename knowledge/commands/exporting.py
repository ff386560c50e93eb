"""``python -m knowledge export --format json|csv [--layout changes|decidim] [--output FILE]``."""

import argparse
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from knowledge.catalogue import Catalogue
from knowledge.database import Database
from knowledge.environment import Places, variables
from knowledge.exporting.documents import as_json
from knowledge.exporting.tables import as_change_file, as_decidim
from knowledge.loading import prepare
from knowledge.store import load_catalogue

DONE, FAILED = 0, 1
_LAYOUTS = {"changes": as_change_file, "decidim": as_decidim}


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """Declare the command."""
    parser = commands.add_parser("export", help="the knowledge base as open data, current state")
    parser.add_argument("--format", choices=["json", "csv"], required=True)
    parser.add_argument("--layout", choices=list(_LAYOUTS), help="of the CSV: changes (the default) or Decidim's")
    parser.add_argument("--output", type=Path, metavar="FILE", help="instead of standard output; written whole")
    parser.set_defaults(run=_run, parser=parser)


def _run(options: argparse.Namespace) -> int:
    if options.format == "json" and options.layout:
        options.parser.error("argument --layout: only with --format csv")
    places = Places.from_env(variables())
    database = Database(places.database, places.key_file)
    try:
        prepare(database, datetime.now(UTC))
        content = _exported(load_catalogue(database), options.format, options.layout).encode()
    finally:
        database.close()
    if options.output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return DONE
    return _write(options.output, content)


def _exported(catalogue: Catalogue, form: str, layout: str | None) -> str:
    return as_json(catalogue) if form == "json" else _LAYOUTS[layout or "changes"](catalogue)


def _write(path: Path, content: bytes) -> int:
    """Whole or not at all: beside its place first, then moved there."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as beside:
            try:
                beside.write(content)
                beside.flush()
                os.fsync(beside.fileno())
                Path(beside.name).chmod(0o644)
                Path(beside.name).replace(path)
            except OSError:
                Path(beside.name).unlink()
                raise
    except OSError as error:
        print(f"{path}: cannot be written: {error.strerror}", file=sys.stderr)
        return FAILED
    return DONE
