"""What is wrong with a file or with one of its rows, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

SHOWN = 120


@dataclass(frozen=True)
class Problem:
    """One row that cannot be taken: the line in the file, the column, why, and what stood there.

    `more` are further cells of the row that cannot be read, `cells` what stands in it by column.
    """

    line: int
    column: str
    reason: str
    value: str = ""
    more: tuple["Problem", ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{_place(self.line, self.column)}: {self.reason}"


class TableError(Exception):
    """The whole file cannot be read; says where and what to do."""

    def __init__(
        self, reason: str, *, file: str = "", line: int = 0, column: str = "", value: str = ""
    ) -> None:
        super().__init__(reason)
        self.reason, self.file, self.line, self.column = reason, file, line, column
        self.value = shortened(value)

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.file, _place(self.line, self.column)) if part)
        return f"{place}: {self.reason}" if place else self.reason

    def named(self, file: str) -> "TableError":
        self.file = self.file or file
        return self


def shortened(value: str) -> str:
    """As much of a value as a person wants to see of it."""
    return value if len(value) <= SHOWN else value[: SHOWN - 1] + "…"


def _place(line: int, column: str) -> str:
    parts = []
    if line:
        parts.append(_("line %(line)s") % {"line": line})
    if column:
        parts.append(_("column %(column)s") % {"column": column})
    return ", ".join(parts)
