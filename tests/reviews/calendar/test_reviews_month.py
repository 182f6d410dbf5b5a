from datetime import timedelta
from typing import Any

import time_machine
from django.urls import reverse

from reviews.models import Review
from tests.base import MONDAY
from tests.reviews.cases import ReviewCase, local


@time_machine.travel(MONDAY, tick=False)
class ReviewsMonthTest(ReviewCase):
    def setUp(self) -> None:
        self.url = reverse("reviews:reviews_month")
        self.client.force_login(self.alice)

    def days(self, **query: str) -> dict[str, list[Any]]:
        month = self.client.get(self.url, query).context["month"]
        cells = [cell for week in month.weeks for cell in week]
        return {cell.day.isoformat(): cell.entries for cell in cells}

    def test_every_review_stands_on_its_day(self) -> None:
        days = self.days(month="2026-12")

        found = [day for day, entries in days.items() if entries]
        expected = [r.slot.date().isoformat() for r in self.reviews_of(self.series)]
        self.assertEqual(found, [day for day in expected if day in days])

    def test_a_moved_one_stands_on_both_days(self) -> None:
        self.review.move(by=self.alice, starts=local("2026-11-27T15:00"))

        days = self.days()

        self.assertEqual([e.mark for e in days["2026-11-26"]], ["moved"])
        self.assertEqual([e.mark for e in days["2026-11-27"]], ["sched"])

    def test_a_full_day_shows_two_and_leads_to_the_rest(self) -> None:
        for hour in range(5):
            self.schedule(rule="FREQ=DAILY;COUNT=1", starts=local(f"2026-11-25T{9 + hour:02d}:00"))

        response = self.client.get(self.url)

        self.assertContains(response, "/reviews/list/?from=2026-11-25&amp;to=2026-11-25")
        self.assertContains(response, "+3</a>")

    def test_three_hundred_in_a_month_are_a_short_page(self) -> None:
        Review.objects.bulk_create(
            Review(
                account=self.acme,
                series=self.series,
                slot=local(f"2026-11-{n % 30 + 1:02d}T{8 + n // 30:02d}:30"),
                starts_at=MONDAY - timedelta(days=22 - n % 30, hours=n // 30 - 4),
                missed_at=MONDAY + timedelta(days=40),
            )
            for n in range(300)
        )

        response = self.client.get(self.url)

        self.assertLess(len(response.content), 60_000)

    def test_the_months_before_and_after_are_addresses(self) -> None:
        response = self.client.get(self.url, {"month": "2026-12"})

        self.assertContains(response, "December 2026")
        self.assertContains(response, "?month=2026-11")
        self.assertContains(response, "?month=2027-01")

    def test_nonsense_shows_the_month_that_runs(self) -> None:
        for month in ("2026-13", "0001-01", "soon"):
            self.assertContains(self.client.get(self.url, {"month": month}), "November 2026")

    def test_a_stranger_sees_none_of_it(self) -> None:
        self.client.force_login(self.mallory)

        self.assertNotContains(self.client.get(self.url), "Acme")
