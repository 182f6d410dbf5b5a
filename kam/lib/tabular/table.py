"""One table out of a file: its columns, its rows, and the style of its numbers and dates."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path

from django.utils.translation import gettext as _

from kam.lib.tabular import shape, text, workbook
from kam.lib.tabular.encoding import LABELS, decide
from kam.lib.tabular.errors import Problem, TableError, shortened
from kam.lib.tabular.guard import locked
from kam.lib.tabular.limits import MAX_BYTES, MAX_COLUMNS, MAX_ROWS
from kam.lib.tabular.styles import Styles
from kam.lib.tabular.workbook import Cell

ZIP, OLE2 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")
Report = Callable[[Problem], None]


def ignore(problem: Problem) -> None:
    """Where nobody asks about single rows."""


@dataclass
class TableRow:
    line: int
    cells: list[Cell]


@dataclass
class Table:
    """An open file. `rows()` may be called again and again; nothing of it is kept in memory."""

    file: str
    columns: list[str]
    source: Callable[[], Iterator[tuple[int, list[Cell]]]] = field(repr=False)
    encoding: str = ""
    separator: str = ""
    sheets: Sequence[str] = ()
    sheet: str = ""
    # The line of the head; what stands above it is no part of the table.
    head: int = 1

    def __post_init__(self) -> None:
        self.styles = Styles(semicolons=self.separator == ";")
        self._known_footers: frozenset[int] | None = None

    @property
    def encoding_label(self) -> str:
        return LABELS.get(self.encoding, self.encoding)

    @property
    def doubled(self) -> list[str]:
        counted = Counter(name for name in self.columns if name)
        return [name for name, times in counted.items() if times > 1]

    def column(self, name: str) -> int:
        """Where a column stands; missing or there twice is a TableError."""
        places = [place for place, column in enumerate(self.columns) if column == name]
        if not places:
            raise TableError(
                _("The column is missing. There are: %(names)s.")
                % {"names": shortened(", ".join(filter(None, self.columns)))},
                file=self.file,
                column=name,
            )
        if len(places) > 1:
            raise TableError(
                _("The column is there %(times)s times. Rename or delete all but one.")
                % {"times": len(places)},
                file=self.file,
                column=name,
            )
        return places[0]

    def rows(self, report: Report = ignore) -> Iterator[TableRow]:
        """Rows as wide as the head; others, totals and footers go to `report` and are left out."""
        wide = len(self.columns)
        footers = self._footers()
        try:
            for number, (line, cells) in enumerate(self.source()):
                if number > MAX_ROWS:
                    raise TableError(
                        _("More than %(most)s rows. Split the file.") % {"most": MAX_ROWS},
                        line=line,
                    )
                while len(cells) > wide and cells[-1] == "":
                    cells.pop()
                if number and (line in footers or shape.is_total([*cells, *[""] * wide][:wide])):
                    report(self._no_record(line, cells, is_footer=line in footers))
                elif len(cells) == wide:
                    yield TableRow(line, cells)
                elif number:
                    report(self._ragged(line, cells))
        except TableError as error:
            raise error.named(self.file) from error

    def body(self, report: Report = ignore) -> Iterator[TableRow]:
        """The rows below the head."""
        rows = self.rows(report)
        next(rows, None)
        return rows

    def _footers(self) -> frozenset[int]:
        if self._known_footers is None:
            self._known_footers = shape.footer_lines(self.source, self.head)
        return self._known_footers

    def decide_styles(self, numbers: Sequence[str], dates: Sequence[str]) -> None:
        """Read these columns once from top to bottom before any of their values is taken."""
        wanted = {self.column(name): name for name in (*numbers, *dates)}
        evidence = self.styles.gather(numbers, dates)
        for row in self.body():
            for place, name in wanted.items():
                cell = row.cells[place]
                if isinstance(cell, str) and cell:
                    evidence[name].add(cell.strip())
        self.styles.decide(evidence)

    def _no_record(self, line: int, cells: list[Cell], *, is_footer: bool) -> Problem:
        reason = (
            _("This line below the table is no record.")
            if is_footer
            else _("This row is a total of others, no record.")
        )
        value = next((as_text(cell) for cell in cells if cell != ""), "")
        return Problem(line, self.columns[0], reason, shortened(value), cells=self.shown(cells))

    def _ragged(self, line: int, cells: list[Cell]) -> Problem:
        wide = len(self.columns)
        reason = _("The row has %(cells)s cells, the head has %(columns)s.") % {
            "cells": len(cells),
            "columns": wide,
        }
        column = self.columns[len(cells)] if len(cells) < wide else str(wide + 1)
        value = "" if len(cells) < wide else as_text(cells[wide])
        return Problem(line, column, reason, shortened(value), cells=self.shown(cells))

    def shown(self, cells: Sequence[Cell]) -> dict[str, str]:
        """A row as a person sees it, too short ones with nothing in their last cells."""
        texts = [shortened(as_text(cell)) for cell in cells[: len(self.columns)]]
        return dict(zip_longest(self.columns, texts, fillvalue=""))

    def mend(self, fixes: Mapping[str, Mapping[str, str]]) -> None:
        """Rows as somebody wrote them instead, by line and column; as wide as the head."""
        source, wide = self.source, len(self.columns)

        def mended() -> Iterator[tuple[int, list[Cell]]]:
            for line, cells in source():
                if fix := fixes.get(str(line)):
                    row = [*cells, *[""] * wide][:wide]
                    written = [
                        (fix.get(name), cell) for name, cell in zip(self.columns, row, strict=True)
                    ]
                    yield line, [cell if said is None else said for said, cell in written]
                else:
                    yield line, cells

        self.source = mended


@contextmanager
def open_table(path: Path, *, name: str = "", sheet: str = "", head: int = 0) -> Iterator[Table]:
    """The file as a table, whatever its format; TableError where it cannot be one.

    The head is found (shape.py) unless a person said in which line it stands.
    """
    spool = None
    try:
        if _kind(path) == "workbook":
            book = workbook.unpack(path, sheet)
            spool = book.spool
            table = _of_workbook(book, name or path.name, head)
        else:
            table = _of_text(path, name or path.name, head)
        yield table
    except TableError as error:
        raise error.named(name or path.name) from error
    finally:
        if spool:
            workbook.remove(spool)


def as_text(cell: Cell) -> str:
    """A cell as its words: numbers without a needless point, dates as ISO."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    is_day = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
    return cell.date().isoformat() if is_day else cell.isoformat()


