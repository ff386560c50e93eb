"""``python -m knowledge samples --output DIR`` and ``learn``: what staff taught, as data files and in the index."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from knowledge.environment import Places, variables
from knowledge.errors import UnwritableFolderError
from knowledge.index import learn_index
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
    samples.set_defaults(run=_write_samples)
    learning = commands.add_parser("learn", help="learn the index with what staff taught; the bot does it each night")
    learning.set_defaults(run=_learn)


def _write_samples(options: argparse.Namespace) -> int:
    write_samples(Places.from_env(variables()), options.output)
    return DONE


def _learn(options: argparse.Namespace) -> int:
    learn(Places.from_env(variables()))
    return DONE


def write_samples(places: Places, folder: Path, say: Callable[[str], object] = print) -> None:
    """Write the data files with what staff taught added, into a folder, and say which.

    Raises:
        UnwritableFolderError: The folder cannot be made or written.
        DatabaseError: There is no base, or it cannot be read.
    """
    database = places.open()
    try:
        lessons = tuple(reversed(Teaching(database).lessons()))
    finally:
        database.close()
    try:
        written = write_files(lessons, folder)
    except OSError as error:
        raise UnwritableFolderError(folder, error.strerror or type(error).__name__) from error
    for path in written:
        say(str(path))
    if not written:
        say("nothing to write: the data files hold all that staff taught")


def learn(places: Places, say: Callable[[str], object] = print) -> None:
    """Learn the index of all samples, those of staff included, unless it is there; gives way to everything else."""
    os.nice(_LOWEST_PRIORITY)
    database = places.open()
    try:
        samples = load_samples(database)
    finally:
        database.close()
    learned = learn_index(places.database.parent / "index", samples, lambda line: print(line, file=sys.stderr))
    say("the index is learned" if learned else "the index is there already")
