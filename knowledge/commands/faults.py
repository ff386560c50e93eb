"""Each fault of a change file in a line of English, for operators."""

from knowledge.importing.faults import Code, Fault, Unit

_SHOWN = 60

_SENTENCES = {
    Code.EMPTY: "the file is empty",
    Code.TOO_BIG: "the file is bigger than {limit} bytes",
    Code.NOT_UTF8: "not UTF-8; save the file again as « CSV UTF-8 »",
    Code.NOT_TEXT: "neither a CSV nor a JSON, but something else (a spreadsheet, a picture?); save it as CSV, UTF-8",
    Code.NOT_CSV: "not a CSV from here on: a quotation mark that opens and does not close, or stands in a word",
    Code.NOT_JSON: "not a JSON document",
    Code.NOT_AN_EXPORT: "a JSON, but not one of `export`: it has no list of commitments",
    Code.TOO_MANY_LINES: "more than {limit} lines",
    Code.NO_ID_COLUMN: "no column id; the first line must name the columns, separated by commas or semicolons",
    Code.UNKNOWN_COLUMN: "unknown column",
    Code.COLUMN_TWICE: "the column stands twice",
    Code.TOO_MANY_CELLS: "more cells than the header has columns ({limit})",
    Code.NO_ID: "no id",
    Code.UNKNOWN_ID: "no commitment {value}",
    Code.UNKNOWN_RESULT: "no commitment has this id or this title: {value}",
    Code.NOT_A_TEXT: "not of the form that `export` writes",
    Code.NOT_A_STATUS: "{value} is no status; a_ouvrir, en_cours or realise",
    Code.NOT_A_DATE: "{value} is no date; 2026, 2026-11 or 2026-11-30",
    Code.IN_THE_FUTURE: "{value} is in the future",
    Code.NOT_AN_ADDRESS: "{value} is no address; it begins with http:// or https://",
    Code.TOO_LONG: "longer than {limit} characters",
    Code.SOURCE_MISSING: "realise needs the address of a page that shows it",
    Code.DATE_MISSING: "a deliberation needs its date",
    Code.ENDS_BEFORE_START: "ends before it starts ({value})",
    Code.HALF_CLEARED: "« - » beside other cells of the same deliberation or due date: clear all of it, or none",
    Code.CONFLICT: "says otherwise than {place}",
}


def line_of(fault: Fault) -> str:
    """Where, then what: ``line 3, column status: …``."""
    value = repr(fault.value if len(fault.value or "") <= _SHOWN else f"{(fault.value or '')[:_SHOWN]}…")
    place = "another cell of its line" if fault.other == fault.number else f"{fault.unit} {fault.other}"
    said = _SENTENCES[fault.code].format(value=value, limit=fault.limit, place=place)
    where = [f"{fault.unit} {fault.number}"] if fault.number is not None else []
    if fault.column is not None:
        name = fault.column if fault.column.isprintable() else repr(fault.column)
        where.append(f"{'column' if fault.unit is Unit.LINE else 'key'} {name or '(without a name)'}")
    return f"{', '.join(where)}: {said}" if where else said
