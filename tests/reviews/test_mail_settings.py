from django.urls import reverse

from reviews.models import DigestChoice, OptOut
from tests.base import ClaveTest


class MailSettingsTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("reviews:mail_settings")
        self.client.force_login(self.magda)

    def test_a_manager_has_the_digest_before_they_choose(self) -> None:
        form = self.client.get(self.url).context["form"]

        self.assertEqual((form["digest"].value(), form["reminders"].value()), (True, True))

    def test_the_day_the_hour_and_what_to_stop(self) -> None:
        self.client.post(self.url, {"digest": "on", "weekday": "4", "hour": "18"})

        choice = DigestChoice.objects.get(user=self.magda)
        self.assertEqual((choice.is_on, choice.weekday, choice.hour), (True, 4, 18))
        self.assertEqual(OptOut.objects.kinds_of(self.magda), {"review_reminder"})

    def test_an_hour_that_no_clock_shows_is_refused(self) -> None:
        response = self.client.post(self.url, {"weekday": "4", "hour": "24"})

        self.assertEqual(response.status_code, 422)
