from datetime import timedelta

import time_machine
from django.urls import reverse

from tests.base import MONDAY
from tests.reviews.cases import ReviewCase


@time_machine.travel(MONDAY, tick=False)
class ReviewTest(ReviewCase):
    def setUp(self) -> None:
        self.url = self.review.get_absolute_url()
        self.client.force_login(self.alice)

    def test_the_room_shows_moves_people_and_the_next_date(self) -> None:
        response = self.client.get(self.url)

        self.assertContains(response, "Call the VP of engineering")
        self.assertContains(response, "0 of 3 here")
        following = self.reviews_of(self.series)[1]
        self.assertContains(response, following.get_absolute_url())

    def test_a_reader_sees_text_and_no_fields(self) -> None:
        self.client.force_login(self.vera)

        response = self.client.get(self.url)

        self.assertNotContains(response, "<textarea")
        self.assertNotContains(response, reverse("reviews:review_hold", args=[self.review.pk]))

    def test_stranger_gets_404(self) -> None:
        self.client.force_login(self.mallory)

        self.assertEqual(self.client.get(self.url).status_code, 404)

    def test_what_changed_since_the_last_one(self) -> None:
        self.review.add_action(
            self.objective, by=self.bob, title="Get the export", owner=self.bob, due=MONDAY.date()
        )
        self.review.hold(by=self.alice, at=MONDAY)
        self.action.finish(by=self.bob, at=MONDAY + timedelta(days=1))
        second = self.reviews_of(self.series)[1]

        with time_machine.travel(MONDAY + timedelta(days=7), tick=False):
            self.client.force_login(self.alice)
            response = self.client.get(second.get_absolute_url())

        rows = {row.label: (row.before, row.now) for row in response.context["room"].changes}
        self.assertEqual(rows, {"Actions done": ("0", "1"), "Late actions": ("0", "1")})
        self.assertContains(response, "Get the export")

    def test_a_held_review_says_so_and_offers_nothing(self) -> None:
        self.review.hold(by=self.alice, at=MONDAY)

        response = self.client.get(self.url)

        self.assertContains(response, "closed by Alice Alvarez")
        self.assertNotContains(response, reverse("reviews:decision_add", args=[self.review.pk]))

    def test_what_people_write_is_escaped(self) -> None:
        self.review.decide("<script>alert(1)</script>", by=self.alice)

        self.assertContains(self.client.get(self.url), "&lt;script&gt;alert(1)")
