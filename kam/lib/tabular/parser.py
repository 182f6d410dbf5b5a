"""Runs as a program of its own: a workbook in, typed rows out, so that a crash stays here.

    python parser.py WORKBOOK OUT MEMORY SECONDS [SHEET]

Writes CSV whose first row is a JSON head, and whose cells begin with a letter for their type.
Nothing of the house is imported but the module beside it: this starts in a few milliseconds and
holds no secret.
"""

import csv
import json
import resource
import sys
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

MEMORY, SECONDS = int(sys.argv[3]), int(sys.argv[4])
REFUSED = 3


def whole(number: float) -> str:
    return f"n{int(number)}" if number.is_integer() and abs(number) < 1e15 else f"n{number!r}"


# In this order: a bool is an int, and a datetime is a date.
WRITERS: list[tuple[type, Callable[[Any], str]]] = [
    (bool, lambda cell: f"b{int(cell)}"),
    (float, whole),
    (int, lambda cell: f"n{cell}"),
    (date, lambda cell: f"d{cell.isoformat()}"),
]


def tagged(cell: Any) -> str:
    if cell is None or cell == "":
        return ""
    for kind, write in WRITERS:
        if isinstance(cell, kind):
            return write(cell)
    return f"s{cell}"


def names_of(book: Any) -> list[str]:
    """Sheets that are seen first, hidden ones last."""
    hidden = {m.name for m in book.sheets_metadata if m.visible != SheetVisibleEnum.Visible}
    return sorted(book.sheet_names, key=lambda name: name in hidden)


def rows_of(sheet: Any, marks: Any) -> Iterator[list[str]]:
    """From the sheet's first row on; their cells begin at the first column that is used."""
    left = sheet.start[1] if sheet.start else 0
    ranges = sheet.merged_cell_ranges or ()
    # Below the first cell of a merged block its value counts again.
    tops = {
        (row, column): top
        for (top, column), (bottom, _right) in ranges
        for row in range(top + 1, bottom + 1)
    }
    kept: dict[tuple[int, int], str] = {(top, column): "" for (top, column), _end in ranges}
    # Rows of nothing but formulas without a result lie outside of what the reader takes as filled.
    last = max((row for row, _column in marks.unsaved), default=-1)
    blank: Iterator[list[Any]] = (
        [""] * sheet.width for _row in range(sheet.total_height, last + 1)
    )
    for number, row in enumerate(chain(sheet.iter_rows(), blank)):
        cells = []
        for column, cell in enumerate(row, start=left):
            place = (number, column)
            text = marked(tagged(cell), marks, place)
            if place in tops:
                text = kept[tops[place], column]
            elif place in kept:
                kept[place] = text
            cells.append(text)
        yield cells


def marked(text: str, marks: Any, place: tuple[int, int]) -> str:
    if unsaved := marks.unsaved.get(place):
        return f"f{unsaved}"
    if text[:1] == "n" and (unit := marks.units.get(place)):
        return f"u{unit} {text[1:]}"
    return text


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    wanted = sys.argv[5] if len(sys.argv) > 5 else ""
    with open(sys.argv[2], "w", encoding="utf-8", errors="surrogatepass", newline="") as file:  # noqa: PTH123 (a child that imports little)
        out = csv.writer(file)
        try:
            book = CalamineWorkbook.from_path(sys.argv[1])
            names = names_of(book)
            for name in [wanted] if wanted in names else names:
                sheet = book.get_sheet_by_name(name)
                if sheet.height or name == names[-1]:
                    break
            marks = marks_of(sys.argv[1], name)
            head = {"sheets": names, "sheet": name, "from_1904": marks.from_1904}
            out.writerow([json.dumps(head)])
            out.writerows(rows_of(sheet, marks))
        except (CalamineError, OSError, ValueError, IndexError, UnboundLocalError) as error:
            sys.stderr.write(str(error))
            return REFUSED
    return 0


if __name__ == "__main__":
    # -I hides the folder of this file from Python; only the module beside it is taken from there.
    sys.path.insert(0, str(Path(__file__).parent))
    from formats import marks_of  # type: ignore[import-not-found]  # kam/lib/tabular/formats.py

    sys.exit(main())
