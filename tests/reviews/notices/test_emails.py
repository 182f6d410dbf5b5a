from datetime import date, datetime, timedelta
from typing import cast

from django.core.mail import EmailMultiAlternatives
from django.test import override_settings

from reviews.emails import review_reminder, weekly_digest
from reviews.models import DigestChoice, Review
from reviews.notices.digest import gather
from tests.base import MONDAY
from tests.factories import make_action
from tests.reviews.cases import ReviewCase

SITE = "https://clave.example"


def html_of(message: EmailMultiAlternatives) -> str:
    return str(message.alternatives[0][0])


@override_settings(SITE_URL=SITE)
class EmailsTest(ReviewCase):
    def reminder(self, at: datetime = MONDAY) -> EmailMultiAlternatives:
        review = Review.objects.for_list().get(pk=self.review.pk)
        return cast(EmailMultiAlternatives, review_reminder(review, self.bob, at))

    def digest(self) -> EmailMultiAlternatives:
        digest = gather(self.magda, MONDAY)
        assert digest
        choice = DigestChoice(user=self.magda, since=MONDAY)
        return cast(EmailMultiAlternatives, weekly_digest(digest, choice))

    def test_a_reminder_goes_to_the_person_with_the_same_link_twice(self) -> None:
        message = self.reminder()

        link = f"{SITE}/reviews/{self.review.pk}/"
        self.assertEqual(message.to, [self.bob.email])
        self.assertEqual(message.subject, "Thu 26 Nov, 10:00: review of Acme")
        self.assertIn(link, message.body)
        self.assertIn(f'href="{link}"', html_of(message))

    def test_the_clock_is_the_readers(self) -> None:
        self.bob.time_zone = "America/Bogota"

        self.assertIn("04:00 to 04:30", self.reminder().body)

    def test_the_language_is_the_readers(self) -> None:
        self.bob.language, self.bob.region = "es", "es-CO"

        self.assertIn("jueves 26 de noviembre", self.reminder().body)

    def test_the_day_before_says_tomorrow(self) -> None:
        message = self.reminder(self.review.starts_at - timedelta(days=1))

        self.assertEqual(message.subject, "Tomorrow at 10:00: review of Acme")

    def test_what_the_reader_owes_before_then_stands_in_it(self) -> None:
        make_action(self.objective, owner=self.bob, title="Send <b>it</b>", due=date(2026, 11, 24))

        message = self.reminder()

        self.assertIn("Send <b>it</b>", message.body)
        self.assertIn("Send &lt;b&gt;it&lt;/b&gt;", html_of(message))

    def test_one_click_stops_it(self) -> None:
        message = self.reminder()

        raw = message.message()
        address = str(raw["List-Unsubscribe"]).strip("<>")
        self.assertEqual(raw["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        self.assertTrue(address.startswith(f"{SITE}/mail/stop/"))
        self.assertIn(address, message.body)

    def test_the_digest_says_first_what_needs_the_reader(self) -> None:
        Review.objects.all().mark_missed(self.review.missed_at)

        message = self.digest()

        self.assertEqual(message.subject, "Key accounts, week 48: one account needs you")
        self.assertLess(message.body.index("missed"), message.body.index("Accounts that"))
        self.assertIn(f'href="{SITE}/reviews/{self.review.pk}/"', html_of(message))

    def test_nothing_to_report_is_one_line(self) -> None:
        Review.objects.of_series(self.series).delete()

        message = self.digest()

        self.assertEqual(message.subject, "Key accounts, week 48: nothing to report")
        self.assertNotIn("Late actions by person", html_of(message))

    def test_there_are_no_pictures_no_links_without_address_and_dark_mode_stays(self) -> None:
        make_action(self.objective, owner=self.bob, due=date(2026, 11, 1))

        for message in (self.reminder(), self.digest()):
            page = html_of(message)
            self.assertNotIn("<img", page)
            self.assertNotIn('href="/', page)
            self.assertIn("prefers-color-scheme: dark", page)
            self.assertIn('style="', page)
