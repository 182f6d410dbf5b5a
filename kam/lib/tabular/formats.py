"""What a workbook says beside the values of its cells: epoch, number formats, formulas.

Runs inside parser.py, so it imports the standard library alone. The parts were checked by guard.py
before: no DTD, no entity, no bomb.
"""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from posixpath import join, normpath
from xml.parsers import expat

Place = tuple[int, int]
CHUNK = 1 << 20
PERCENTS = {9, 10}  # built-in formats 0% and 0.00%
# The currency of a format, where it is one beyond doubt: [$COP], [$US$-409], "EUR".
CURRENCY = re.compile(r"\[\$([A-Z]{3}|US\$|R\$|MX\$|€|£)(?:-[0-9A-Fa-f]+)?\]|\"\s*([A-Z]{3})\s*\"")
QUOTED = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]")
CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass
class Marks:
    """By row and column from 0: the unit of a number's format, the formula without a result."""

    from_1904: bool = False
    units: dict[Place, str] = field(default_factory=dict)
    unsaved: dict[Place, str] = field(default_factory=dict)


def marks_of(path: str, sheet: str) -> Marks:
    """Empty where the file is no XLSX, or one without such parts."""
    marks = Marks()
    try:
        with zipfile.ZipFile(path) as archive:
            book = _Book(archive)
            marks.from_1904 = book.from_1904
            if part := book.parts.get(sheet):
                _Cells(marks, _units(archive)).read(archive, part)
    except (KeyError, zipfile.BadZipFile, expat.ExpatError, ValueError):
        return marks
    return marks


class _Book:
    """Which part holds which sheet."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.from_1904 = False
        self._sheets: dict[str, str] = {}
        self._targets: dict[str, str] = {}
        _parse(archive, "xl/_rels/workbook.xml.rels", self._relation)
        _parse(archive, "xl/workbook.xml", self._element)
        self.parts = {
            name: self._targets[key] for name, key in self._sheets.items() if key in self._targets
        }

    def _relation(self, tag: str, values: dict[str, str]) -> None:
        if tag == "Relationship":
            target = values.get("Target", "")
            where = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            self._targets[values.get("Id", "")] = where

    def _element(self, tag: str, values: dict[str, str]) -> None:
        if tag == "workbookPr":
            self.from_1904 = values.get("date1904", "0") in ("1", "true")
        elif tag == "sheet":
            key = next((text for name, text in values.items() if name.endswith(":id")), "")
            self._sheets[values.get("name", "")] = key


def _units(archive: zipfile.ZipFile) -> dict[str, str]:
    """The unit of each cell style that has one, by the style's number as cells name it."""
    codes: dict[str, str] = {}
    styles: list[str] = []
    inside: list[str] = []

    def element(tag: str, values: dict[str, str]) -> None:
        if tag in ("cellXfs", "cellStyleXfs", "numFmts", "dxfs"):
            inside[:] = [tag]
        elif tag == "numFmt" and inside == ["numFmts"]:
            codes[values.get("numFmtId", "")] = values.get("formatCode", "")
        elif tag == "xf" and inside == ["cellXfs"]:
            styles.append(values.get("numFmtId", "0"))

    _parse(archive, "xl/styles.xml", element)
    found = {str(place): _unit(key, codes.get(key, "")) for place, key in enumerate(styles)}
    return {place: unit for place, unit in found.items() if unit}


def _unit(key: str, code: str) -> str:
    if (key.isdigit() and int(key) in PERCENTS) or "%" in QUOTED.sub("", code):
        return "%"
    found = CURRENCY.search(code)
    return (found[1] or found[2]) if found else ""


class _Cells:
    """Reads a sheet for its cells of a marked style and its formulas without a value."""

    def __init__(self, marks: Marks, units: dict[str, str]) -> None:
        self._marks, self._units = marks, units
        self._row, self._place = -1, (0, -1)
        self._unit, self._formula, self._text = "", "", ""
        self._is_formula = self._has_value = self._keeps = False

    def read(self, archive: zipfile.ZipFile, part: str) -> None:
        if not self._units and not _holds(archive, part, b"<f"):
            return
        _parse(archive, part, self._start, self._end, self._words)

    def _start(self, tag: str, values: dict[str, str]) -> None:
        if tag == "row":
            self._row = int(values["r"]) - 1 if "r" in values else self._row + 1
            self._place = (self._row, -1)
        elif tag == "c":
            found = CELL.fullmatch(values.get("r", ""))
            column = _column(found[1]) if found else self._place[1] + 1
            self._place = (self._row, column)
            self._unit = self._units.get(values.get("s", "0"), "")
            self._is_formula = self._has_value = False
            self._formula = ""
        elif tag == "f":
            self._is_formula = self._keeps = True
            self._text = ""
        elif tag == "v":
            self._keeps = True
            self._text = ""

    def _end(self, tag: str) -> None:
        if tag == "f":
            self._formula, self._keeps = self._text, False
        elif tag == "v":
            self._has_value, self._keeps = bool(self._text), False
        elif tag == "c":
            if self._is_formula and not self._has_value:
                self._marks.unsaved[self._place] = f"={self._formula}"
            elif self._unit and self._has_value:
                self._marks.units[self._place] = self._unit

    def _words(self, text: str) -> None:
        if self._keeps and len(self._text) < 200:
            self._text += text


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _holds(archive: zipfile.ZipFile, part: str, sign: bytes) -> bool:
    with archive.open(part) as file:
        tail = b""
        while chunk := file.read(CHUNK):
            if sign in tail + chunk:
                return True
            tail = chunk[-len(sign) :]
    return False


def _parse(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] = lambda tag: None,
    words: Callable[[str], None] = lambda text: None,
) -> None:
    """Names of elements without their prefix."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, values: start(tag.rpartition(":")[2], values)
    parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    parser.CharacterDataHandler = words
    with archive.open(part) as file:
        parser.ParseFile(file)
