from django.urls import reverse

from tests.reviews.cases import ReviewCase


class AccountReviewsTest(ReviewCase):
    def setUp(self) -> None:
        self.url = reverse("reviews:account_reviews", args=[self.acme.pk])
        self.client.force_login(self.alice)

    def test_what_comes_and_what_was(self) -> None:
        self.review.skip(by=self.alice, reason="Holiday")

        response = self.client.get(self.url)

        self.assertContains(response, reverse("reviews:series_add", args=[self.acme.pk]))
        self.assertContains(response, f'href="/reviews/{self.review.pk}/"')

    def test_stranger_gets_404(self) -> None:
        self.client.force_login(self.mallory)

        self.assertEqual(self.client.get(self.url).status_code, 404)

    def test_a_reader_is_not_offered_a_series(self) -> None:
        self.client.force_login(self.vera)

        self.assertNotContains(
            self.client.get(self.url), reverse("reviews:series_add", args=[self.acme.pk])
        )
