import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.models import Review
from tests.base import MONDAY
from tests.reviews.cases import ReviewCase, local


@time_machine.travel(MONDAY, tick=False)
class ReviewsTest(ReviewCase):
    def setUp(self) -> None:
        self.url = reverse("reviews:reviews")
        self.client.force_login(self.alice)

    def test_this_week_and_the_next_stand_apart(self) -> None:
        agenda = self.client.get(self.url).context["agenda"]

        first, second, third, *_ = self.reviews_of(self.series)
        self.assertEqual((agenda.week, agenda.next_week), ([first], [second]))
        self.assertEqual(agenda.later[0], third)

    def test_missed_reviews_come_first(self) -> None:
        Review.objects.all().mark_missed(self.review.missed_at)

        with time_machine.travel(self.review.missed_at, tick=False):
            self.client.force_login(self.alice)
            response = self.client.get(self.url)

        self.assertContains(response, reverse("reviews:review_move", args=[self.review.pk]))

    def test_a_stranger_sees_none_of_it(self) -> None:
        self.client.force_login(self.mallory)

        response = self.client.get(self.url)

        self.assertNotContains(response, "Acme")
        self.assertContains(response, 'class="empty')

    def test_another_week_is_an_address(self) -> None:
        agenda = self.client.get(self.url, {"week": "2026-12-09"}).context["agenda"]

        self.assertEqual(agenda.week, [self.reviews_of(self.series)[2]])

    def test_nonsense_in_the_address_shows_the_week_that_runs(self) -> None:
        for week in ("tomorrow", "9999-12-31", "0001-01-01"):
            agenda = self.client.get(self.url, {"week": week}).context["agenda"]
            self.assertTrue(agenda.is_now)

    def test_what_is_skipped_says_why(self) -> None:
        self.review.skip(by=self.alice, reason="Holiday in Colombia")

        self.assertContains(self.client.get(self.url), "Holiday in Colombia")

    def test_more_rows_ask_no_more_queries(self) -> None:
        few = self.count_queries()
        for day in ("2026-11-24T09:00", "2026-11-25T09:00", "2026-11-27T09:00"):
            self.schedule(starts=local(day), rule="FREQ=WEEKLY")

        self.assertEqual(self.count_queries(), few)

    def count_queries(self) -> int:
        self.client.get(self.url)
        with CaptureQueriesContext(connection) as queries:
            self.client.get(self.url)
        return len(queries)
