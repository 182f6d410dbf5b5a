"""How the numbers and dates of a table are written, column by column, over the whole file."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from kam.lib.tabular.days import DAY_FIRST, MONTH_FIRST, DateEvidence, DateStyle, parse_day
from kam.lib.tabular.numbers import COMMA, DOT, NumberEvidence, NumberStyle, parse_amount
from kam.lib.tabular.workbook import Cell, Measured, Unsaved

Evidence = NumberEvidence | DateEvidence


class Styles:
    def __init__(self, *, semicolons: bool) -> None:
        self._semicolons = semicolons
        # Chosen by a person where the file leaves it open, "day" or "month".
        self.wanted_order = ""
        # Likewise "." or ",".
        self.wanted_decimal = ""
        self.from_1904 = False
        self.numbers: dict[str, NumberStyle] = {}
        self.dates: dict[str, DateStyle] = {}
        self.unclear: dict[str, str] = {}

    def gather(self, numbers: Sequence[str], dates: Sequence[str]) -> dict[str, Evidence]:
        found: dict[str, Evidence] = {name: NumberEvidence() for name in numbers}
        return found | {name: DateEvidence() for name in dates}

    def decide(self, evidence: dict[str, Evidence]) -> None:
        """A column that says nothing follows the other columns of its file."""
        numbers = {k: v for k, v in evidence.items() if isinstance(v, NumberEvidence)}
        dates = {k: v for k, v in evidence.items() if isinstance(v, DateEvidence)}
        decimal = self._usual_decimal(list(numbers.values()))
        order = self._usual_order(list(dates.values()), decimal)
        for name, seen in numbers.items():
            self.numbers[name] = seen.style(decimal)
            if self.numbers[name].is_ambiguous:
                self.unclear[name] = seen.example
        for name, days in dates.items():
            self.dates[name] = days.style(order, from_1904=self.from_1904)
            if self.dates[name].is_ambiguous:
                self.unclear[name] = days.example

    def number(self, name: str, cell: Cell) -> Decimal | None:
        """The value of a cell, None where it is empty; ValueError where it is no number, or one
        with a unit other than %."""
        value, unit = self.amount(name, cell)
        if unit not in ("", "%"):
            raise ValueError(cell)
        return value

    def amount(self, name: str, cell: Cell) -> tuple[Decimal | None, str]:
        """The value of a cell and the unit it is written or formatted with, such as "US$"; None
        where it is empty, ValueError where it is no number."""
        if isinstance(cell, Decimal):
            return cell, cell.unit if isinstance(cell, Measured) else ""
        if isinstance(cell, datetime | bool | Unsaved):
            raise ValueError(cell)
        words = cell.strip()
        return parse_amount(words, self.numbers.get(name, NumberStyle())) if words else (None, "")

    def day(self, name: str, cell: Cell) -> datetime | None:
        if isinstance(cell, datetime):
            return cell
        style = self.dates.get(name, DateStyle())
        if isinstance(cell, Decimal):
            serial = DateStyle(is_serial=True, from_1904=self.from_1904)
            return parse_day(f"{cell:f}", serial)
        if isinstance(cell, bool | Unsaved):
            raise ValueError(cell)
        words = cell.strip()
        return parse_day(words, style) if words else None

    def _usual_decimal(self, columns: list[NumberEvidence]) -> str:
        if self.wanted_decimal:
            return self.wanted_decimal
        dots, commas = sum(c.dot for c in columns), sum(c.comma for c in columns)
        if dots or commas:
            return DOT if dots >= commas else COMMA
        return COMMA if self._semicolons else DOT

    def _usual_order(self, columns: list[DateEvidence], decimal: str) -> str:
        if self.wanted_order:
            return self.wanted_order
        orders = {column.order for column in columns} - {None}
        if len(orders) == 1:
            return str(orders.pop())
        return DAY_FIRST if decimal == COMMA or self._semicolons else MONTH_FIRST
