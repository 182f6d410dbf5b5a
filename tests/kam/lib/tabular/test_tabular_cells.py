"""What single cells mean: days and months in words, amounts with their unit, formats of cells."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from kam.lib.tabular import open_table
from kam.lib.tabular.days import DateEvidence, parse_day
from kam.lib.tabular.numbers import NumberStyle, parse_amount, parse_number


def read_day(text: str, *others: str) -> datetime:
    evidence = DateEvidence()
    for value in (text, *others):
        evidence.add(value)
    return parse_day(text, evidence.style("day"))


@pytest.mark.parametrize(
    "text",
    [
        "01-dic-26",
        "1 de diciembre del 2026",
        "martes, 1 de diciembre de 2026",
        "Mar 1 dic 2026",
        "1.º de diciembre de 2026",
        "1ro. de diciembre, 2026",
        "Tuesday, December 1st, 2026",
        "2026-dic-01",
        "01/DIC/2026",
        "1. Dezember 2026",
        "1 de dezembro de 2026",
    ],
)
def test_reads_days_in_words(text: str) -> None:
    assert read_day(text) == datetime(2026, 12, 1)  # noqa: DTZ001 (a file knows no zone)


@pytest.mark.parametrize(
    "text",
    ["set-26", "sep-26", "Setiembre 2026", "SEPT. DE 2026", "septiembre del 2026", "09/2026",
     "9-2026", "2026-09", "202609", "Sep'26", "set 26"],
)  # fmt: skip
def test_reads_months_of_a_year(text: str) -> None:
    assert read_day(text) == datetime(2026, 9, 1)  # noqa: DTZ001 (a file knows no zone)


@pytest.mark.parametrize(
    ("text", "others"),
    [("Jan 26", ("Feb 3",)), ("31 Feb", ("2026-02-01", "2026-03-01")), ("2026", ()), ("32 de enero de 2026", ()), ("martes 2026", ()),
     ("mayo", ()), ("31/02/2026", ()), ("1 de brumario de 2026", ()), ("enero 1 2 2026", ())],
)  # fmt: skip
def test_refuses_what_is_no_day_or_could_be_another(text: str, others: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="."):
        read_day(text, *others)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-31T22:00:00-05:00", "2026-12-31"),
        ("2027-01-01T00:30:00+05:30", "2027-01-01"),
        ("2026-12-31T23:59:59.000+0000", "2026-12-31"),
        ("2026-12-31T22:00:00Z", "2026-12-31"),
    ],
)
def test_a_moment_with_an_offset_is_its_local_day(text: str, day: str) -> None:
    assert read_day(text).date().isoformat() == day


def test_march_is_tuesday_only_before_a_month() -> None:
    assert read_day("mar 3 mar 2026").day == 3
    assert read_day("mar 2026") == datetime(2026, 3, 1)  # noqa: DTZ001 (a file knows no zone)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("US$ 1,234.50", "1234.50", "US$"),
        ("MX$1,234.50", "1234.50", "MX$"),
        ("S/ 1,234.50", "1234.50", "S/"),
        ("S/.1,234.50", "1234.50", "S/."),
        ("1,234.50 M.N.", "1234.50", "M.N."),
        ("U.F. 1,234.50", "1234.50", "U.F."),
        ("CHF 1'234.50", "1234.50", "CHF"),
        ("1 234.50 kr", "1234.50", "kr"),
        ("(R$ 5.00)", "-5.00", "R$"),
        ("-$5", "-5", "$"),
        ("$ -5", "-5", "$"),
        ("5.00-", "-5.00", ""),
        ("1,234.-", "1234", ""),
        ("$.50", "0.50", "$"),
        ("1,234.50 Peso mexicano", "1234.50", "Peso mexicano"),
        ("999,999,999,999,999.99", "999999999999999.99", ""),
    ],
)
def test_takes_an_amount_and_what_stands_around_it_apart(text: str, value: str, unit: str) -> None:
    assert parse_amount(text, NumberStyle(".")) == (Decimal(value), unit)


@pytest.mark.parametrize(
    "text", ["12 34", "12.5x3", "1.23457E+11", "abc", "", "-", "1,23,4", "5 units", "1.5 M"]
)
def test_refuses_what_is_no_bare_number(text: str) -> None:
    with pytest.raises(ValueError, match="|"):
        parse_number(text, NumberStyle("."))


def test_a_percentage_is_a_number() -> None:
    assert parse_number("60 %", NumberStyle(".")) == 60


def test_formats_of_cells_say_their_unit(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "book.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Share", "Pesos", "Euros", "Plain"])
    sheet.write_number(1, 0, 0.07, book.add_format({"num_format": "0.0%"}))
    sheet.write_number(1, 1, 12.5, book.add_format({"num_format": "[$COP] #,##0.00"}))
    sheet.write_number(1, 2, 7, book.add_format({"num_format": '#,##0.00 "EUR"'}))
    sheet.write_number(1, 3, 0.5, book.add_format({"num_format": '0.0 "100%"'}))
    book.close()

    with open_table(tmp_path / "book.xlsx") as table:
        cells = next(table.body()).cells
        amounts = [table.styles.amount("", cell) for cell in cells]

    assert amounts == [(7, "%"), (Decimal("12.5"), "COP"), (7, "EUR"), (Decimal("0.5"), "")]


def test_a_formula_without_its_result_is_no_value(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "book.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Name", "Amount"])
    sheet.write_row(1, 0, ["Acme", 1])
    sheet.write_string(2, 0, "Beta")
    sheet.write_formula(2, 1, "=B2*2", None, "")
    book.close()

    with open_table(tmp_path / "book.xlsx") as table:
        last = list(table.body())[-1]

        assert last.cells == ["Beta", "=B2*2"]
        with pytest.raises(ValueError, match="B2"):
            table.styles.number("Amount", last.cells[1])


def test_the_epoch_of_1904_counts_for_bare_numbers_too(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "book.xlsx", {"date_1904": True})
    sheet = book.add_worksheet()
    sheet.write_column(0, 0, ["Day", 44592])
    sheet.write_datetime(2, 0, datetime(2026, 2, 1), book.add_format({"num_format": "d/m/yy"}))  # noqa: DTZ001 (a spreadsheet knows no zone)
    book.close()

    with open_table(tmp_path / "book.xlsx") as table:
        days = [table.styles.day("Day", row.cells[0]) for row in table.body()]

    assert [day and day.date().isoformat() for day in days] == ["2026-02-01", "2026-02-01"]
