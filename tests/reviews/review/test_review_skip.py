from django.urls import reverse

from tests.base import MONDAY
from tests.reviews.cases import ReviewCase


class ReviewSkipTest(ReviewCase):
    def setUp(self) -> None:
        self.url = reverse("reviews:review_skip", args=[self.review.pk])
        self.client.force_login(self.alice)

    def test_skipping_says_why_and_leaves_the_series(self) -> None:
        self.client.post(self.url, {"reason": "Holiday in Colombia"})

        first, second, *_ = self.reviews_of(self.series)
        self.assertEqual((first.state, first.reason), ("skipped", "Holiday in Colombia"))
        self.assertTrue(second.is_open)

    def test_a_reason_is_needed(self) -> None:
        self.assertEqual(self.client.post(self.url, {"reason": ""}).status_code, 422)

    def test_a_held_one_cannot_be_skipped(self) -> None:
        self.review.hold(by=self.bob, at=MONDAY)

        self.assertEqual(self.client.post(self.url, {"reason": "Too late"}).status_code, 409)

    def test_stranger_404_reader_403(self) -> None:
        for person, status in ((self.mallory, 404), (self.vera, 403)):
            self.client.force_login(person)
            self.assertEqual(self.client.get(self.url).status_code, status)