def _kind(path: Path) -> str:
    size = path.stat().st_size
    if not size:
        raise TableError(_("The file is empty."))
    if size > MAX_BYTES:
        raise TableError(
            _("The file is larger than %(most)s MB. Split it and import the parts one by one.")
            % {"most": MAX_BYTES >> 20}
        )
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(PACKED):
        raise TableError(_("The file is packed. Unpack it and import what is inside."))
    if head.startswith(OLE2):
        raise locked()
    return "workbook" if head.startswith(ZIP) else "text"


def _of_text(path: Path, name: str, head: int) -> Table:
    encoding = decide(path)
    separator = text.sniff(path, encoding)

    def rows() -> Iterator[tuple[int, list[Cell]]]:
        for line, cells in text.rows(path, encoding, separator):
            yield line, list(cells)

    columns, source, line = _shaped(rows, head)
    return Table(name, columns, source, encoding=encoding, separator=separator, head=line)


def _of_workbook(book: workbook.Sheet, name: str, head: int) -> Table:
    columns, source, line = _shaped(book.rows, head)
    table = Table(name, columns, source, sheets=book.names, sheet=book.name, head=line)
    table.styles.from_1904 = book.from_1904
    return table


def _shaped(rows: shape.Rows, head: int) -> tuple[list[str], shape.Rows, int]:
    """The heads of the columns, the rows from the head on, and the line in which it stands."""
    head = head or shape.head_line(rows)

    def from_head() -> Iterator[tuple[int, list[Cell]]]:
        return ((line, cells) for line, cells in rows() if line >= head)

    cells = _head(from_head)
    source: shape.Rows = from_head
    if months := shape.month_columns(cells):
        source = shape.one_below_the_other(from_head, head, months)
        cells = next(source())[1]
    return [as_text(cell) for cell in cells], source, head


def _head(rows: shape.Rows) -> list[Cell]:
    line, cells = next(rows(), (0, []))
    if not cells:
        raise TableError(_("The file has no rows."))
    if len(cells) > MAX_COLUMNS:
        raise TableError(
            _("The file has %(count)s columns; %(most)s are the most.")
            % {"count": len(cells), "most": MAX_COLUMNS},
            line=line,
        )
    return cells
