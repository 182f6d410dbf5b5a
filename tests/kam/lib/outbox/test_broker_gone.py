"""The broker is away: pages work, what is asked for waits in the ledger for the sweep."""

from celery import current_app
from django.urls import reverse

from kam.lib.outbox.models import Job
from tests.base import ClaveTest


class BrokerGoneTest(ClaveTest):
    def setUp(self) -> None:
        before = current_app.conf.broker_url
        current_app.conf.broker_url = "redis://127.0.0.1:1/0"
        self.addCleanup(setattr, current_app.conf, "broker_url", before)
        self.client.force_login(self.alice)

    def test_a_report_is_asked_for_and_waits(self) -> None:
        with self.assertLogs("kam.lib.outbox.wake"), self.captureOnCommitCallbacks(execute=True):
            response = self.client.post(
                reverse("planning:report_request", args=[self.plan.pk]),
                {"form": "full", "language": "en"},
            )

        self.assertEqual(response.status_code, 302)
        self.assertEqual(Job.objects.get().state, "waiting")
        self.assertEqual(self.client.get(response["Location"]).status_code, 200)

    def test_people_come_in_and_the_house_stays_ready(self) -> None:
        self.client.logout()

        ready = self.client.get("/readyz")

        self.assertEqual((ready.status_code, ready.json()["broker"]), (200, "gone"))
        self.assertEqual(self.client.get(reverse("account_login")).status_code, 200)
