from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.base import ClaveTest
from tests.factories import make_account, make_action, make_objective, make_plan


class PlanTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("planning:plan", args=[self.acme.pk])
        self.client.force_login(self.alice)

    def test_objectives_and_actions_stand_in_their_horizon(self) -> None:
        response = self.client.get(self.url)

        self.assertContains(response, f'id="objective-{self.objective.pk}"')
        self.assertContains(response, f'id="action-{self.action.pk}"')

    def test_a_reader_sees_text_and_no_fields(self) -> None:
        self.client.force_login(self.vera)

        response = self.client.get(self.url)

        self.assertContains(response, "Call the VP of engineering")
        self.assertNotContains(response, "ed-form")

    def test_an_account_without_a_plan_says_what_a_plan_is(self) -> None:
        bare = make_account("Bare")
        self.client.force_login(self.root)

        response = self.client.get(reverse("planning:plan", args=[bare.pk]))

        self.assertContains(response, 'class="empty"')

    def test_the_page_asks_the_database_the_same_whatever_the_rows(self) -> None:
        before = self.count_queries()
        for number in range(20):
            objective = make_objective(self.plan, owner=self.bob, title=f"Objective {number}")
            make_action(objective, owner=self.bob)

        self.assertEqual(self.count_queries(), before)

    def test_a_plan_of_another_account_does_not_exist(self) -> None:
        make_plan(self.other)

        response = self.client.get(reverse("planning:plan", args=[self.other.pk]))

        self.assertEqual(response.status_code, 404)

    def count_queries(self) -> int:
        self.client.get(self.url)
        with CaptureQueriesContext(connection) as queries:
            self.client.get(self.url)
        return len(queries)
