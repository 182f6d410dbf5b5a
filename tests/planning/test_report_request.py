"""The button PDF: freezes the plan, asks the worker, goes to the page."""

from django.urls import reverse

from kam.lib.outbox.models import Job
from planning.models import Report, Snapshot
from tests.base import ClaveTest


class ReportRequestTest(ClaveTest):
    def setUp(self) -> None:
        self.client.force_login(self.alice)
        self.url = reverse("planning:report_request", args=[self.plan.pk])

    def test_button_freezes_the_plan_and_leads_to_the_page(self) -> None:
        answer = self.client.post(self.url)

        report = Report.objects.get()
        self.assertRedirects(answer, report.get_absolute_url())
        self.assertEqual(report.snapshot.data["objectives"][0]["title"], self.objective.title)
        self.assertEqual(report.job.state if report.job else "", "waiting")

    def test_htmx_is_sent_to_the_page(self) -> None:
        answer = self.client.post(self.url, headers={"HX-Request": "true"})

        self.assertEqual(answer["HX-Redirect"], Report.objects.get().get_absolute_url())

    def test_pressing_twice_asks_once(self) -> None:
        self.client.post(self.url)
        self.client.post(self.url)

        counts = [model.objects.count() for model in (Snapshot, Report, Job)]
        self.assertEqual(counts, [1, 1, 1])

    def test_changed_plan_is_a_new_version(self) -> None:
        self.client.post(self.url)
        self.objective.rename(seen=self.objective.title, title="Meet the CEO", by=self.alice)
        self.client.post(self.url)

        self.assertEqual(sorted(Snapshot.objects.values_list("number", flat=True)), [1, 2])

    def test_another_language_is_another_file_of_the_same_snapshot(self) -> None:
        self.client.post(self.url)
        self.bob.language, self.bob.region = "es", "es-MX"
        self.bob.save(update_fields=["language", "region"])
        self.client.force_login(self.bob)
        self.client.post(self.url)

        self.assertEqual((Snapshot.objects.count(), Report.objects.count()), (1, 2))

    def test_viewer_may_have_a_pdf(self) -> None:
        self.client.force_login(self.vera)

        self.assertEqual(self.client.post(self.url).status_code, 302)

    def test_stranger_gets_404(self) -> None:
        self.client.force_login(self.mallory)

        self.assertEqual(self.client.post(self.url).status_code, 404)
        self.assertFalse(Report.objects.exists())

    def test_wrong_method_gets_405(self) -> None:
        self.assertEqual(self.client.get(self.url).status_code, 405)
