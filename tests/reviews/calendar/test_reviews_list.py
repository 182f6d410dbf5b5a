import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.base import MONDAY
from tests.reviews.cases import ReviewCase, local


@time_machine.travel(MONDAY, tick=False)
class ReviewsListTest(ReviewCase):
    def setUp(self) -> None:
        self.url = reverse("reviews:reviews_list")
        self.client.force_login(self.alice)

    def days(self, **query: str) -> list[str]:
        found = self.client.get(self.url, query).context["list"]
        return [line.day for line in found.section.lines]

    def test_newest_first_and_narrowed_by_days_and_state(self) -> None:
        self.review.skip(by=self.alice, reason="Holiday")

        self.assertEqual(self.days()[-1], "26 Nov")
        self.assertEqual(self.days(state="skipped"), ["26 Nov"])
        days = self.days(**{"from": "2026-12-01", "to": "2026-12-10"})
        self.assertEqual(days, ["10 Dec", "3 Dec"])

    def test_another_year_is_said(self) -> None:
        self.assertEqual(self.days()[0], "18 Mar 2027")

    def test_nobody_kept_who_came_is_no_zero(self) -> None:
        self.review.hold(by=self.alice, at=MONDAY)

        lines = self.client.get(self.url, {"state": "held"}).context["list"].section.lines

        self.assertEqual([line.end for line in lines], [""])

    def test_nonsense_narrows_nothing(self) -> None:
        for query in ({"state": "lost"}, {"from": "soon"}, {"account": "x"}, {"page": "-1"}):
            with self.subTest(query):
                self.assertEqual(len(self.days(**query)), 17)

    def test_fifty_a_page_with_the_same_queries(self) -> None:
        few = self.count_queries()
        for day in range(1, 6):
            self.schedule(rule="FREQ=WEEKLY", starts=local(f"2026-12-{day:02d}T09:00"))

        self.assertEqual(len(self.days()), 50)
        self.assertEqual(self.count_queries(), few)

    def test_a_stranger_sees_none_of_it(self) -> None:
        self.client.force_login(self.mallory)

        self.assertEqual(self.days(), [])
        self.assertEqual(self.days(account=str(self.acme.pk)), [])

    def count_queries(self) -> int:
        self.client.get(self.url)
        with CaptureQueriesContext(connection) as queries:
            self.client.get(self.url)
        return len(queries)
