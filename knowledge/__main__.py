"""The commands on the knowledge base: ``python -m knowledge check``, ``import``, ``publish`` and others."""

import argparse
import os
import sys
from typing import NoReturn

from knowledge.commands import calibrating, checking, exporting, importing, past, publishing, teaching
from knowledge.errors import KnowledgeError, SettingError

DONE, FAILED, WRONG_CALL = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line, as every wrong call gets."""
        self.exit(WRONG_CALL, f"{self.prog}: {message} (see --help)\n")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
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
    parser = _Parser(prog="python -m knowledge", description="Check, exchange and follow the knowledge base.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    for command in (checking, past, exporting, importing, publishing, calibrating, teaching):
        command.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
