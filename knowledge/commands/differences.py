"""Each difference of a change file, and what asks for a second person, in a line of English for operators."""

import json

from knowledge.importing.comparing import Difference, Source, Value, What
from knowledge.importing.faults import Unit
from knowledge.importing.gate import Reason, Why
from knowledge.models import Deliberation, DueDate

_SHOWN = 200


def line_of(this: Difference, unit: Unit) -> str:
    """``line 2, p07: status unknown -> en_cours (2026-10, https://…)``."""
    where = f"{unit} {this.number}, {this.commitment}"
    said = ", ".join(part for part in (this.date, this.url) if part) if this.what in (What.STATUS, What.DUE) else ""
    return f"{where}: {this.what} {_value(this.what, this.old)} -> {_value(this.what, this.new)}{said and f' ({said})'}"


def why(reason: Reason) -> str:
    """Why a second person is needed."""
    match reason.why:
        case Why.MANY:
            return f"{reason.count} of {reason.known} known statuses change"
        case Why.BACKWARDS:
            return f"{', '.join(reason.commitments)} would go backwards"
        case Why.DONE:
            return f"{reason.count} commitments become realise"


def _value(what: What, value: Value) -> str:
    match value:
        case None | ():
            return "unknown" if what is What.STATUS else "none"
        case Source(date=date, url=url):
            return " ".join(part for part in (date, url) if part) or "none"
        case Deliberation(date=date, label=label, url=url):
            return f"{date} {_quoted(label)}{(url and f' {url}') or ''}"
        case tuple():
            return "; ".join(_due(each) for each in value)
        case _ if what is What.NOTE:
            return _quoted(value)
        case _:
            return value


def _due(due: DueDate) -> str:
    return f"{_quoted(due.label)} [{due.starts or ''}..{due.ends or ''}]"


def _quoted(text: str) -> str:
    return json.dumps(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…", ensure_ascii=False)
