"""Rows of one table as values by field, with every cell that cannot be read told apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from django.utils.translation import gettext as _

from accounts.imports.shapes import DATES, NUMBERS, Sheet
from kam.lib.tabular import Problem, Row, Table, as_text, shortened
from kam.lib.tabular.table import Report
from kam.lib.tabular.writing import plain

Value = str | Decimal | datetime | None
CONTROLS = {number: None for number in range(32) if chr(number) not in "\n\t"} | {127: None}


@dataclass(slots=True)
class Record:
    """One row as its fields; a field whose column is missing is missing here too."""

    line: int
    values: dict[str, Any]
    fingerprint: int

    def text(self, field: str) -> str:
        return self.values.get(field) or ""


class Reader:
    """Takes the fields of a sheet out of the rows of a table."""

    def __init__(
        self, table: Table, sheet: Sheet, aliases: Mapping[str, Mapping[str, str]]
    ) -> None:
        self._table, self._sheet, self._aliases = table, sheet, aliases
        present = sheet.present(set(table.columns))
        self.places = {
            field: [(table.column(name), name) for name in names]
            for field, names in present.items()
        }
        self._styles = table.styles
        table.decide_styles(self._columns(NUMBERS), self._columns(DATES))

    def _columns(self, fields: set[str]) -> list[str]:
        found = (name for field in fields for _place, name in self.places.get(field, ()))
        return list(dict.fromkeys(found))

    def records(self, report: Report) -> Iterator[Record]:
        for row in self._table.body(report):
            values: dict[str, Any] = dict(self._sheet.constants)
            problem = None
            for field, places in self.places.items():
                try:
                    values[field] = self._value(field, places, row)
                except ValueError:
                    problem = self._unreadable(field, places, row)
            if problem:
                report(problem)
            else:
                yield Record(row.line, values, fingerprint(values))

    def _value(self, field: str, places: list[tuple[int, str]], row: Row) -> Value:
        if field in NUMBERS:
            return self._number(places, row)
        if field in DATES:
            return self._moment(places, row)
        for place, _name in places:
            if words := as_text(row.cells[place]):
                words = plain(words.translate(CONTROLS))
                known = self._aliases.get(field)
                return known.get(words, words) if known else words
        return ""

    def _number(self, places: list[tuple[int, str]], row: Row) -> Decimal | None:
        """The first that is not zero; zero only where no column says more."""
        found = None
        for place, name in places:
            value = self._styles.number(name, row.cells[place])
            if value:
                return value
            found = value if found is None else found
        return found

    def _moment(self, places: list[tuple[int, str]], row: Row) -> datetime | None:
        for place, name in places:
            if value := self._styles.day(name, row.cells[place]):
                return value
        return None

    def _unreadable(self, field: str, places: list[tuple[int, str]], row: Row) -> Problem:
        place, name = next(((p, n) for p, n in places if as_text(row.cells[p])), places[0])
        words = (
            _("This is no number. Write it like 1234.50.")
            if field in NUMBERS
            else _("This is no date. Write it like 2026-11-23.")
        )
        return Problem(row.line, name, words, shortened(as_text(row.cells[place])))


def fingerprint(values: Mapping[str, Any]) -> int:
    """The same for the same values: a row that comes again unchanged is recognised by it."""
    digest = blake2b(repr(sorted(values.items())).encode("utf-8", "replace"), digest_size=8)
    return int.from_bytes(digest.digest(), "big", signed=True)


def short_hash(*parts: object) -> str:
    """A name for a row that has none of its own."""
    joined = "\x1f".join(map(str, parts)).encode("utf-8", "replace")
    return "~" + blake2b(joined, digest_size=16).hexdigest()
