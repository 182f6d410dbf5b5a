"""XLSX: parsed in a process of its own with bounded memory and time, then read row by row."""

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

from kam.lib.tabular.errors import TableError
from kam.lib.tabular.guard import broken, check_workbook
from kam.lib.tabular.limits import PARSER_MEMORY, PARSER_SECONDS

PARSER = Path(__file__).with_name("parser.py")
Cell = str | Decimal | datetime | bool


@dataclass(frozen=True)
class Sheet:
    names: list[str]
    name: str
    first_row: int
    spool: Path

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Every row that is not blank, with its number as the spreadsheet shows it."""
        with self.spool.open(encoding="utf-8", errors="replace", newline="") as file:
            reader = csv.reader(file)
            next(reader)
            for number, row in enumerate(reader, start=self.first_row):
                if any(row):
                    yield number, [_typed(cell) for cell in row]


def unpack(path: Path, sheet: str = "") -> Sheet:
    check_workbook(path)
    folder = Path(tempfile.mkdtemp(prefix="clave-sheet-"))
    spool = folder / "rows.csv"
    limits = [str(PARSER_MEMORY), str(PARSER_SECONDS)]
    command = [sys.executable, "-I", str(PARSER), str(path), str(spool), *limits, sheet]
    try:
        done = subprocess.run(  # noqa: S603 (our own program, no shell)
            command, capture_output=True, timeout=PARSER_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        remove(spool)
        raise TableError(
            _("Reading the workbook takes too long. Save the sheet as CSV.")
        ) from error
    if done.returncode:
        remove(spool)
        raise broken()
    return _sheet(spool)


def remove(spool: Path) -> None:
    spool.unlink(missing_ok=True)
    spool.parent.rmdir()


def _sheet(spool: Path) -> Sheet:
    with spool.open(encoding="utf-8", errors="replace", newline="") as file:
        head = json.loads(next(csv.reader(file))[0])
    return Sheet(head["sheets"], head["sheet"], head["first"], spool)


def _typed(cell: str) -> Cell:
    kind, text = cell[:1], cell[1:]
    if kind == "n":
        return Decimal(text)
    if kind == "d":
        return datetime.fromisoformat(text)
    if kind == "b":
        return text == "1"
    return text
