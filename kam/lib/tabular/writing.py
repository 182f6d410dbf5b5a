"""Tables out: CSV and XLSX that no spreadsheet runs, and that come back in unchanged."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

RISKY = ("=", "+", "-", "@", "\t", "\r")
GUARD = "'"
TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
             "constant_memory": True, "remove_timezone": True}  # fmt: skip


def neutral(text: str) -> str:
    """Text that begins like a formula gets an apostrophe before it; so does text that has one."""
    bare = text.lstrip(GUARD)
    return GUARD + text if bare.startswith(RISKY) else text


def plain(text: str) -> str:
    """What `neutral` made, as it was."""
    bare = text.lstrip(GUARD)
    return text[1:] if text.startswith(GUARD) and bare.startswith(RISKY) else text


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """UTF-8 with a mark, so that spreadsheets read accents; ISO dates, decimal points."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow([neutral(name) for name in head])
        for row in rows:
            out.writerow([_cell(value) for value in row])


def write_xlsx(path: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with xlsxwriter.Workbook(path, TEXT_ONLY) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(head):
            sheet.write_string(0, column, neutral(name), book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write(sheet, number, column, value, day)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return neutral(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _write(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if isinstance(value, date | datetime):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    elif value is not None:
        sheet.write_string(row, column, neutral(str(value)))
