"""What cannot be read is refused alike by page and command: which file, which line, what to do."""

import io
import tempfile
import zipfile
from pathlib import Path

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from accounts.models import Account, Batch, Revenue
from kam.lib.outbox.tasks import run_jobs
from tests.base import ClaveTest
from tests.shared_data import files

HEAD = b"Customer,Date,Amount\n"


def workbook(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Customer", "Date", "Amount"])
        sheet.write_row(1, 0, ["Acme", "2026-01-01", 10])
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def packed(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
# The whole file is refused; the words are part of what is said.
REFUSED: dict[str, tuple[str, bytes, str]] = {
    "mixed encodings": ("mixed.csv", HEAD + "Ñandú,2026-01-01,1\n".encode() * 3
                        + "Muñoz,2026-01-01,1\n".encode("cp1252") * 3, "mixed.csv, line 5"),
    "a doubled column": ("twice.csv", b"Customer,Date,Amount,Amount\nAcme,2026-01-01,1,2\n",
                         "twice.csv, column Amount"),
    "a NUL byte": ("nul.csv", HEAD + b"Ac\0me,2026-01-01,1\n", "nul.csv, line 2"),
    "an unclosed quote": ("open.csv", HEAD + b'"Acme,2026-01-01,1\n' + b"x,y,z\n" * 900,
                          "open.csv, line 2"),
    "20,000 columns": ("wide.csv", b",".join(b"c%d" % n for n in range(20_000)) + b"\n", "wide.csv"),
    "an entity bomb": ("entity.xlsx", workbook(**{"xl/x.xml": ENTITIES}), "entity.xlsx"),
    "a zip bomb": ("bomb.xlsx", workbook(**{"xl/media/x.bin": b"\0" * 30_000_000}), "bomb.xlsx"),
    "an encrypted workbook": ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
                              "locked.xlsx"),
    "a broken workbook": ("broken.xlsx", b"PK\x03\x04 broken" * 30, "broken.xlsx"),
    "a cell without end": ("cell.csv", HEAD + b'"' + b"x" * 2_000_000 + b'",2026-01-01,1\n',
                           "cell.csv, line 2"),
}  # fmt: skip
# Single rows are left out, the others come in: line, column and value.
LEFT_OUT: dict[str, tuple[bytes, list[object]]] = {
    "an unreadable date": (b"Acme,soon,1\n", [2, "Date", "soon"]),
    "an unreadable number": (b"Acme,2026-01-01,much\n", [2, "Amount", "much"]),
    "a row too short": (b"Acme,2026-01-01\n", [2, "Amount", ""]),
    "a row too long": (b"Acme,2026-01-01,1,more\n", [2, "4", "more"]),
}


class BadFilesTest(ClaveTest):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.client.force_login(self.root)

    def by_command(self, name: str, data: bytes) -> str:
        path = self.folder / name
        path.write_bytes(data)
        with self.assertRaises(CommandError) as caught:
            call_command("importcrm", str(path))
        return str(caught.exception)

    def by_page(self, name: str, data: bytes) -> str:
        form = {"uploads": SimpleUploadedFile(name, data)}
        response = self.client.post(reverse("integrations:import_add"), form, follow=True)
        run_jobs("default")
        if batch := Batch.objects.order_by("-pk").first():
            response = self.client.get(batch.get_absolute_url(), follow=True)
        self.assertLess(response.status_code, 500)
        return response.getvalue().decode()

    def test_a_file_that_cannot_be_read_is_named_with_its_place(self) -> None:
        for what, (name, data, said) in REFUSED.items():
            with self.subTest(what):
                self.assertIn(said, self.by_page(name, data))
                self.assertIn(said, self.by_command(name, data))
        self.assertFalse(Revenue.objects.exists())

    def test_an_empty_file_is_said(self) -> None:
        self.assertIn("The file is empty", self.by_page("empty.csv", b""))
        self.assertIn("empty", self.by_command("empty.csv", b""))

    def test_a_row_that_cannot_be_read_is_left_out_with_its_reason(self) -> None:
        for what, (row, place) in LEFT_OUT.items():
            with self.subTest(what):
                self.by_page("rows.csv", HEAD + row + b"Acme,2026-02-01,2\n")
                batch = Batch.objects.latest("pk")
                address = reverse("integrations:batch_columns", args=[batch.pk])
                forms = self.client.get(address).context["forms"]
                sent = {f.html_name: f.value() or "" for form in forms for f in form}
                self.client.post(address, sent)
                run_jobs("default")

                batch.refresh_from_db()
                [found] = batch.report["revenue"]["left_out"]
                self.assertEqual([found["line"], found["column"], found["value"]], place)
                self.assertEqual(batch.report["revenue"]["created"], 1)

    def test_a_packed_bomb_is_not_unpacked_to_its_end(self) -> None:
        quote = HEAD + b'"' + b"never closed " * 16_000_000  # 200 MB, and 0.2 MB packed

        text = self.by_page("export.zip", packed("sales.csv", quote))

        self.assertIn("far too large", text)
        self.assertIn("export.zip", text)

    def test_a_file_keeps_the_name_under_which_it_came(self) -> None:
        text = self.by_page("table.csv.bz2", b"BZh9 packed")

        self.assertIn("table.csv.bz2: The file is packed", text)

    def test_of_a_file_that_cannot_be_read_nothing_is_claimed(self) -> None:
        text = self.by_page("nul.csv", HEAD + b"Ac\0me,2026-01-01,1\n")

        self.assertNotIn("XLSX,", text)
        self.assertNotIn("0 rows", text)

    def test_an_archive_of_archives_or_of_nothing_is_said(self) -> None:
        self.assertIn("no CSV and no XLSX", self.by_page("a.zip", packed("a.txt.exe", b"MZ")))

    def test_names_in_an_archive_lead_nowhere_else(self) -> None:
        outside = Path(tempfile.gettempdir()) / "clave-escaped.csv"

        self.by_page("a.zip", packed("../../clave-escaped.csv", HEAD + b"Acme,2026-01-01,1\n"))

        self.assertFalse(outside.exists())
        self.assertEqual(len(Batch.objects.latest("pk").report["look"]["tables"]), 1)

    def test_formulas_of_others_come_in_as_text_and_are_shown_as_text(self) -> None:
        rows = b"name,industry,domain,country\n=cmd|' /C calc'!A0,<script>,x.example,Peru\n"
        self.by_page("companies.csv", rows)
        path = self.folder / "companies.csv"
        path.write_bytes(rows)

        call_command("importcrm", str(path), stdout=io.StringIO())

        self.assertTrue(Account.objects.filter(name="=cmd|' /C calc'!A0").exists())

    def test_real_bad_files_never_break_the_page(self) -> None:
        for path in files("csv/csvkit/*.csv", "csv/frictionless/*.csv", "xlsx/poi/*.xls*"):
            if path.stat().st_size < 300_000:
                with self.subTest(path.name):
                    self.by_page(path.name, path.read_bytes())
