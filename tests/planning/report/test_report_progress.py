"""The polling region: fresh when something changed, silent when nothing did."""

from django.urls import reverse

from kam.lib.outbox.models import Job
from planning.models import Report, Snapshot
from tests.base import MONDAY, ClaveTest

HTMX = {"HX-Request": "true"}


class ReportProgressTest(ClaveTest):
    report: Report

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        snapshot = Snapshot.take(cls.plan, by=cls.alice, at=MONDAY)
        cls.report = Report.of(snapshot, by=cls.alice)

    def setUp(self) -> None:
        self.client.force_login(self.alice)
        self.url = reverse("planning:report_progress", args=[self.report.pk])

    def claimed(self) -> Job:
        job = Job.objects.claim("pdf", MONDAY)
        assert job is not None
        return job

    def test_region_comes_alone_with_its_id(self) -> None:
        answer = self.client.get(self.url, headers=HTMX)

        self.assertContains(answer, f'id="report-{self.report.pk}-progress"')
        self.assertNotContains(answer, "<html")

    def test_nothing_new_is_no_content(self) -> None:
        seen = self.client.get(self.url, headers=HTMX).context["seen"]

        answer = self.client.get(self.url, {"seen": seen}, headers=HTMX)

        self.assertEqual(answer.status_code, 204)

    def test_step_and_percent_are_said(self) -> None:
        self.claimed().report(70, "writing")

        answer = self.client.get(self.url, {"seen": "waiting--0"}, headers=HTMX)

        self.assertContains(answer, "Writing the file")
        self.assertContains(answer, '<progress max="100" value="70"')

    def test_retry_is_said(self) -> None:
        job = self.claimed()
        job.report(70, "writing")
        job.mark_failed(MONDAY, "boom")

        self.assertContains(self.client.get(self.url, headers=HTMX), "Waiting for another try")

    def test_without_htmx_the_page_opens(self) -> None:
        self.assertRedirects(self.client.get(self.url), self.report.get_absolute_url())

    def test_reader_gets_the_words_in_spanish(self) -> None:
        self.alice.language, self.alice.region = "es", "es-CO"
        self.alice.save(update_fields=["language", "region"])

        answer = self.client.get(self.url, headers=HTMX)

        self.assertEqual(answer["Content-Language"], "es")

    def test_stranger_gets_404(self) -> None:
        self.client.force_login(self.mallory)

        self.assertEqual(self.client.get(self.url, headers=HTMX).status_code, 404)

    def test_wrong_method_gets_405(self) -> None:
        self.assertEqual(self.client.post(self.url).status_code, 405)
