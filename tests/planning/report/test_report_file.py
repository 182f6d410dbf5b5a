"""The file itself: an attachment, with rights checked each time."""

from django.core.files.storage import default_storage
from django.urls import reverse

from accounts.models import Membership
from planning.models import Report, Snapshot
from tests.base import MONDAY, ClaveTest

PDF = b"%PDF-1.7 for tests"


class ReportFileTest(ClaveTest):
    report: Report

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.acme.name = "Peñón & Söhne / Łódź"
        cls.acme.save(update_fields=["name"])
        snapshot = Snapshot.take(cls.plan, by=cls.alice, at=MONDAY)
        cls.report = Report.of(snapshot, by=cls.alice)

    def setUp(self) -> None:
        self.client.force_login(self.alice)
        self.url = reverse("planning:report_file", args=[self.report.pk])
        self.report.store(PDF)
        self.addCleanup(default_storage.delete, self.report.file.name or "")

    def test_file_is_an_attachment_with_its_name(self) -> None:
        answer = self.client.get(self.url)

        self.assertEqual(b"".join(answer.streaming_content), PDF)  # type: ignore[attr-defined]
        self.assertEqual(answer["Content-Type"], "application/pdf")
        self.assertEqual(answer["Content-Length"], str(len(PDF)))
        self.assertEqual(answer["Cache-Control"], "no-store")
        self.assertEqual(
            answer["Content-Disposition"],
            "attachment; filename*=utf-8''Pe%C3%B1%C3%B3n-S%C3%B6hne-%C5%81%C3%B3d%C5%BA-v1-en.pdf",
        )

    def test_rights_are_asked_each_time(self) -> None:
        self.client.force_login(self.bob)
        before = self.client.get(self.url)
        b"".join(before.streaming_content)  # type: ignore[attr-defined]
        Membership.objects.filter(user=self.bob).delete()

        self.assertEqual((before.status_code, self.client.get(self.url).status_code), (200, 404))

    def test_before_it_is_ready_the_page_opens(self) -> None:
        default_storage.delete(self.report.file.name or "")

        self.assertRedirects(self.client.get(self.url), self.report.get_absolute_url())

    def test_stranger_gets_404(self) -> None:
        self.client.force_login(self.mallory)

        self.assertEqual(self.client.get(self.url).status_code, 404)

    def test_wrong_method_gets_405(self) -> None:
        self.assertEqual(self.client.post(self.url).status_code, 405)
