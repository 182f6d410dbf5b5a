"""Asking for a PDF: what, in which language, with whose names; then the plan is frozen."""

from django.urls import reverse

from kam.lib.outbox.models import Job
from planning.models import Report, Snapshot
from tests.base import ClaveTest

ASKED = {"form": "full", "language": "en"}


class ReportRequestTest(ClaveTest):
    def setUp(self) -> None:
        self.client.force_login(self.alice)
        self.url = reverse("planning:report_request", args=[self.plan.pk])

    def test_button_freezes_the_plan_and_leads_to_the_page(self) -> None:
        answer = self.client.post(self.url, ASKED)

        report = Report.objects.get()
        self.assertRedirects(answer, report.get_absolute_url())
        self.assertEqual(report.snapshot.data["objectives"][0]["title"], self.objective.title)
        self.assertEqual(report.job.state if report.job else "", "waiting")

    def test_htmx_is_sent_to_the_page(self) -> None:
        answer = self.client.post(self.url, ASKED, headers={"HX-Request": "true"})

        self.assertEqual(answer["HX-Redirect"], Report.objects.get().get_absolute_url())

    def test_pressing_twice_asks_once(self) -> None:
        self.client.post(self.url, ASKED)
        self.client.post(self.url, ASKED)

        counts = [model.objects.count() for model in (Snapshot, Report, Job)]
        self.assertEqual(counts, [1, 1, 1])

    def test_changed_plan_is_frozen_again_and_uses_up_no_number(self) -> None:
        self.client.post(self.url, ASKED)
        self.objective.rename(seen=self.objective.title, title="Meet the CEO", by=self.alice)
        self.client.post(self.url, ASKED)

        self.assertEqual(list(Snapshot.objects.values_list("number", flat=True)), [None, None])

    def test_another_language_is_another_file_of_the_same_snapshot(self) -> None:
        self.client.post(self.url, ASKED)
        self.bob.language, self.bob.region = "es", "es-MX"
        self.bob.save(update_fields=["language", "region"])
        self.client.force_login(self.bob)
        self.client.post(self.url, ASKED | {"language": "es"})

        self.assertEqual((Snapshot.objects.count(), Report.objects.count()), (1, 2))

    def test_viewer_may_have_a_pdf(self) -> None:
        self.client.force_login(self.vera)

        self.assertEqual(self.client.post(self.url, ASKED).status_code, 302)

    def test_stranger_gets_404(self) -> None:
        self.client.force_login(self.mallory)

        self.assertEqual(self.client.post(self.url, ASKED).status_code, 404)
        self.assertFalse(Report.objects.exists())

    def test_names_of_critics_are_left_out_unless_ticked(self) -> None:
        self.client.post(self.url, ASKED)
        self.client.post(self.url, ASKED | {"names": "on"})

        without, ticked = Report.objects.order_by("pk")
        self.assertEqual((without.names, ticked.names), (False, True))
        self.assertNotEqual(without._name(), ticked._name())
        self.assertEqual(without.snapshot_id, ticked.snapshot_id)

    def test_language_is_chosen_and_the_region_follows(self) -> None:
        self.client.post(self.url, ASKED | {"language": "es"})

        report = Report.objects.get()
        self.assertEqual((report.language, report.region), ("es", "es-ES"))

    def test_page_asks_in_the_reader_s_language_without_names(self) -> None:
        page = self.client.get(self.url + "?form=one_page")

        form = page.context["form"]
        self.assertEqual((form["form"].value(), form["language"].value()), ("one_page", "en"))
        self.assertFalse(form["names"].value())
        self.assertFalse(Report.objects.exists())

    def test_what_nobody_offered_is_refused_and_nothing_is_frozen(self) -> None:
        for wrong in ({}, ASKED | {"form": "poster"}, ASKED | {"language": "xx"}):
            with self.subTest(wrong):
                answer = self.client.post(self.url, wrong)

                self.assertEqual(answer.status_code, 422)
                self.assertFalse(Snapshot.objects.exists())

    def test_wrong_method_gets_405(self) -> None:
        self.assertEqual(self.client.put(self.url).status_code, 405)
