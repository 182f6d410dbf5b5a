import io
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from kam.lib.tabular import Cell, Problem, TableError, open_table
from tests.shared_data import expected, files, name_of

REFUSED = {
    "poi/poc-xmlbomb.xlsx", "poi/54764.xlsx", "poi/58616.xlsx", "calamine/issue252.xlsx",
    "poi/duplicate-filename.xlsx", "poi/xlsx-corrupted.xlsx",
}  # fmt: skip
DAY = datetime(2026, 2, 1)  # noqa: DTZ001 (a spreadsheet knows no zone)


def kept(tmp_path: Path, data: bytes, name: str = "file.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def read(path: Path) -> tuple[list[list[Cell]], list[Problem]]:
    problems: list[Problem] = []
    with open_table(path) as table:
        return [row.cells for row in table.rows(problems.append)], problems


def refusal(path: Path) -> TableError:
    with pytest.raises(TableError) as caught:
        read(path)
    return caught.value


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 (BOM)"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16 LE"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_reads_western_encodings(tmp_path: Path, encoding: str, shown: str) -> None:
    path = kept(tmp_path, "Razón;Año\nMuñoz “SA”;1\n".encode(encoding))

    with open_table(path) as table:
        assert table.encoding_label == shown
        assert [row.cells for row in table.body()] == [["Muñoz “SA”", "1"]]


def test_tells_latin_9_by_its_euro_sign(tmp_path: Path) -> None:
    path = kept(tmp_path, "Nombre;Ventas €\nNúñez;1\n".encode("iso-8859-15"))

    with open_table(path) as table:
        assert table.encoding == "iso-8859-15"
        assert table.columns == ["Nombre", "Ventas €"]


def test_names_the_line_where_encodings_mix(tmp_path: Path) -> None:
    path = kept(tmp_path, "a;b\nMuñoz;1\n".encode() + "Núñez;2\n".encode("cp1252"))

    error = refusal(path)

    assert (error.file, error.line) == ("file.csv", 3)
    assert "line 2 is UTF-8" in str(error)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_finds_the_separator(tmp_path: Path, separator: str) -> None:
    rows = [["name", "amount"], ["Acme, Inc; North", "1"], ["Two\nlines", "2"]]
    text = "\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)

    assert read(kept(tmp_path, text.encode()))[0] == rows


def test_reports_ragged_rows_with_line_and_column(tmp_path: Path) -> None:
    rows, problems = read(kept(tmp_path, b"a,b,c\n1,2\n1,2,3\n1,2,3,4\n1,2,3,\n"))

    assert rows == [["a", "b", "c"], ["1", "2", "3"], ["1", "2", "3"]]
    assert [(p.line, p.column, p.value) for p in problems] == [(2, "c", ""), (4, "4", "4")]


def test_refuses_a_nul_byte_and_says_where(tmp_path: Path) -> None:
    assert refusal(kept(tmp_path, b"a,b\n1,2\n1,\x002\n")).line == 3


def test_refuses_an_unclosed_quote_before_much_text(tmp_path: Path) -> None:
    path = kept(tmp_path, b'a,b\n1,2\n1,"2\n' + b"3,4 and more words\n" * 2_000_000)

    error = refusal(path)

    assert error.line == 3
    assert "never closed" in str(error)


def test_refuses_an_unclosed_quote_at_the_end(tmp_path: Path) -> None:
    assert refusal(kept(tmp_path, b'a,b\n1,2\n1,"2\n')).line == 3


def test_refuses_a_cell_of_many_megabytes(tmp_path: Path) -> None:
    error = refusal(kept(tmp_path, b"a,b\n1," + b"x" * 5_000_000 + b"\n"))

    assert error.line == 2
    assert "longer than" in str(error)


def test_refuses_a_line_without_end(tmp_path: Path) -> None:
    assert "longer than" in str(refusal(kept(tmp_path, b"a,b\n" + b"x" * 9_000_000)))


def test_refuses_twenty_thousand_columns(tmp_path: Path) -> None:
    head = ",".join(f"c{place}" for place in range(20_000))

    assert "20000 columns" in str(refusal(kept(tmp_path, head.encode())))


@pytest.mark.parametrize("data", [b"", b"\n\n\n"])
def test_refuses_an_empty_file(tmp_path: Path, data: bytes) -> None:
    assert refusal(kept(tmp_path, data)).file == "file.csv"


def test_refuses_a_file_of_a_gigabyte_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(1 << 30)

    assert "larger than 300 MB" in str(refusal(path))


def test_refuses_packed_files(tmp_path: Path) -> None:
    assert "Unpack it" in str(refusal(kept(tmp_path, b"\x1f\x8b\x08\x00" + b"\x00" * 40)))


@pytest.mark.parametrize("columns", ["a,b,a", "a,b"])
def test_says_which_column_is_doubled_or_missing(tmp_path: Path, columns: str) -> None:
    wanted = "a" if columns.count("a") > 1 else "c"

    with (
        open_table(kept(tmp_path, f"{columns}\n".encode())) as table,
        pytest.raises(TableError) as caught,
    ):
        table.column(wanted)

    assert caught.value.column == wanted


@pytest.mark.parametrize(
    ("values", "first"),
    [
        (["1.234,50", "12,5"], "1234.50"),
        (["1,234.50", "12.5"], "1234.50"),
        (["1.234", "12,5"], "1234"),
        (["1,234", "0.125"], "1234"),
        (["$1,500,000.00 ", "(12.50)"], "1500000.00"),
        (["-3", "4"], "-3"),
        (["1.234.567", "1.234"], "1234567"),
    ],
)
def test_decides_the_decimal_sign_by_the_column(
    tmp_path: Path, values: list[str], first: str
) -> None:
    path = kept(tmp_path, ("n\tx\n" + "".join(f"{value}\ty\n" for value in values)).encode())

    with open_table(path) as table:
        table.decide_styles(["n"], [])
        cells = [row.cells[0] for row in table.body()]

        assert table.styles.amount("n", cells[0])[0] == Decimal(first)


def test_shows_numbers_that_could_be_read_in_two_ways(tmp_path: Path) -> None:
    with open_table(kept(tmp_path, b"n,x\n1.234,y\n")) as table:
        table.decide_styles(["n"], [])

        assert table.styles.unclear == {"n": "1.234"}


@pytest.mark.parametrize(
    ("values", "day"),
    [
        (["01/02/2026", "13/02/2026"], (2026, 2, 1)),
        (["1/2/2026", "2/13/2026 9:30 PM"], (2026, 1, 2)),
        (["2026-02-01", "2026-02-13T10:00:00.000+0000"], (2026, 2, 1)),
        (["45631.0", "45632"], (2024, 12, 5)),
        (["1 de feb de 2026"], (2026, 2, 1)),
        (["Feb 1, 2026"], (2026, 2, 1)),
    ],
)
def test_decides_the_order_of_dates_by_the_column(
    tmp_path: Path, values: list[str], day: tuple[int, int, int]
) -> None:
    path = kept(tmp_path, ("d\tx\n" + "".join(f"{value}\ty\n" for value in values)).encode())

    with open_table(path) as table:
        table.decide_styles([], ["d"])
        cell = next(table.body()).cells[0]

        found = table.styles.day("d", cell)
        assert found and (found.year, found.month, found.day) == day
        assert table.styles.unclear == {}


def test_shows_dates_that_could_be_read_in_two_ways(tmp_path: Path) -> None:
    with open_table(kept(tmp_path, b"d,x\n01/02/2026,y\n03/04/2026,y\n")) as table:
        table.decide_styles([], ["d"])

        assert table.styles.unclear == {"d": "01/02/2026"}


def workbook(path: Path, *, date_1904: bool = False) -> Path:
    book = xlsxwriter.Workbook(path, {"date_1904": date_1904})
    sheet = book.add_worksheet("Data")
    sheet.write_row(0, 0, ["Code", "Amount", "Day"])
    sheet.write_string(1, 0, "0012")
    sheet.write_number(1, 1, 1234.5)
    sheet.write_datetime(1, 2, DAY, book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()
    return path


@pytest.mark.parametrize("date_1904", [False, True])
def test_reads_a_workbook_of_both_epochs(tmp_path: Path, date_1904: bool) -> None:
    rows, problems = read(workbook(tmp_path / "book.xlsx", date_1904=date_1904))

    assert rows[1] == ["0012", Decimal("1234.5"), DAY]
    assert problems == []


def with_part(path: Path, name: str, data: bytes) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr(name, data)
    return path


def test_refuses_a_zip_bomb(tmp_path: Path) -> None:
    path = with_part(workbook(tmp_path / "book.xlsx"), "xl/media/x.bin", b"\0" * 30_000_000)

    assert "larger than it says" in str(refusal(path))


def test_refuses_entities(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    path = with_part(workbook(tmp_path / "book.xlsx"), "xl/extra.xml", bomb)

    assert "entities" in str(refusal(path))


@pytest.mark.parametrize(
    "data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"PK\x03\x04 broken" * 30]
)
def test_refuses_locked_and_broken_workbooks(tmp_path: Path, data: bytes) -> None:
    assert refusal(kept(tmp_path, data, "book.xlsx")).file == "book.xlsx"


def test_refuses_an_archive_that_is_no_workbook(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.csv", "a,b")

    assert "no workbook" in str(refusal(kept(tmp_path, buffer.getvalue(), "a.xlsx")))


def test_reads_moments_with_their_zone(tmp_path: Path) -> None:
    with open_table(kept(tmp_path, b"d,x\n2026-02-01T10:00:00+0200,y\n")) as table:
        table.decide_styles([], ["d"])

        assert table.styles.day("d", next(table.body()).cells[0]) == datetime(
            2026, 2, 1, 8, tzinfo=UTC
        )


def test_real_csv_is_read_or_refused_with_a_reason() -> None:
    for path in files("csv/*/*.csv", "csv/*/*.tsv"):
        facts = expected("csv").get(name_of(path), {})
        if facts.get("nul") or facts.get("widths", [0]) == [0]:
            assert refusal(path).reason, path
            continue

        rows, problems = read(path)

        assert len(rows) + len(problems) <= facts["rows_incl_header"], path
        if "spectrum" in name_of(path):
            assert len(rows) == facts["rows_incl_header"], path


def test_real_workbooks_are_read_or_refused_with_a_reason() -> None:
    for path in files("xlsx/*/*.xls*"):
        try:
            rows, _problems = read(path)
        except TableError as error:
            assert error.reason, path
        else:
            assert name_of(path).removeprefix("xlsx/") not in REFUSED
            assert "clusterfuzz" not in path.name and "crash" not in path.name
            assert rows, path


def test_spanish_companies_add_up() -> None:
    for path in files("es/faker/*_empresas.csv"):
        facts = expected("crm_es_finance")["es"][path.name]
        with open_table(path) as table:
            column = next(name for name in table.columns if name.startswith("Facturación"))
            table.decide_styles([column], ["Fecha de alta"])
            place = table.column(column)
            cells = [row.cells[place] for row in table.body()]
            total = sum((table.styles.number(column, cell) or 0) for cell in cells)

        assert len(cells) == facts["rows"], path
        assert total == Decimal(facts["sum_facturacion"]), path
        assert table.styles.dates["Fecha de alta"].order == "day"
