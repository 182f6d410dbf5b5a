from django.urls import reverse

from reviews.models import Decision
from tests.base import MONDAY
from tests.reviews.cases import ReviewCase


class DecisionAddTest(ReviewCase):
    def setUp(self) -> None:
        self.url = reverse("reviews:decision_add", args=[self.review.pk])
        self.client.force_login(self.alice)

    def test_a_decision_stands_with_its_author(self) -> None:
        self.client.post(self.url, {"text": "No discount on Vault"})

        decision = Decision.objects.get()
        self.assertEqual((decision.text, decision.by), ("No discount on Vault", self.alice))

    def test_htmx_gets_the_list_back(self) -> None:
        response = self.client.post(
            self.url, {"text": "No discount"}, headers={"HX-Request": "true"}
        )

        self.assertContains(response, f'id="decision-{Decision.objects.get().pk}"')
        self.assertNotContains(response, "<html")

    def test_an_empty_one_is_refused(self) -> None:
        response = self.client.post(self.url, {"text": " "}, headers={"HX-Request": "true"})

        self.assertContains(response, 'aria-invalid="true"', status_code=422)

    def test_a_closed_review_gives_the_words_back(self) -> None:
        self.review.hold(by=self.bob, at=MONDAY)

        response = self.client.post(self.url, {"text": "One more thing"})

        self.assertContains(response, "One more thing", status_code=409)

    def test_stranger_404_reader_403_get_405(self) -> None:
        self.assertEqual(self.client.get(self.url).status_code, 405)
        for person, status in ((self.mallory, 404), (self.vera, 403)):
            self.client.force_login(person)
            self.assertEqual(self.client.post(self.url, {"text": "x"}).status_code, status)
