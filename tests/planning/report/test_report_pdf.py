"""The real pages of a real worker: accessible, complete, the same each time."""

from io import BytesIO
from typing import Any

from django.core.files.storage import default_storage
from pypdf import PdfReader

from accounts.models import User
from kam.lib.outbox.tasks import run_jobs
from planning.models import Report, Snapshot
from tests.base import MONDAY, ClaveTest


class ReportPdfTest(ClaveTest):
    snapshot: Snapshot
    english: bytes
    spanish: bytes

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.snapshot = Snapshot.take(cls.plan, by=cls.alice, at=MONDAY)
        cls.bob.language, cls.bob.region = "es", "es-CO"
        cls.english, cls.spanish = cls.made_for(cls.alice), cls.made_for(cls.bob)

    @classmethod
    def made_for(cls, person: User) -> bytes:
        report = Report.of(cls.snapshot, by=person)
        run_jobs("pdf")
        report.refresh_from_db()
        with report.file.open() as file:
            content = bytes(file.read())
        default_storage.delete(report.file.name or "")
        return content

    def text(self, pdf: bytes) -> str:
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)

    def test_pages_are_accessible(self) -> None:
        pdf = PdfReader(BytesIO(self.english))
        root: Any = pdf.root_object

        self.assertEqual(root["/Lang"], "en-GB")
        self.assertTrue(root["/MarkInfo"]["/Marked"])
        self.assertIn("/StructTreeRoot", root)
        self.assertTrue(root["/ViewerPreferences"]["/DisplayDocTitle"])
        self.assertIn(b"pdfuaid", root["/Metadata"].get_object().get_data())

    def test_title_and_number_of_pages(self) -> None:
        pdf: Any = PdfReader(BytesIO(self.english))
        report = Report.objects.get(language="en")

        self.assertEqual(pdf.metadata.title, "Acme, account plan 2026–2027")
        self.assertEqual(len(pdf.pages), report.pages)

    def test_text_and_outline(self) -> None:
        text = self.text(self.english)
        outline: Any = PdfReader(BytesIO(self.english)).outline

        for words in ("Meet the CTO", "Call the VP of engineering", "Alice Alvarez", "5 / 5"):
            self.assertIn(words, text)
        self.assertEqual(outline[0].title, "Acme")
        self.assertIn("Objectives and strategy", str(outline))

    def test_fonts_are_embedded(self) -> None:
        fonts = {
            font.get_object()["/BaseFont"]
            for page in PdfReader(BytesIO(self.english)).pages
            for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
        }

        self.assertTrue(any("Serif" in name for name in fonts), fonts)
        self.assertTrue(all("+" in name for name in fonts), fonts)  # subsets are embedded

    def test_spanish_reader_gets_spanish_pages(self) -> None:
        root: Any = PdfReader(BytesIO(self.spanish)).root_object

        self.assertEqual(root["/Lang"], "es-CO")
        self.assertIn("4 dic", self.text(self.spanish))

    def test_same_snapshot_gives_the_same_bytes(self) -> None:
        self.assertEqual(self.made_for(self.alice), self.english)
