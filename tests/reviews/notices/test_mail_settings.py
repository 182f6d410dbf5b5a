from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import now

from accounts.models import User
from kam.lib.outbox.models import Delivery, OptOut
from kam.lib.outbox.registry import optional
from reviews.models import DigestChoice
from reviews.notices.notice_forms import HOW_OFTEN
from tests.base import ClaveTest


class MailSettingsTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("reviews:mail_settings")
        self.client.force_login(self.magda)

    def test_a_manager_has_everything_before_they_choose(self) -> None:
        form = self.client.get(self.url).context["form"]

        self.assertEqual({field.value() for field, _words in form.rows}, {True})

    def test_every_kind_with_a_way_out_stands_in_the_table(self) -> None:
        self.assertEqual(set(HOW_OFTEN), set(optional))

    def test_the_day_the_hour_and_what_to_stop(self) -> None:
        wanted = {kind: "on" for kind in HOW_OFTEN if kind != "review_reminder"}

        self.client.post(self.url, {**wanted, "weekday": "4", "hour": "18"})

        choice = DigestChoice.objects.get(user=self.magda)
        self.assertEqual((choice.is_on, choice.weekday, choice.hour), (True, 4, 18))
        self.assertEqual(OptOut.objects.kinds_of(self.magda), {"review_reminder"})

    def test_ticked_again_it_comes_again(self) -> None:
        OptOut.objects.choose(self.magda, "plan_to_approve", wanted=False)

        self.client.post(self.url, {"plan_to_approve": "on", "weekday": "0", "hour": "7"})

        self.assertNotIn("plan_to_approve", OptOut.objects.kinds_of(self.magda))

    def test_an_hour_that_no_clock_shows_is_refused_and_the_ticks_stay(self) -> None:
        response = self.client.post(self.url, {"weekly_digest": "on", "weekday": "4", "hour": "24"})

        self.assertContains(response, 'href="#id_hour"', status_code=422)
        self.assertTrue(response.context["form"]["weekly_digest"].value())
        self.assertFalse(response.context["form"]["review_reminder"].value())

    def test_it_counts_the_mails_of_the_last_week(self) -> None:
        for number, days in enumerate([1, 6, 8]):
            at = now() - timedelta(days=days)
            Delivery.objects.create(
                kind="x",
                subject=str(number),
                recipient=self.magda,
                due_at=at,
                state="sent",
                sent_at=at,
            )

        self.assertContains(self.client.get(self.url), "2 mails in the last seven days.")

    def test_it_names_the_city_of_the_reader_s_clock_in_their_words(self) -> None:
        User.objects.filter(pk=self.magda.pk).update(
            language="es", region="es-MX", time_zone="America/Mexico_City"
        )

        page = self.client.get(self.url)

        self.assertContains(page, "en la hora de Ciudad de México")

    def test_it_writes_hours_as_the_reader_s_region_does(self) -> None:
        for region, said in [("en-GB", "07:00"), ("en-US", "7:00\u202fAM")]:
            User.objects.filter(pk=self.magda.pk).update(region=region)

            page = self.client.get(self.url).content.decode()

            self.assertIn(f"at {said} the day before", page)
            self.assertIn(f">{said}</option>", page)
