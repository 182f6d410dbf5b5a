from django.test import Client
from django.urls import reverse

from kam.lib.outbox.models import OptOut
from kam.lib.outbox.stop import token_of
from reviews.models import DigestChoice
from tests.base import MONDAY, ClaveTest


class UnsubscribeTest(ClaveTest):
    def url(self, kind: str) -> str:
        return reverse("reviews:unsubscribe", args=[token_of(self.magda, kind)])

    def test_a_look_changes_nothing(self) -> None:
        response = self.client.get(self.url("review_reminder"))

        self.assertContains(response, "<form")
        self.assertFalse(OptOut.objects.exists())

    def test_the_post_of_a_mail_program_stops_it_without_cookie_or_token(self) -> None:
        program = Client(enforce_csrf_checks=True)

        response = program.post(self.url("review_reminder"), {"List-Unsubscribe": "One-Click"})

        self.assertEqual(response.status_code, 200)
        self.assertEqual(OptOut.objects.kinds_of(self.magda), {"review_reminder"})

    def test_the_digest_is_switched_off_and_keeps_its_day(self) -> None:
        DigestChoice.objects.of(self.magda, MONDAY).choose(
            is_on=True, weekday=4, hour=18, at=MONDAY
        )

        for _twice in range(2):
            self.client.post(self.url("weekly_digest"))

        choice = DigestChoice.objects.get(user=self.magda)
        self.assertEqual((choice.is_on, choice.weekday, choice.hour), (False, 4, 18))

    def test_a_forged_link_does_not_exist(self) -> None:
        token = token_of(self.magda, "review_reminder")
        for forged in (token[:-2] + "xx", "hello", token.replace(":", "x")):
            address = reverse("reviews:unsubscribe", args=[forged])
            self.assertEqual(self.client.post(address).status_code, 404)

        self.assertFalse(OptOut.objects.exists())
