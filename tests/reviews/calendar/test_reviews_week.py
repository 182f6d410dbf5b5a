import time_machine
from django.urls import reverse

from accounts.models import User
from reviews.models import Review
from tests.base import MONDAY
from tests.reviews.cases import ReviewCase


@time_machine.travel(MONDAY, tick=False)
class ReviewsWeekTest(ReviewCase):
    def setUp(self) -> None:
        self.url = reverse("reviews:reviews_week")
        self.client.force_login(self.alice)

    def place(self) -> tuple[str, int]:
        """Hour and column of the only review."""
        week = self.client.get(self.url).context["week"]
        (found,) = [
            (hour.label, number)
            for hour in week.hours
            for number, cell in enumerate(hour.cells)
            if cell.blocks
        ]
        return found

    def test_a_review_stands_at_its_hour_on_the_clock_of_the_reader(self) -> None:
        self.assertEqual(self.place(), ("10:00", 3))

        User.objects.filter(pk=self.alice.pk).update(time_zone="America/Bogota")
        self.assertEqual(self.place(), ("04:00", 3))

    def test_a_missed_one_offers_free_hours(self) -> None:
        Review.objects.filter(pk=self.review.pk).update(state="missed")

        with time_machine.travel(self.review.missed_at, tick=False):
            self.client.force_login(self.alice)
            response = self.client.get(self.url)

        move = reverse("reviews:review_move", args=[self.review.pk])
        self.assertContains(response, f"{move}?at=2026-12-03T08%3A00Z")

    def test_a_stranger_sees_none_of_it(self) -> None:
        self.client.force_login(self.mallory)

        self.assertNotContains(self.client.get(self.url), "Acme")
