"""The invoices of the smaller customers, out of the ERP, through the import that people use."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.utils import translation

from accounts.commerce.periods import add_months, first_of_month
from integrations.imports.importing import take_path
from kam.demo.commerce_script import MORE

if TYPE_CHECKING:
    from kam.demo.company import Company

HEADS = (
    ["Customer", "Invoice", "Amount", "Issued", "Due", "Paid"],
    ["Cliente", "Factura", "Importe", "Emitida", "Vence", "Pagada"],
)
SHARES = [Decimal("0.0811"), Decimal("0.0794")]  # of a year's revenue, each month
TERMS, PAID = 30, 24  # days


def add(company: "Company") -> None:
    """As the ERP writes it in each language; one row has no day that a calendar knows."""
    spanish = company.language == "es"
    month = first_of_month(company.today)
    with TemporaryDirectory() as folder, translation.override(company.language):
        path = Path(folder) / f"{company.say(('invoices', 'facturas'))}-{month:%Y-%m}.csv"
        with path.open("w", encoding="cp1252" if spanish else "utf-8", newline="") as file:
            out = csv.writer(file, delimiter=";" if spanish else ",")
            out.writerow(HEADS[spanish])
            out.writerows(_rows(month, spanish=spanish))
        take_path(path, source="auto", by=company.people["IH"], at=company.at)


def _rows(month: date, *, spanish: bool) -> Iterator[list[str]]:
    for place, (name, *_about, tier, thousands, _growth) in enumerate(MORE):
        if tier == "former":
            continue
        for back, share in zip((3, 2), SHARES, strict=True):
            issued = add_months(month, -back) + timedelta(days=2 + place)
            amount = (thousands * 1000 * share).quantize(Decimal("0.01"), ROUND_HALF_UP)
            yield [name, f"R{issued:%y%m}-{place + 1:03d}", _money(amount, spanish=spanish),
                   *(_day(issued + timedelta(days=days), spanish=spanish)
                     for days in (0, TERMS, PAID))]  # fmt: skip
    name = MORE[0][0]
    yield [name, f"R{month:%y%m}-090", _money(Decimal("1250.00"), spanish=spanish),
           _day(month, spanish=spanish), "31/02" if spanish else "31 Feb", ""]  # fmt: skip


def _day(day: date, *, spanish: bool) -> str:
    return f"{day:%d/%m/%Y}" if spanish else day.isoformat()


def _money(amount: Decimal, *, spanish: bool) -> str:
    english = f"{amount:,.2f}" if spanish else f"{amount:.2f}"
    return english.translate(str.maketrans(",.", ".,")) if spanish else english
