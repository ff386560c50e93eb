"""``python -m knowledge samples --output DIR`` and ``learn``: what staff taught, as data files and in the index."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from knowledge.environment import Places, variables
from knowledge.index import learn_index
from knowledge.questions.errors import UnwritableFolderError
from knowledge.questions.files import write_files
from knowledge.questions.teaching import Teaching
from knowledge.store import load_samples

DONE = 0
# Whoever asks the running bot comes first.
_LOWEST_PRIORITY = 19


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """Declare the commands."""
    samples = commands.add_parser("samples", help="the data files with what staff taught, to read over and commit")
    samples.add_argument("--output", type=Path, metavar="DIR", required=True, help="where they are written")
    samples.set_defaults(run=_samples)
    learning = commands.add_parser("learn", help="learn the index with what staff taught; the bot does it each night")
    learning.set_defaults(run=_learn)


def _samples(options: argparse.Namespace) -> int:
    """Write each data file that what staff taught would change, and say which."""
    database = Places.from_env(variables()).open()
    try:
        with database.guarded():
            lessons = tuple(reversed(Teaching(database).lessons()))
    finally:
        database.close()
    try:
        written = write_files(lessons, options.output)
    except OSError as error:
        raise UnwritableFolderError(options.output, error.strerror or type(error).__name__) from error
    print("\n".join(map(str, written)) or "nothing to write: the data files hold all that staff taught")
    return DONE


def _learn(options: argparse.Namespace) -> int:
    """Learn the index of all samples unless it is there, giving way to everything else."""
    os.nice(_LOWEST_PRIORITY)
    places = Places.from_env(variables())
    database = places.open()
    try:
        samples = load_samples(database)
    finally:
        database.close()
    learned = learn_index(places.database.parent / "index", samples, lambda line: print(line, file=sys.stderr))
    print("the index is learned" if learned else "the index is there already")
    return DONE
