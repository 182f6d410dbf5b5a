"""The shape of a table in a file: where its head stands, what is a total or a footer, and months
that stand side by side instead of one below the other."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from kam.lib.data.folding import folded
from kam.lib.tabular.days import DateEvidence, DateStyle, parse_day
from kam.lib.tabular.workbook import Cell, Unsaved

Line = tuple[int, list[Cell]]
Rows = Callable[[], Iterator[Line]]
# So many rows are looked at to find the head, and it stands in one of the first of them.
LOOKED_AT, DEEPEST = 60, 30
MONTHS_SIDE_BY_SIDE = 3
TOTAL = re.compile(
    r"(grand total|sub ?total|totals?|total general|gran total|totales|suma total|suma|"
    r"gesamtsumme|gesamt|summe|total geral)( general)?\s*(:|\(.*\)|[\d.,\s$€£]*)?"
)
FOOTER = re.compile(
    r"(copyright|©|\(c\) |confidential|confidencial|generated (by|on)|generado (por|el)|"
    r"filtered by|filtrado por|as of |exported (by|on)|exportado |page \d|pagina \d|source:|fuente:)"
)


def head_line(rows: Rows) -> int:
    """The line of the head: the first row, or the first row of words that is as wide as the table
    below a title, notes or the settings of a report. 0 where there is no row."""
    first = list(islice(rows(), LOOKED_AT))
    if not first:
        return 0
    wide = _usual_width([cells for _line, cells in first])
    if _filled(first[0][1]) >= max(2, 0.6 * wide) or wide < 2:
        return first[0][0]
    for line, cells in first[:DEEPEST]:
        if _filled(cells) >= max(2, 0.6 * wide) and all(
            _is_word(cell) for cell in cells if cell != ""
        ):
            return line
    return first[0][0]


def _usual_width(rows: Sequence[Sequence[Cell]]) -> int:
    """How many cells most of the rows with more than one have."""
    counted = Counter(filled for cells in rows if (filled := _filled(cells)) > 1)
    if not counted:
        return 1
    most = max(counted.values())
    return max(width for width, times in counted.items() if times == most)


def _filled(cells: Sequence[Cell]) -> int:
    return sum(1 for cell in cells if cell != "")


def _is_word(cell: Cell) -> bool:
    return isinstance(cell, str) and not isinstance(cell, Unsaved) and any(map(str.isalpha, cell))


# --- Totals and footers ---


def is_total(cells: Sequence[Cell]) -> bool:
    """A row that sums others up: such a word first, and not as full as a record.

    A company called Total fills its row like any other.
    """
    return _says_total(cells) and _filled(cells) < max(2, 0.75 * len(cells))


def _says_total(cells: Sequence[Cell]) -> bool:
    words = next((cell for cell in cells if cell != ""), "")
    return isinstance(words, str) and bool(TOTAL.fullmatch(folded(words).strip()))


def footer_lines(rows: Rows, head: int) -> frozenset[int]:
    """Lines of single cells at the end: below a total or a gap, or worded like a footer; and the
    total that ends a table of two columns, where every row is as full as it."""
    tail: list[tuple[int, bool]] = []
    last, after_total, wide = head, False, 0
    for line, cells in rows():
        if line <= head:
            wide = len(cells)
        elif wide < 3:
            tail = [(line, _says_total(cells) or _is_footer(cells[0]))]
        elif _filled(cells) > 1:
            tail, after_total = [], is_total(cells)
        else:
            words = next((cell for cell in cells if cell != ""), "")
            is_one = after_total or line > last + 1 or _is_footer(words)
            is_one = is_one or any(was_one for _line, was_one in tail)
            tail = [*tail, (line, is_one)]
        last = line
    return frozenset(line for line, is_one in tail if is_one)


def _is_footer(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(FOOTER.match(folded(cell).strip()))


# --- Months side by side ---


def month_columns(head: Sequence[Cell]) -> dict[int, datetime]:
    """The columns whose heads are months of a year, where several stand side by side.

    "ene-26", "feb-26" are months of a year when read so they follow one another; "31 mar", "30 jun"
    are days.
    """
    evidence = DateEvidence()
    for cell in head:
        if isinstance(cell, str) and cell:
            evidence.add(cell)
    style = evidence.style("day")
    found = _months_in(head, replace(style, has_short_years=True))
    months = list(found.values())
    if months not in (sorted(months), sorted(months, reverse=True)):
        found = _months_in(head, replace(style, has_short_years=False))
    return found if len(found) >= MONTHS_SIDE_BY_SIDE else {}


def _months_in(head: Sequence[Cell], style: DateStyle) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    for place, cell in enumerate(head):
        try:
            month = cell if isinstance(cell, datetime) else parse_day(str(cell).strip(), style)
        except ValueError:
            continue
        if month.day == 1:
            found[place] = month
    return found


def one_below_the_other(rows: Rows, head: int, months: dict[int, datetime]) -> Rows:
    """The same table with a row for each filled month: what stood beside them, month, amount."""

    def unfolded() -> Iterator[Line]:
        for line, cells in rows():
            beside = [cell for place, cell in enumerate(cells) if place not in months]
            if line <= head:
                yield line, [*beside, *_free_names(beside)]
                continue
            if _says_total(cells):
                yield line, cells[:1]
                continue
            for place, month in months.items():
                if place < len(cells) and cells[place] != "":
                    yield line, [*beside, month, cells[place]]

    return unfolded


def _free_names(beside: Sequence[Cell]) -> list[str]:
    """Heads of the two new columns that no other column has."""
    taken = {folded(str(cell)) for cell in beside}
    return [
        next(
            name
            for name in (word, f"{word} (cell)", f"{word} (cells)")
            if folded(name) not in taken
        )
        for word in ("Month", "Amount")
    ]
