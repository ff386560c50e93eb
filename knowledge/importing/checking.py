"""Every rule that the lines of a change file must keep; what keeps them becomes wishes, one a commitment."""

from collections.abc import Mapping
from datetime import date

from knowledge.exchange.columns import CLEAR, DUE, VOTE, Clear, Column
from knowledge.exchange.dates import ends_before, has_begun, in_words, is_date, period_in_words
from knowledge.importing.cells import LONGEST, is_address, status_of
from knowledge.importing.faults import Code, Faults
from knowledge.importing.sheets import Row, Sheet
from knowledge.importing.wishes import Wish
from knowledge.models import Commitment, Deliberation, DueDate, Status


def check(sheet: Sheet, commitments: Mapping[str, Commitment], today: date, faults: Faults) -> tuple[Wish, ...]:
    """What the lines ask, in the order of the file; every fault is noted.

    Args:
        commitments: As they stand, by id.
        today: The local day: what has happened cannot be dated after it.
    """
    checker = _Checker(commitments, today, faults)
    for row in sheet.rows:
        checker.read(row)
    wishes = tuple(checker.wishes.values())
    for wish in wishes:
        checker.look_for_source(wish)
    return wishes


class _Checker:
    def __init__(self, commitments: Mapping[str, Commitment], today: date, faults: Faults) -> None:
        self._commitments = commitments
        self._today = today
        self._faults = faults
        self._with_bad_source: set[str] = set()
        self.wishes: dict[str, Wish] = {}

    def read(self, row: Row) -> None:
        """One line."""
        fine = self._well_formed(row)
        commitment = row.cells.get(Column.ID)
        if not isinstance(commitment, str):
            self._faults.add(Code.NO_ID, row.number, Column.ID)
        elif commitment not in self._commitments:
            self._faults.add(Code.UNKNOWN_ID, row.number, Column.ID, commitment)
        else:
            wish = self.wishes.setdefault(commitment, Wish(commitment=commitment))
            self._read_status(row, wish, fine)
            self._read_vote(row, wish, fine)
            self._read_due(row, wish, fine)
            if Column.NOTE in fine:
                self._once(wish, row, Column.NOTE, row.cells[Column.NOTE])

    def _well_formed(self, row: Row) -> set[Column]:
        """The columns whose cell is right by itself."""
        return {column for column, cell in row.cells.items() if self._cell(row.number, column, cell)}

    def _cell(self, number: int, column: Column, cell: str | Clear) -> bool:
        if isinstance(cell, Clear):
            return True
        code, limit = _fault(column, cell), LONGEST.get(column)
        if code is None and column in _PAST and not has_begun(cell, self._today):
            code = Code.IN_THE_FUTURE
        if code is None and limit is not None and len(cell) > limit:
            code = Code.TOO_LONG
        if code is not None:
            self._faults.add(code, number, column, cell, limit=limit)
        return code is None

    def _read_status(self, row: Row, wish: Wish, fine: set[Column]) -> None:
        if Column.STATUS in fine:
            cell = row.cells[Column.STATUS]
            self._once(wish, row, Column.STATUS, CLEAR if isinstance(cell, Clear) else status_of(cell))
        if Column.STATUS_DATE in fine:
            self._once(wish, row, Column.STATUS_DATE, row.cells[Column.STATUS_DATE])
        if Column.SOURCE_URL in row.cells.keys() - fine:
            self._with_bad_source.add(wish.commitment)
        elif Column.SOURCE_URL in fine and _is_of_the_status(row):
            self._once(wish, row, Column.SOURCE_URL, row.cells[Column.SOURCE_URL])

    def _once(self, wish: Wish, row: Row, column: Column, value: Status | str | Clear | None) -> None:
        """Note what a commitment has one of; another value on another line is a fault."""
        if getattr(wish, column) is None:
            setattr(wish, column, value)
            wish.numbers[column] = row.number
        elif getattr(wish, column) != value:
            self._conflict(row, column, wish.numbers[column])

    def _conflict(self, row: Row, column: Column, other: int) -> None:
        cell = row.cells.get(column)
        shown = cell.value if isinstance(cell, Clear) else cell
        self._faults.add(Code.CONFLICT, row.number, column, shown, other=other)

    def _parts(self, row: Row, columns: tuple[Column, ...], fine: set[Column]) -> dict[Column, str] | Clear | None:
        """The cells of a vote or a due date; None when there are none, or none that are right."""
        filled = [column for column in columns if column in row.cells]
        cleared = [column for column in filled if row.cells[column] is CLEAR]
        if cleared and len(cleared) < len(filled):
            self._faults.add(Code.HALF_CLEARED, row.number, cleared[0], CLEAR.value)
            return None
        if not filled or not fine.issuperset(filled):
            return None
        if cleared:
            return CLEAR
        return {column: cell for column in filled if isinstance(cell := row.cells[column], str)}

    def _read_vote(self, row: Row, wish: Wish, fine: set[Column]) -> None:
        parts = self._parts(row, VOTE, fine)
        if isinstance(parts, Clear):
            wish.clear_votes = True
            wish.numbers.setdefault(Column.DELIBERATION_DATE, row.number)
        elif parts is not None:
            day = parts.get(Column.DELIBERATION_DATE)
            if day is None:
                self._faults.add(Code.DATE_MISSING, row.number, Column.DELIBERATION_DATE)
                return
            label = parts.get(Column.DELIBERATION_LABEL) or self._label(wish.commitment, day)
            url = parts.get(Column.DELIBERATION_URL) or _own_source(row)
            self._add_vote(wish, row, Deliberation(date=day, label=label, url=url))

    def _label(self, commitment: str, day: str) -> str:
        """What a vote is called when the file does not say: as the one of that date is, or its date in words."""
        votes = (vote.label for vote in self._commitments[commitment].deliberations if vote.date == day)
        return next(votes, in_words(day))

    def _add_vote(self, wish: Wish, row: Row, vote: Deliberation) -> None:
        number, known = wish.votes.setdefault((vote.date, vote.label), (row.number, vote))
        if known.url is None:
            wish.votes[vote.date, vote.label] = row.number, vote
        elif vote.url not in (None, known.url):
            self._conflict(row, Column.DELIBERATION_URL, number)

    def _read_due(self, row: Row, wish: Wish, fine: set[Column]) -> None:
        parts = self._parts(row, DUE, fine)
        if parts is None:
            return
        first = wish.numbers.setdefault(Column.DUE_LABEL, row.number)
        if isinstance(parts, Clear) != isinstance(wish.due, Clear) and wish.due is not None:
            self._conflict(row, next(column for column in DUE if column in row.cells), first)
        elif isinstance(parts, Clear):
            wish.due = CLEAR
        elif (due := self._due(row, parts)) is not None:
            known = wish.due if isinstance(wish.due, list) else []
            wish.due = known if due in known else [*known, due]
            url = row.cells.get(Column.SOURCE_URL)
            wish.due_url = wish.due_url or (url if isinstance(url, str) and Column.SOURCE_URL in fine else None)

    def _due(self, row: Row, parts: Mapping[Column, str]) -> DueDate | None:
        start, end = parts.get(Column.DUE_FROM), parts.get(Column.DUE_TO)
        if start and end and ends_before(end, start):
            self._faults.add(Code.ENDS_BEFORE_START, row.number, Column.DUE_TO, end)
            return None
        return DueDate(label=parts.get(Column.DUE_LABEL) or period_in_words(start, end), starts=start, ends=end)

    def look_for_source(self, wish: Wish) -> None:
        """What is said to be done needs the page that shows it, unless the base says so already."""
        commitment = self._commitments[wish.commitment]
        status = commitment.status if wish.status is None else wish.status
        has_source = isinstance(wish.source_url, str) or wish.commitment in self._with_bad_source
        if status is not Status.REALISE or has_source:
            return
        if commitment.status is not Status.REALISE or (wish.source_url is CLEAR and commitment.status_url):
            number = wish.numbers.get(Column.STATUS) or wish.numbers[Column.SOURCE_URL]
            self._faults.add(Code.SOURCE_MISSING, number, Column.SOURCE_URL)


_DATES = (Column.STATUS_DATE, Column.DELIBERATION_DATE, Column.DUE_FROM, Column.DUE_TO)
_PAST = (Column.STATUS_DATE, Column.DELIBERATION_DATE)
_ADDRESSES = (Column.SOURCE_URL, Column.DELIBERATION_URL)


def _fault(column: Column, cell: str) -> Code | None:
    if column is Column.STATUS and status_of(cell) is None:
        return Code.NOT_A_STATUS
    if column in _DATES and not is_date(cell):
        return Code.NOT_A_DATE
    if column in _ADDRESSES and not is_address(cell):
        return Code.NOT_AN_ADDRESS
    return None


def _is_of_the_status(row: Row) -> bool:
    """A source stands for all that its line says; for the status too, unless the line says only something else."""
    return bool({Column.STATUS, Column.STATUS_DATE} & row.cells.keys()) or not {*VOTE, *DUE} & row.cells.keys()


def _own_source(row: Row) -> str | None:
    """The source of a line that says nothing but a vote."""
    others = {Column.STATUS, Column.STATUS_DATE, *DUE} & row.cells.keys()
    source = row.cells.get(Column.SOURCE_URL)
    return source if isinstance(source, str) and not others and is_address(source) else None
