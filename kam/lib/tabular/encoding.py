"""In which letters a file is written, decided once for the whole file."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from kam.lib.tabular.errors import TableError

CHUNK = 1 << 20
BOMS = [
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
LABELS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "cp1252": "Windows-1252",
    "iso-8859-15": "ISO-8859-15",
}
# Bytes that mean something only in Windows-1252, and those it leaves undefined.
WINDOWS_ONLY = frozenset(range(0x80, 0xA0))
UNDEFINED_IN_WINDOWS = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))
EURO_IN_LATIN9 = 0xA4
LETTERS_IN_LATIN9 = frozenset((0xA6, 0xA8, 0xB4, 0xB8, 0xBC, 0xBD, 0xBE))
# Below this share of lines that read as UTF-8 they do so by chance.
BY_CHANCE = 0.1


@dataclass
class _DecodedLines:
    """How the lines with other than ASCII letters read as UTF-8."""

    good: int = 0
    bad: int = 0
    first_good: int = 0
    first_bad: int = 0
    latin9_letters: int = 0
    seen: frozenset[int] = frozenset()

    def add(self, number: int, line: bytes) -> None:
        try:
            line.decode()
        except UnicodeDecodeError:
            self.bad += 1
            self.first_bad = self.first_bad or number
            self.seen |= {byte for byte in line if byte >= 0x80}
            self.latin9_letters += _latin9_letters(line)
        else:
            self.good += 1
            self.first_good = self.first_good or number

    @property
    def are_mixed(self) -> bool:
        return self.good >= max(1, self.bad * BY_CHANCE)


def decide(path: Path) -> str:
    """The name of the codec, or a TableError that names the line where the letters change."""
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, name in BOMS:
        if head.startswith(mark):
            return _with_mark(path, name)
    if wide := _wide(head):
        return wide
    return "utf-8" if _decodes(path, "utf-8") else _one_byte(path)


def _with_mark(path: Path, name: str) -> str:
    if name == "utf-32":
        raise TableError(_("This file is UTF-32. Save it as CSV UTF-8 and try again."))
    if not _decodes(path, name):
        line = _first_unreadable(path, name)
        raise TableError(
            _("The file begins as %(encoding)s, but this line is not. Save it as CSV UTF-8.")
            % {"encoding": LABELS[name]},
            line=line,
        )
    return name


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Western text is NUL."""
    half = len(head) // 2
    if half and head[1::2].count(0) > half * 0.4:
        return "utf-16-le"
    if half and head[0::2].count(0) > half * 0.4:
        return "utf-16-be"
    return None


def _one_byte(path: Path) -> str:
    lines = _DecodedLines()
    for number, line in _raw_lines(path):
        if not line.isascii():
            lines.add(number, line)
    if lines.are_mixed:
        raise TableError(
            _(
                "The file mixes two encodings: line %(good)s is UTF-8, this one is not. "
                "Save it as CSV UTF-8 and try again."
            )
            % {"good": lines.first_good},
            line=lines.first_bad,
        )
    return _name_of(lines)


def _name_of(lines: _DecodedLines) -> str:
    if lines.seen & UNDEFINED_IN_WINDOWS:
        raise TableError(
            _("These letters are in an encoding we do not know. Save the file as CSV UTF-8."),
            line=lines.first_bad,
        )
    if lines.seen & WINDOWS_ONLY:
        return "cp1252"
    if EURO_IN_LATIN9 in lines.seen or lines.latin9_letters:
        return "iso-8859-15"
    return "cp1252"


def _latin9_letters(line: bytes) -> int:
    """Signs that make sense as letters of ISO-8859-15: they stand inside a word."""
    return sum(
        1
        for place in range(1, len(line) - 1)
        if line[place] in LETTERS_IN_LATIN9
        and _is_letter(line[place - 1])
        and _is_letter(line[place + 1])
    )


def _is_letter(byte: int) -> bool:
    return byte >= 0xC0 or chr(byte).isalpha() and byte < 0x80


def _decodes(path: Path, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)("strict")
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _first_unreadable(path: Path, name: str) -> int:
    if name != "utf-8-sig":
        return 0
    for number, line in _raw_lines(path):
        try:
            line.decode()
        except UnicodeDecodeError:
            return number
    return 0


def _raw_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Lines of bounded length with their number."""
    number = 1
    with path.open("rb") as file:
        while line := file.readline(CHUNK):
            yield number, line
            number += line.endswith(b"\n")
