"""Runs as a program of its own: a workbook in, typed rows out, so that a crash stays here.

    python parser.py WORKBOOK OUT MEMORY SECONDS [SHEET]

Writes CSV whose first row is a JSON head, and whose cells begin with a letter for their type.
Nothing of the house is imported: this starts in a few milliseconds and holds no secret.
"""

import csv
import json
import resource
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

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


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    wanted = sys.argv[5] if len(sys.argv) > 5 else ""
    with open(sys.argv[2], "w", encoding="utf-8", errors="surrogatepass", newline="") as file:  # noqa: PTH123 (a child that imports little)
        out = csv.writer(file)
        try:
            book = CalamineWorkbook.from_path(sys.argv[1])
            names = book.sheet_names
            for name in [wanted] if wanted in names else names:
                sheet = book.get_sheet_by_name(name)
                if sheet.height or name == names[-1]:
                    break
            first = sheet.start[0] if sheet.start else 0
            out.writerow([json.dumps({"sheets": names, "sheet": name, "first": first + 1})])
            for row in sheet.iter_rows():
                out.writerow([tagged(cell) for cell in row])
        except (CalamineError, OSError, ValueError, IndexError, UnboundLocalError) as error:
            sys.stderr.write(str(error))
            return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
