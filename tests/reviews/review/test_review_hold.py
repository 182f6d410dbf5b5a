from django.urls import reverse

from reviews.models import Review
from tests.reviews.cases import ReviewCase


class ReviewHoldTest(ReviewCase):
    def setUp(self) -> None:
        self.url = reverse("reviews:review_hold", args=[self.review.pk])
        self.client.force_login(self.alice)

    def test_closing_freezes_it(self) -> None:
        response = self.client.post(self.url)

        self.assertRedirects(response, self.review.get_absolute_url())
        review = Review.objects.get(pk=self.review.pk)
        self.assertEqual((review.is_held, review.held_by), (True, self.alice))
        self.assertIsNotNone(review.snapshot)

    def test_twice_is_once(self) -> None:
        self.client.post(self.url)
        self.client.force_login(self.bob)

        self.client.post(self.url)

        self.assertEqual(Review.objects.get(pk=self.review.pk).held_by, self.alice)

    def test_stranger_404_reader_403_get_405(self) -> None:
        self.assertEqual(self.client.get(self.url).status_code, 405)
        for person, status in ((self.mallory, 404), (self.vera, 403)):
            self.client.force_login(person)
            self.assertEqual(self.client.post(self.url).status_code, status)
