from django.urls import reverse

from tests.reviews.cases import ReviewCase


class ReviewMinutesTest(ReviewCase):
    def setUp(self) -> None:
        self.url = reverse("reviews:review_minutes", args=[self.review.pk])
        self.client.force_login(self.bob)

    def test_minutes_are_kept(self) -> None:
        self.client.post(self.url, {"seen": "", "value": "Paola wants October numbers."})

        self.review.refresh_from_db()
        self.assertEqual(self.review.minutes, "Paola wants October numbers.")

    def test_without_scripts_a_conflict_is_a_page(self) -> None:
        self.client.post(self.url, {"seen": "", "value": "Hers"})

        response = self.client.post(self.url, {"seen": "", "value": "Mine"})

        self.assertContains(response, "Mine", status_code=409)
        self.assertContains(response, "<html", status_code=409)

    def test_reader_403(self) -> None:
        self.client.force_login(self.vera)

        self.assertEqual(self.client.post(self.url, {"value": "x"}).status_code, 403)
