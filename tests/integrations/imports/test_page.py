"""From the upload to the undo, through the addresses of the page and the jobs of the worker."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from accounts.models import Account, Batch, Contract, Layout, Opportunity, Receivable, Revenue
from accounts.models.imports import KEPT, RUN
from accounts.tasks import forget_old_uploads
from integrations.imports.layouts.empty_tables import listed
from integrations.imports.layouts.tables import guess, kind_of, missing
from kam.lib.outbox.models import Job
from kam.lib.tabular import open_table
from tests.base import MONDAY, shown
from tests.integrations.imports.cases import HUBSPOT
from tests.integrations.imports.pages import ImportPages

SALES = "Cliente;Fecha;Precio unitario;Cantidad;Descuento\nAcme;04/07/2026;1.200,50;2;0,25\n"


class PageTest(ImportPages):
    # --- The way through ---

    def test_what_was_recognised_is_shown_before_anything_is_checked(self) -> None:
        self.hubspot()

        page = self.see("batch_columns")

        self.assertIn("HubSpot, 3 rows, UTF-8, comma", shown(page))
        self.assertEqual(Account.objects.count(), 2)

    def test_checking_counts_and_changes_nothing(self) -> None:
        self.hubspot()

        self.columns()

        self.assertEqual(self.batch.state, "checked")
        self.assertEqual(Account.objects.count(), 2)
        self.assertContains(self.see(), "Import 8 records, leave 0 out")

    def test_an_import_comes_in_whole_and_its_files_are_forgotten(self) -> None:
        self.hubspot()
        stored = [kept.file.name for kept in self.batch.files.all()]

        with self.captureOnCommitCallbacks(execute=True):
            self.import_all()

        self.assertEqual(self.batch.state, "done")
        self.assertEqual(Account.objects.filter(name="Thompson").count(), 2)
        page = self.see()
        self.assertContains(page, 'data-won="1200.50"')
        self.assertFalse([name for name in stored if default_storage.exists(name or "")])

    def test_it_is_taken_back_as_a_whole(self) -> None:
        self.hubspot()
        self.import_all()

        self.send("batch_undo")

        self.assertEqual(self.batch.state, "undone")
        self.assertEqual(Account.objects.count(), 2)
        self.assertContains(self.see(), "Taken back.")

    def test_what_somebody_built_on_stays_and_the_page_says_what_it_was(self) -> None:
        self.hubspot()
        self.import_all()
        deal = Opportunity.objects.get(title="Big")
        deal.change(by=self.root, at=MONDAY, title="Bigger")

        self.send("batch_undo")

        self.assertEqual(self.batch.state, "done")
        self.assertContains(self.see(), "Not taken back.")
        self.assertContains(self.see(), "Bigger")

    def test_an_import_thrown_away_is_gone_with_its_files(self) -> None:
        self.hubspot()
        stored = [kept.file.name for kept in self.batch.files.all()]

        with self.captureOnCommitCallbacks(execute=True):
            self.send("batch_discard")

        self.assertFalse(Batch.objects.exists())
        self.assertFalse([name for name in stored if default_storage.exists(name or "")])

    def test_history_keeps_who_did_what(self) -> None:
        self.hubspot()
        self.import_all()
        self.send("batch_undo")

        events = self.batch.events.order_by("pgh_id")  # type: ignore[attr-defined]  # django-pghistory adds it
        actions = [event.pgh_context.metadata["action"] for event in events]
        for action in ("import.upload", "import.columns", "import.start", "import.undo"):
            self.assertIn(action, actions)

    # --- Mapping ---

    def test_an_amount_is_worked_out_of_price_quantity_and_discount(self) -> None:
        self.upload(ventas_csv=SALES.encode("cp1252"))

        self.columns(**{"t0-order": "day"})
        self.send("batch_run")

        row = Revenue.objects.get()
        self.assertEqual(str(row.revenue), "1800.75")
        self.assertEqual(row.month.isoformat(), "2026-07-01")

    def test_dates_that_can_be_read_both_ways_are_for_the_person_to_decide(self) -> None:
        self.upload(ventas_csv=SALES)

        page = self.columns()

        self.assertEqual(page.status_code, 422)
        self.assertContains(page, "04/07/2026", status_code=422)
        self.assertContains(page, "Say which comes first", status_code=422)

    def test_another_kind_asks_for_its_own_columns(self) -> None:
        self.upload(odd_csv="A,B,C,D,E\nAcme,Licence,100,2026-01-01,2026-12-31\n")

        self.columns(**{"t0-kind": "contract"})
        page = self.see("batch_columns")
        self.assertContains(page, "Value a year")
        again = self.columns()
        self.assertContains(again, "Choose the column that holds this.", status_code=422)
        self.columns(**{"t0-col-account": "A", "t0-col-title": "B", "t0-col-value": "C",
                        "t0-col-start": "D", "t0-col-end": "E"})  # fmt: skip
        self.send("batch_run")

        self.assertEqual(Contract.objects.get().title, "Licence")

    def test_the_mapping_is_remembered_for_the_next_file_with_this_head(self) -> None:
        self.test_another_kind_asks_for_its_own_columns()
        self.assertTrue(Layout.objects.exists())

        self.upload(next_csv="A,B,C,D,E\nAcme,Support,50,2026-02-01,2026-12-31\n")
        self.import_all()

        self.assertEqual(Contract.objects.count(), 2)

    def test_a_column_that_is_not_there_is_named(self) -> None:
        self.upload(ventas_csv=SALES)

        page = self.columns(**{"t0-order": "day", "t0-col-account": "Kunde"})

        self.assertContains(page, "There is no such column in the table.", status_code=422)
        self.assertContains(page, "Kunde", status_code=422)

    # --- Rows and companies ---

    def test_a_row_is_put_right_on_the_page(self) -> None:
        self.upload(v_csv="Customer,Date,Amount\nAcme,2026-01-01,ten\nAcme,2026-02-01,20\n")
        self.columns()
        page = self.see(show="fix")
        self.assertContains(page, "This is no number.")

        self.send("batch_correct", **{"fix-2-Amount-v.csv": "10"})
        self.send("batch_run")

        self.assertEqual(Revenue.objects.count(), 2)

    def test_every_cell_of_a_row_that_cannot_be_read_is_put_right_at_once(self) -> None:
        self.upload(v_csv="Customer,Date,Amount,Cost\nAcme,soon,ten,x\nAcme,2026-02-01,20,1\n")
        self.columns()
        page = self.see(show="fix")
        self.assertContains(page, "One row is left out.")
        for cell in ("soon", "ten", "x"):
            self.assertContains(page, f'value="{cell}" aria-invalid="true"')

        fixes = {"Date": "2026-01-01", "Amount": "10", "Cost": "4"}
        self.send("batch_correct", **{f"fix-2-{name}-v.csv": v for name, v in fixes.items()})
        self.send("batch_run")

        found = Revenue.objects.values_list("month__month", "revenue", "cost")
        self.assertEqual(sorted(found), [(1, 10, 4), (2, 20, 1)])

    def test_a_row_is_put_right_in_a_cell_that_was_not_to_blame(self) -> None:
        self.upload(v_csv="Customer,Invoice,Amount,Issued,Due\nAcme,7,5,2026-03-31,2026-03-02\n")
        self.columns()
        self.assertContains(self.see(show="fix"), "The dates are in the wrong order.")

        self.send("batch_correct", **{"fix-2-Issued-v.csv": "2026-02-01"})
        self.send("batch_run")

        self.assertEqual(Receivable.objects.get().issued.isoformat(), "2026-02-01")

    def test_a_row_too_short_or_too_long_is_put_right(self) -> None:
        self.upload(v_csv="Customer,Date,Amount\nAcme,2026-01-01\nAcme, Inc,2026-02-01,20\n")
        self.columns()
        page = self.see(show="fix")
        self.assertIn('name="fix-2-Amount-v.csv" value=""', shown(page))
        self.assertIn('name="fix-3-Date-v.csv" value="Inc"', shown(page))

        self.send("batch_correct", **{
            "fix-2-Amount-v.csv": "10", "fix-3-Customer-v.csv": "Acme",
            "fix-3-Date-v.csv": "2026-02-01", "fix-3-Amount-v.csv": "20",
        })  # fmt: skip
        self.send("batch_run")

        found = Revenue.objects.values_list("account__name", "month__month", "revenue")
        self.assertEqual(sorted(found), [("Acme", 1, 10), ("Acme", 2, 20)])

    def test_rows_are_not_kept_once_they_can_no_longer_be_put_right(self) -> None:
        self.upload(v_csv="Customer,Date,Amount,Cost\nAcme,2026-01-01,ten,41.99\n"
                    "Acme,2026-02-01,20,1\n")  # fmt: skip
        self.columns()
        self.assertIn("41.99", str(self.batch.report))

        self.send("batch_run")

        self.assertNotIn("41.99", str(self.batch.report))
        self.assertIn("ten", str(self.batch.report))

    def test_what_was_left_out_is_a_file_to_take_away(self) -> None:
        self.upload(v_csv="Customer,Date,Amount\nAcme,2026-01-01,ten\nAcme,2026-02-01,20\n")
        self.columns()

        text = self.see("batch_left_out").getvalue().decode("utf-8-sig")

        self.assertIn("v.csv,2,Amount,This is no number. Write it like 1234.50.,ten", text)

    # --- What cannot be imported ---

    def test_nothing_chosen_is_said(self) -> None:
        response = self.client.post(reverse("integrations:import_add"), {})

        self.assertContains(response, "Choose at least one file.", status_code=422)

    def test_a_picture_is_no_table_whatever_its_name(self) -> None:
        response = self.upload(sales_csv=b"\x89PNG\r\n\x1a\n123")

        self.assertContains(response, "is no table", status_code=422)

    @override_settings(UPLOAD_BYTES=300)
    def test_a_file_too_large_is_refused(self) -> None:
        form = {"uploads": SimpleUploadedFile("v.csv", b"x" * 100_000)}
        response = self.client.post(reverse("integrations:import_add"), form)

        self.assertContains(response, "v.csv is larger than", status_code=422)

    def test_a_broken_file_is_named_beside_those_that_can_be_read(self) -> None:
        self.upload(good_csv="Customer,Date,Amount\nAcme,2026-01-01,10\n",
                    bad_csv=b"Customer,Date,Amount\nAcme,2026-\x0001-01,10\n")  # fmt: skip

        page = self.see("batch_columns")

        self.assertContains(page, "bad.csv, line 2")
        self.import_all()
        self.assertEqual(Revenue.objects.count(), 1)

    def test_work_that_died_is_told_and_can_be_tried_again(self) -> None:
        self.hubspot()
        Job.objects.update(error="interrupted")

        self.assertContains(self.see(), "Try again")
        self.send("batch_again")

        self.assertEqual(self.see().status_code, 302)

    def test_a_worker_that_dies_on_the_way_leaves_nothing_and_another_begins_anew(self) -> None:
        self.hubspot()
        self.columns()
        with patch("integrations.imports.run.settle", side_effect=RuntimeError("killed")):
            self.send("batch_run")
        self.assertEqual(self.batch.state, "running")
        self.assertEqual(Account.objects.count(), 2)

        Job.objects.update(lease_until=None)
        self.work()

        self.assertEqual(self.batch.state, "done")
        self.assertEqual(Account.objects.count(), 4)
        self.assertContains(self.see(), 'data-won="1200.50"')

    def test_work_that_is_done_is_not_done_again(self) -> None:
        """The worker died after the import came in and before its job was marked."""
        self.hubspot()
        self.import_all()
        report = self.batch.report
        Job.objects.filter(kind=RUN).update(finished_at=None, lease_until=None)

        self.work()

        self.assertEqual(self.batch.report, report)
        self.assertEqual(Account.objects.count(), 4)

    def test_an_upload_that_nobody_imports_is_forgotten_after_two_weeks(self) -> None:
        self.hubspot()
        Batch.objects.update(created_at=now() - KEPT - timedelta(hours=1))

        forget_old_uploads()

        self.assertFalse(Batch.objects.exists())

    def test_templates_are_recognised_as_what_they_are_for(self) -> None:
        for one in listed():
            for name, _words in one["files"]:
                with self.subTest(name):
                    address = reverse("integrations:import_template", args=[name])
                    file = Path(self.folder.name) / name
                    file.write_bytes(self.client.get(address).getvalue())
                    with open_table(file) as table:
                        columns = list(table.columns)
                    kind = name.partition("-")[0]
                    self.assertEqual(missing(kind, guess(kind, columns)), [])
                    self.assertEqual(len(guess(kind, columns)), len(columns))
                    self.assertEqual(kind_of(columns), kind)

    def test_pages_take_few_queries_however_much_there_is(self) -> None:
        rows = "".join(f"Acme,2026-01-01,x{n}\n" for n in range(2_000))
        self.upload(v_csv=f"Customer,Date,Amount\n{rows}Acme,2026-02-01,20\n")
        self.columns()
        for name, query in (("batch", {}), ("batch", {"show": "all"}), ("batch_columns", {})):
            with self.subTest(name), CaptureQueriesContext(connection) as queries:
                page = self.see(name, **query)
                self.assertLess(len(queries), 15)
                self.assertLess(len(page.content), 60_000)

    def test_a_zip_is_unpacked(self) -> None:
        self.upload(export_zip=zipped(HUBSPOT))
        self.import_all()

        self.assertEqual(self.batch.state, "done")
        self.assertEqual(Account.objects.count(), 4)


def zipped(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"export/{name}", text)
    return out.getvalue()
