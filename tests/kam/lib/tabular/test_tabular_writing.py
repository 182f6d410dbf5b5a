from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kam.lib.tabular import Cell, as_text, open_table
from kam.lib.tabular.writing import neutral, plain, write_csv, write_xlsx

FORMULAS = [
    "=cmd|'/C calc'!A0",
    "+1-202-555-0100",
    "-2+3",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "'=1",
    "'quoted",
]
ROWS = [["Muñoz, S.A.", Decimal("1234.50"), date(2026, 2, 1), "0012"]]


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_text_and_come_back(text: str) -> None:
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert plain(neutral(text)) == text


@pytest.mark.parametrize("text", ["Acme", "a=b", "", "O'Brien"])
def test_other_text_is_left_alone(text: str) -> None:
    assert neutral(text) == text == plain(text)


def cells(path: Path) -> list[Cell]:
    with open_table(path) as table:
        return [as_text(cell) for cell in next(table.body()).cells]


@pytest.mark.parametrize(("write", "amount"), [(write_csv, "1234.50"), (write_xlsx, "1234.5")])
def test_what_goes_out_comes_back(tmp_path: Path, write: object, amount: str) -> None:
    path = tmp_path / "out"

    write(path, ["Name", "Amount", "Day", "Code"], ROWS)  # type: ignore[operator]

    assert cells(path) == ["Muñoz, S.A.", amount, "2026-02-01", "0012"]
