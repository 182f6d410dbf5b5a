"""Orders in several tables (customers, orders, lines, products) as one table of revenue."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from kam.lib.tabular import Table, as_text, open_table

PARTS = {
    "customers": {"customer_id", "company_name"},
    "products": {"product_id", "product_name"},
    "orders": {"order_id", "customer_id", "order_date"},
    "lines": {"order_id", "product_id", "unit_price", "quantity", "discount"},
}
HEAD = ["Customer", "Date", "Product", "Unit price", "Quantity", "Discount"]


def parts_of(columns: Mapping[Path, set[str]]) -> dict[str, Path]:
    """The tables by their part, when all of them are there; else nothing."""
    found = {}
    for part, needs in PARTS.items():
        path = next((path for path, names in columns.items() if needs <= names), None)
        if path is None:
            return {}
        found[part] = path
    return found


def join(parts: Mapping[str, Path], into: Path) -> None:
    """A row for each line of an order; what it comes to is for the mapping to say."""
    customers = _lookup(parts["customers"], "customer_id", "company_name")
    products = _lookup(parts["products"], "product_id", "product_name")
    orders = _lookup(parts["orders"], "order_id", "customer_id", "order_date")
    with open_table(parts["lines"]) as table, into.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEAD)
        for row in table.body():
            order, product = _texts(table, row.cells, "order_id", "product_id")
            customer, day = orders.get(order, ["", ""])
            names = [customers.get(customer, [""])[0], day, products.get(product, [""])[0]]
            amounts = _texts(table, row.cells, "unit_price", "quantity", "discount")
            out.writerow([*names, *amounts])


def _lookup(path: Path, key: str, *names: str) -> dict[str, list[str]]:
    with open_table(path) as table:
        return {
            _texts(table, row.cells, key)[0]: _texts(table, row.cells, *names)
            for row in table.body()
        }


def _texts(table: Table, cells: Sequence[object], *names: str) -> list[str]:
    return [as_text(cells[table.column(name)]) for name in names]  # type: ignore[arg-type]  # a column that was found before
