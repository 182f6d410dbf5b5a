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


class Measured(Decimal):
    """A number whose format names its unit: 60 with "%" where 0.6 is stored, 12.5 with "COP"."""

    unit: str = ""


class Unsaved(str):
    """A formula without its result, as programs write that never calculated it."""

    __slots__ = ()


@dataclass(frozen=True)
class Sheet:
    names: list[str]
    name: str
    spool: Path
    from_1904: bool = False

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Every row that is not blank, with its number as the spreadsheet shows it."""
        with self.spool.open(encoding="utf-8", errors="replace", newline="") as file:
            reader = csv.reader(file)
            next(reader)
            for number, row in enumerate(reader, start=1):
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
    return Sheet(head["sheets"], head["sheet"], spool, head["from_1904"])


def _typed(cell: str) -> Cell:
    kind, text = cell[:1], cell[1:]
    if kind == "n":
        return Decimal(text)
    if kind == "d":
        return datetime.fromisoformat(text)
    if kind == "b":
        return text == "1"
    if kind == "u":
        return _measured(text)
    if kind == "f":
        return Unsaved(text)
    return text


def _measured(text: str) -> Measured:
    unit, _space, number = text.rpartition(" ")
    value = Decimal(number)
    # A double is stored: what the sheet shows of 0.07 is 7 %, not 7.000000000000001 %.
    shown = Measured(round(value * 100, 10).normalize() if unit == "%" else value)
    shown.unit = unit
    return shown
