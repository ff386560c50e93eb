"""Cells that a spreadsheet would run as a formula: escaped on the way out, and exactly that undone on the way in."""

import re

# An apostrophe before such a cell belongs to it: it is escaped too, or it would be lost on the way in.
_RUNS = re.compile(r"'*[=+\-@\t\r]")


def escape(cell: str) -> str:
    """The cell with an apostrophe before it, when a spreadsheet would run it."""
    return f"'{cell}" if _RUNS.match(cell) else cell


def unescape(cell: str) -> str:
    """What ``escape`` was given."""
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell) else cell
