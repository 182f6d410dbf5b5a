import json
import tempfile
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db.models import Sum

from accounts.models import Account, Contract, Receivable, Revenue
from integrations.imports.layouts import tables
from tests.base import ClaveTest
from tests.shared_data import DATA, expected, folders

YEARS = {1996: "208083.97", 1997: "617085.20", 1998: "440623.87"}


class TablesTest(ClaveTest):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def put(self, name: str, text: str, encoding: str = "utf-8") -> Path:
        path = self.folder / name
        path.write_text(text, encoding=encoding)
        return path

    def take(self, path: Path, *options: str) -> dict[str, Any]:
        out = StringIO()
        call_command("importcrm", str(path), "--json", *options, stdout=out)
        report: dict[str, Any] = json.loads(out.getvalue())
        return report

    def test_heads_in_spanish_find_their_fields(self) -> None:
        columns = ["Pedido", "Fecha", "Cliente", "Producto", "Importe"]

        self.assertEqual(tables.kind_of(columns), "revenue")
        self.assertEqual(
            tables.guess("revenue", columns),
            {"account": "Cliente", "month": "Fecha", "revenue": "Importe", "product": "Producto"},
        )

    def test_revenue_is_summed_by_month_before_it_is_rounded(self) -> None:
        rows = "".join(f"Acme;{day:02}/02/2026;1.000,005;Widget\n" for day in (1, 14, 28))
        path = self.put("v.csv", f"Cliente;Fecha;Importe;Producto\n{rows}", "cp1252")

        report = self.take(path)["revenue"]

        self.assertEqual((report["rows"], report["created"]), (3, 1))
        row = Revenue.objects.get()
        self.assertEqual((row.month, row.revenue), (date(2026, 2, 1), Decimal("3000.02")))
        self.assertEqual(row.account, self.acme)

    def test_cents_rounded_away_come_back_in_the_sum(self) -> None:
        rows = "".join(f"Acme,2026-{month:02}-01,0.004\n" for month in range(1, 11))

        self.take(self.put("v.csv", f"Customer,Date,Amount\n{rows}"))

        total = Revenue.objects.aggregate(all=Sum("revenue"))["all"]
        self.assertEqual(total, Decimal("0.04"))

    def test_the_same_again_changes_nothing_and_a_correction_one_row(self) -> None:
        text = "Customer,Date,Amount,Cost\nAcme,2026-01-01,10,4\nAcme,2026-02-01,20,5\n"
        self.take(self.put("v.csv", text))

        again = self.take(self.put("v.csv", text))["revenue"]
        corrected = self.take(self.put("v.csv", text.replace("20,5", "21,5")))["revenue"]

        self.assertEqual((again["created"], again["unchanged"]), (0, 2))
        self.assertEqual((corrected["updated"], corrected["unchanged"]), (1, 1))

    def test_figures_of_the_account_follow(self) -> None:
        self.take(self.put("v.csv", "Customer,Date,Amount\nAcme,2026-10-01,500\n"))

        self.acme.standing.refresh_from_db()
        self.assertTrue(self.acme.standing.updated_at)

    def test_contracts_and_invoices(self) -> None:
        self.take(self.put("c.csv", "Cuenta;Contrato;Valor anual;Inicio;Fin\n"
                           "Acme;Licencia;1.200,50;01/02/2026;31/01/2027\n"))  # fmt: skip
        self.take(self.put("r.csv", "Customer,Invoice,Amount,Issued,Due\n"
                           "Acme,0017,99.5,2026-01-31,2026-03-02\n"
                           "Acme,0018,5,2026-03-31,2026-03-02\n"))  # fmt: skip

        contract = Contract.objects.get()
        self.assertEqual((contract.value, contract.end), (Decimal("1200.50"), date(2027, 1, 31)))
        self.assertEqual(Receivable.objects.get().invoice, "0017")

    def test_northwind_from_its_tables_and_from_its_spanish_file(self) -> None:
        if not folders("crm/northwind"):
            return
        facts = expected("crm_es_finance")["northwind"]

        english = self.take(DATA / "crm/northwind")["revenue"]
        spanish = self.take(DATA / "es/northwind_ventas_es_cp1252.csv")["revenue"]

        self.assertEqual((english["rows"], english["skipped"]), (2155, 0))
        self.assertEqual((spanish["created"], spanish["updated"]), (0, 0))
        total = Revenue.objects.aggregate(all=Sum("revenue"))["all"]
        self.assertEqual(total, round(Decimal(facts["revenue_net"]), 2))
        self.check_years()
        self.check_customers(facts)

    def test_the_spanish_file_alone(self) -> None:
        if not folders("crm/northwind"):
            return

        report = self.take(DATA / "es/northwind_ventas_es_cp1252.csv")

        self.assertEqual(report["files"][0]["encoding"], "Windows-1252")
        total = Revenue.objects.aggregate(all=Sum("revenue"))["all"]
        self.assertEqual(total, Decimal("1265793.04"))
        self.check_years()

    def check_years(self) -> None:
        rows = Revenue.objects.values("month__year").annotate(total=Sum("revenue"))
        found = {row["month__year"]: row["total"] for row in rows}
        self.assertEqual(found, {year: Decimal(total) for year, total in YEARS.items()})

    def check_customers(self, facts: dict[str, Any]) -> None:
        """Each to a cent: the cents are made to add up over all."""
        rows = Revenue.objects.values("account__name").annotate(total=Sum("revenue"))
        found = {row["account__name"]: row["total"] for row in rows}
        for name, total in facts["top10_customers"]:
            self.assertAlmostEqual(found[name], Decimal(str(total)), delta=Decimal("0.01"))
        self.assertEqual(
            Account.objects.filter(name__in=facts["customers_without_orders"]).count(), 0
        )
