"""Where the head stands, what is no record, and months side by side."""

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from kam.lib.tabular import as_text, open_table
from tests.shared_data import files


def table_of(path: Path, text: str, **said: Any) -> tuple[list[str], list[list[str]], list[int]]:
    path.write_text(text)
    return opened(path, **said)


def opened(path: Path, **said: Any) -> tuple[list[str], list[list[str]], list[int]]:
    """The heads, the rows, and the lines that were left out."""
    left: list[int] = []
    with open_table(path, **said) as table:
        rows = table.body(lambda problem: left.append(problem.line))
        return table.columns, [[as_text(cell) for cell in row.cells] for row in rows], left


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file.csv"


def test_the_head_is_found_below_a_title_and_notes(file: Path) -> None:
    text = (
        "Sales 2026\nNordlicht\n\nReport:,All\nAccount,Month,Amount,Currency\nAcme,2026-01,5,EUR\n"
    )

    columns, rows, _left = table_of(file, text)

    assert columns == ["Account", "Month", "Amount", "Currency"]
    assert rows == [["Acme", "2026-01", "5", "EUR"]]


def test_a_person_may_say_where_the_head_is(file: Path) -> None:
    columns, rows, _left = table_of(file, "a,b\nName,Sum\nAcme,1\n", head=2)

    assert (columns, rows) == (["Name", "Sum"], [["Acme", "1"]])


@pytest.mark.parametrize("text", ["a;b\n1;2\n", "sep=;\na;b\n1;2\n", '"sep=;"\r\na;b\r\n1;2\r\n'])
def test_a_line_that_says_the_separator_is_no_head(file: Path, text: str) -> None:
    assert table_of(file, text)[:2] == (["a", "b"], [["1", "2"]])


def test_narrow_or_numeric_rows_do_not_move_the_head(file: Path) -> None:
    for text in ("Name\nAcme\nBeta\n", "a,b,c\n1,2,3\n", "Name,2024,2025\nAcme,x,y\n"):
        assert table_of(file, text)[0] == text.splitlines()[0].split(",")


def test_totals_and_footers_are_left_out_and_named(file: Path) -> None:
    text = (
        "Account,Deal,Amount,Close\nAcme,A,1,2026-01-01\nSubtotal,,1,\nBeta,B,2,2026-01-01\n"
        "Grand total (2 records),,3,\n\nConfidential: do not distribute,,,\nCopyright 2026,,,\n"
    )

    _columns, rows, left = table_of(file, text)

    assert [row[0] for row in rows] == ["Acme", "Beta"]
    assert left == [3, 5, 7, 8]


def test_a_company_called_total_is_a_record(file: Path) -> None:
    text = "Name,City,Country,Website\nTotal,Paris,FR,total.example\nAcme,Bogotá,CO,acme.example\n"

    assert [row[0] for row in table_of(file, text)[1]] == ["Total", "Acme"]


def test_names_alone_are_records_where_no_gap_parts_them(file: Path) -> None:
    text = "Name,City,Country\nAcme,Lima,PE\nBeta,,\nGamma,,\n"

    assert [row[0] for row in table_of(file, text)[1]] == ["Acme", "Beta", "Gamma"]


def test_the_last_row_of_two_columns_may_be_a_total(file: Path) -> None:
    _columns, rows, left = table_of(file, "Cliente;Importe\nAcme;5\nTotal;5\n")

    assert (rows, left) == ([["Acme", "5"]], [3])


def test_months_side_by_side_become_rows(file: Path) -> None:
    text = "Cliente;Producto;ene-26;feb-26;mar-26;Total\nAcme;X;1,5;;3;4,5\nTotal;;1,5;;3;4,5\n"

    columns, rows, left = table_of(file, text)

    assert columns == ["Cliente", "Producto", "Total", "Month", "Amount"]
    assert [(row[3], row[4]) for row in rows] == [("2026-01-01", "1,5"), ("2026-03-01", "3")]
    assert left == [3]


def test_ends_of_quarters_side_by_side_are_no_months(file: Path) -> None:
    columns, _rows, _left = table_of(file, "Cliente,31 mar,30 jun,30 sep,31 dic\nAcme,1,2,3,4\n")

    assert columns == ["Cliente", "31 mar", "30 jun", "30 sep", "31 dic"]


def test_a_column_called_month_keeps_its_name(file: Path) -> None:
    columns, _rows, _left = table_of(file, "Month,2026-01,2026-02,2026-03\nAcme,1,2,3\n")

    assert columns == ["Month", "Month (cell)", "Amount"]


def test_hidden_sheets_come_last(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "book.xlsx")
    hidden, seen = book.add_worksheet("Lists"), book.add_worksheet("Sales")
    hidden.write_column(0, 0, ["Code", "x"])
    seen.write_column(0, 0, ["Name", "Acme"])
    seen.activate()
    hidden.hide()
    book.close()

    with open_table(tmp_path / "book.xlsx") as table:
        assert (table.sheet, list(table.sheets)) == ("Sales", ["Sales", "Lists"])


def test_merged_cells_count_for_all_their_rows_and_lines_are_those_of_the_sheet(
    tmp_path: Path,
) -> None:
    book = xlsxwriter.Workbook(tmp_path / "book.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(2, 1, ["Account", "Month", "Amount"])
    sheet.merge_range(3, 1, 5, 1, "Acme")
    for row in (3, 4, 5):
        sheet.write_row(row, 2, [f"2026-0{row}", row])
    book.close()

    with open_table(tmp_path / "book.xlsx") as table:
        assert table.head == 3
        assert [(row.line, row.cells[0]) for row in table.body()] == [
            (4, "Acme"),
            (5, "Acme"),
            (6, "Acme"),
        ]


def test_real_files_have_their_head_found_and_their_footers_left_out() -> None:
    wanted = {
        "10-salesforce-report-footer.xlsx": (1, ["Sur Claro"]),
        "32-table-from-row-5.xlsx": (5, ["Ola Verde", "Ola Verde"]),
        "32-linkedin-preamble.csv": (4, ["Inés"]),
        "31-sep-line.csv": (2, ["Ola Verde"]),
    }
    for path in files(*(f"bugs/{name}" for name in wanted)):
        with open_table(path) as table:
            assert (table.head, [row.cells[0] for row in table.body()]) == wanted[path.name]
