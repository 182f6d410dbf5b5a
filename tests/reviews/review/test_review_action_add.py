from django.urls import reverse

from planning.models import Action
from tests.factories import make_objective, make_plan
from tests.reviews.cases import ReviewCase


class ReviewActionAddTest(ReviewCase):
    def setUp(self) -> None:
        self.url = reverse("reviews:review_action_add", args=[self.review.pk])
        self.client.force_login(self.alice)
        self.fields = {
            "title": "Get the October export",
            "objective": self.objective.pk,
            "owner": self.bob.pk,
            "due": "2026-11-27",
        }

    def test_it_lands_in_the_plan_and_in_the_review(self) -> None:
        self.client.post(self.url, self.fields)

        action = Action.objects.get(title="Get the October export")
        self.assertEqual((action.objective, action.owner), (self.objective, self.bob))
        self.assertEqual(self.review.follow_ups.get().action, action)

    def test_htmx_gets_the_list_and_an_empty_form(self) -> None:
        response = self.client.post(self.url, self.fields, headers={"HX-Request": "true"})

        self.assertContains(response, f'id="review-{self.review.pk}-actions"')
        self.assertContains(response, "Get the October export", count=1)

    def test_an_objective_of_another_account_is_refused(self) -> None:
        foreign = make_objective(make_plan(self.other), owner=self.mallory)

        response = self.client.post(self.url, {**self.fields, "objective": foreign.pk})

        self.assertEqual(response.status_code, 422)

    def test_somebody_who_is_not_on_the_team_cannot_own_it(self) -> None:
        response = self.client.post(self.url, {**self.fields, "owner": self.mallory.pk})

        self.assertEqual(response.status_code, 422)

    def test_stranger_404_reader_403_get_405(self) -> None:
        self.assertEqual(self.client.get(self.url).status_code, 405)
        for person, status in ((self.mallory, 404), (self.vera, 403)):
            self.client.force_login(person)
            self.assertEqual(self.client.post(self.url, self.fields).status_code, status)
