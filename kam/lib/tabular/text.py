"""CSV: rows of text with the line where each begins, in bounded memory."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from kam.lib.tabular.errors import TableError
from kam.lib.tabular.limits import MAX_FIELD, MAX_LINE

SEPARATORS = [",", ";", "\t", "|"]
SAMPLE_LINES = 100
# A first line that only says how cells are parted, as spreadsheets write and read it.
SAID = re.compile(r"\ufeff?\"?sep=(.)\"?\r?\n?", re.IGNORECASE)
SAMPLE_SIZE = 200_000

csv.field_size_limit(MAX_FIELD)


class _Lines:
    """Lines of bounded length; knows how many were read and whether the file has ended."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._path, self._encoding = path, encoding
        self.number = 0
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        with self._path.open(encoding=self._encoding, newline="") as file:
            while line := file.readline(MAX_LINE):
                self.number += 1
                self._check(line)
                # As a blank line: the others keep their numbers.
                yield "\n" if self.number == 1 and SAID.fullmatch(line) else line
        self.ended = True

    def _check(self, line: str) -> None:
        if len(line) >= MAX_LINE and not line.endswith(("\n", "\r")):
            raise TableError(
                _("This line is longer than %(most)s characters.") % {"most": MAX_LINE},
                line=self.number,
            )
        if "\0" in line:
            column = line[: line.index("\0")]
            raise TableError(
                _("A NUL character stands here. Save the file as CSV UTF-8 and try again."),
                line=self.number,
                value=column[-40:],
            )


def rows(path: Path, encoding: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not blank, with the number of its first line."""
    lines = _Lines(path, encoding)
    reader = csv.reader(lines, delimiter=separator)
    while True:
        first = lines.number + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _unreadable(error, first, lines.number) from error
        if lines.ended:
            raise _unclosed(first)
        if any(row):
            yield first, row


def sniff(path: Path, encoding: str) -> str:
    """The separator under which the first rows are equally wide, and widest."""
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(SAMPLE_SIZE).replace("\0", "")
    lines = sample.splitlines(keepends=True)[:SAMPLE_LINES]
    if lines and (said := SAID.fullmatch(lines[0])):
        return said[1]
    best = max(SEPARATORS, key=lambda separator: _fit(lines, separator))
    return best if _fit(lines, best) > (0, 0) else ","


def _fit(lines: list[str], separator: str) -> tuple[float, int]:
    """How many rows are as wide as the first, or, below a title, as most; and how wide."""
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator) if row]
    except csv.Error:
        return (0, 0)
    wide = [width for width in widths if width > 1]
    if not wide:
        return (0, 0)
    usual = widths[0] if widths[0] > 1 else max(set(wide), key=wide.count)
    return (round(widths.count(usual) / len(widths), 1), usual)


def _unreadable(error: csv.Error, first: int, last: int) -> TableError:
    if "field limit" not in str(error):
        return TableError(_("This line cannot be read: %(why)s.") % {"why": error}, line=first)
    if last > first:
        return _unclosed(first)
    return TableError(
        _("A cell of this line is longer than %(most)s characters.") % {"most": MAX_FIELD},
        line=first,
    )


def _unclosed(line: int) -> TableError:
    return TableError(
        _('A quotation mark (") that is opened here is never closed. Close it or delete it.'),
        line=line,
    )
