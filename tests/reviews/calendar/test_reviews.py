from datetime import timedelta

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

        urls = [[line.url for line in part.lines] for part in agenda.sections]
        first, second, third, *_ = self.reviews_of(self.series)
        self.assertEqual(urls[1], [first.get_absolute_url()])
        self.assertEqual(urls[2], [second.get_absolute_url()])
        self.assertEqual(urls[3][0], third.get_absolute_url())

    def test_missed_reviews_come_first(self) -> None:
        Review.objects.all().mark_missed(self.review.missed_at)

        with time_machine.travel(self.review.missed_at, tick=False):
            self.client.force_login(self.alice)
            response = self.client.get(self.url)

        self.assertContains(response, reverse("reviews:review_move", args=[self.review.pk]))

    def test_a_missed_one_comes_with_hours_that_are_free_for_everybody(self) -> None:
        Review.objects.filter(pk=self.review.pk).update(state="missed")

        with time_machine.travel(self.review.missed_at, tick=False):
            self.client.force_login(self.alice)
            agenda = self.client.get(self.url).context["agenda"]

        slots = [f"{slot.at:%m-%d %H:%M}" for slot in agenda.sections[0].lines[0].slots]
        self.assertEqual(slots, ["12-03 08:00", "12-04 08:00", "12-07 08:00"])

    def test_300_reviews_in_a_week_are_a_short_page(self) -> None:
        Review.objects.bulk_create(
            Review(
                account=self.acme,
                series=self.series,
                slot=local(f"2026-11-{23 + n % 5}T{8 + n // 5 % 10:02d}:{n // 50 + 1:02d}"),
                starts_at=MONDAY + timedelta(hours=n // 4),
                missed_at=MONDAY + timedelta(days=9),
                agenda="Numbers",
            )
            for n in range(300)
        )

        response = self.client.get(self.url)

        self.assertLess(len(response.content), 60_000)
        part = response.context["agenda"].sections[1]
        self.assertEqual((len(part.lines), int(part.count) > 250), (25, True))
        self.assertContains(response, "/reviews/list/?from=2026-11-23&amp;to=2026-11-29")

    def test_only_what_i_am_asked_to(self) -> None:
        self.client.force_login(self.henrik)

        everybody, mine = self.client.get(self.url), self.client.get(self.url, {"whose": "mine"})

        self.assertEqual(len(everybody.context["agenda"].week), 1)
        self.assertEqual(mine.context["agenda"].week, [])

    def test_a_stranger_sees_none_of_it(self) -> None:
        self.client.force_login(self.mallory)

        response = self.client.get(self.url)

        self.assertNotContains(response, "Acme")
        self.assertContains(response, 'class="empty')

    def test_another_week_is_an_address(self) -> None:
        agenda = self.client.get(self.url, {"week": "2026-12-09"}).context["agenda"]

        self.assertEqual([row.pk for row in agenda.week], [self.reviews_of(self.series)[2].pk])

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
