"""Rows of one table as values by field, with every cell that cannot be read told apart."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from hashlib import blake2b
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from integrations.imports.layouts.foreign_words import currency_of
from integrations.imports.layouts.layouts import Found
from integrations.imports.layouts.shapes import DATES, MONEY, NUMBERS, Sheet
from kam.lib.tabular import Problem, Table, TableRow, as_text, open_table, shortened
from kam.lib.tabular.table import Report
from kam.lib.tabular.workbook import Cell
from kam.lib.tabular.writing import plain

# So many rows are looked at for an example of a column that is not kept.
LOOKED_AT = 200
# What somebody wrote instead of what stands in the file: by line and column.
Fixes = Mapping[str, Mapping[str, str]]
Value = str | Decimal | datetime | None
CONTROLS = {number: None for number in range(32) if chr(number) not in "\n\t"} | {127: None}


@dataclass(slots=True)
class Record:
    """One row as its fields; a field whose column is missing is missing here too."""

    line: int
    values: dict[str, Any]
    fingerprint: int
    cells: Sequence[Cell] = ()

    def text(self, field: str) -> str:
        return self.values.get(field) or ""


class Reader:
    """Takes the fields of a sheet out of the rows of a table."""

    def __init__(
        self,
        table: Table,
        sheet: Sheet,
        aliases: Mapping[str, Mapping[str, str]],
        fixes: Fixes | None = None,
    ) -> None:
        self._table, self._sheet, self._aliases = table, sheet, aliases
        if fixes:
            table.mend(fixes)
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
            wrong = []
            self._said_currencies: set[str] = set()
            for field, places in self.places.items():
                try:
                    values[field] = self._value(field, places, row)
                except ValueError:
                    wrong.append(self._unreadable(field, places, row))
            if self._said_currencies:
                values["currencies"] = tuple(sorted(self._said_currencies))
            if wrong:
                first, *more = sorted(wrong, key=lambda one: self._table.column(one.column))
                report(replace(first, more=tuple(more), cells=self.shown(row.cells)))
            else:
                yield Record(row.line, values, fingerprint(values), row.cells)

    def shown(self, cells: Sequence[Cell]) -> dict[str, str]:
        """What stands in the columns that are read, as a person sees it."""
        known = self._table.shown(cells)
        names = (name for places in self.places.values() for _place, name in places)
        return {name: known[name] for name in names}

    def _value(self, field: str, places: list[tuple[int, str]], row: TableRow) -> Value:
        if field in NUMBERS:
            return self._number(field, places, row)
        if field in DATES:
            return self._moment(places, row)
        for place, _name in places:
            if words := as_text(row.cells[place]):
                words = plain(words.translate(CONTROLS))
                known = self._aliases.get(field)
                return known.get(words, words) if known else words
        return ""

    def _number(self, field: str, places: list[tuple[int, str]], row: TableRow) -> Decimal | None:
        """The first that is not zero; zero only where no column says more."""
        found = None
        for place, name in places:
            value, unit = self._styles.amount(name, row.cells[place])
            self._note_unit(field, unit)
            if value:
                return value
            found = value if found is None else found
        return found

    def _note_unit(self, field: str, unit: str) -> None:
        """A currency beside an amount counts as said; any other unit makes it no number."""
        if field in MONEY and unit != "%":
            if code := currency_of(unit):
                self._said_currencies.add(code)
        elif unit not in ("", "%"):
            raise ValueError(unit)

    def _moment(self, places: list[tuple[int, str]], row: TableRow) -> datetime | None:
        for place, name in places:
            if value := self._styles.day(name, row.cells[place]):
                return value
        return None

    def _unreadable(self, field: str, places: list[tuple[int, str]], row: TableRow) -> Problem:
        place, name = next(((p, n) for p, n in places if as_text(row.cells[p])), places[0])
        words = (
            _("This is no number. Write it like 1234.50.")
            if field in NUMBERS
            else _("This is no date. Write it like 2026-11-23.")
        )
        return Problem(row.line, name, words, shortened(as_text(row.cells[place])))


@contextmanager
def reader_of(
    one: Found, *, order: str = "", fixes: Mapping[str, Fixes] | None = None
) -> Iterator[tuple[Table, Reader]]:
    """The file opened, and the style of its columns decided; TableError where it cannot be."""
    with open_table(one.path, name=one.name, sheet=one.tab) as table:
        yield table, reader(one, table, order=order, fixes=fixes)


def reader(
    one: Found, table: Table, *, order: str = "", fixes: Mapping[str, Fixes] | None = None
) -> Reader:
    usual = "month" if one.source.month_first else ""
    table.styles.wanted_order = one.order or order or usual
    table.styles.wanted_decimal = one.decimal
    return Reader(table, one.sheet, one.source.aliases, (fixes or {}).get(one.name))


def facts_of(one: Found, table: Table) -> dict[str, Any]:
    """What was recognised of a file, as plain data."""
    styles = table.styles
    unclear = [
        {"column": column, "example": example} | _chosen(table, column)
        for column, example in styles.unclear.items()
    ]
    return {
        "file": one.name,
        "kind": one.sheet.kind,
        "source": one.source.name,
        "encoding": table.encoding_label,
        "separator": table.separator,
        "ambiguous": unclear,
        "not_kept": not_kept(one, table),
        "days": sorted({style.order for style in styles.dates.values() if style.has_order}),
        "decimals": sorted({style.decimal for style in styles.numbers.values()}),
    }


def not_kept(one: Found, table: Table) -> list[dict[str, str]]:
    """Columns with something in them that no field of ours takes, each with what stands there."""
    taken = {name for names in one.sheet.present(set(table.columns)).values() for name in names}
    places = {place: name for place, name in enumerate(table.columns) if name not in taken}
    found: dict[int, str] = {}
    for row in islice(table.body(), LOOKED_AT):
        for place in places.keys() - found.keys():
            if words := as_text(row.cells[place]):
                found[place] = shortened(words)
    return [{"column": places[place], "example": found[place]} for place in sorted(found)]


def _chosen(table: Table, column: str) -> dict[str, str]:
    if style := table.styles.dates.get(column):
        return {"read_as": "day first" if style.order == "day" else "month first"}
    return {"read_as": f"decimal {table.styles.numbers[column].decimal}"}


def fingerprint(values: Mapping[str, Any]) -> int:
    """The same for the same values: a row that comes again unchanged is recognised by it."""
    digest = blake2b(repr(sorted(values.items())).encode("utf-8", "replace"), digest_size=8)
    return int.from_bytes(digest.digest(), "big", signed=True)


def short_hash(*parts: object) -> str:
    """A name for a row that has none of its own."""
    joined = "\x1f".join(map(str, parts)).encode("utf-8", "replace")
    return "~" + blake2b(joined, digest_size=16).hexdigest()
