from datetime import date

from django.urls import reverse

from planning.models import Action
from tests.base import ClaveTest

HTMX = {"HX-Request": "true"}


class CellsTest(ClaveTest):
    def setUp(self) -> None:
        self.client.force_login(self.bob)
        self.due = reverse("planning:action_due", args=[self.action.pk])
        self.owner = reverse("planning:action_owner", args=[self.action.pk])

    def test_a_date_is_changed_in_its_own_place(self) -> None:
        form = self.client.get(self.due, headers=HTMX)
        self.assertContains(form, 'value="2026-12-04"')
        self.assertNotContains(form, "<html")

        response = self.client.post(
            self.due, {"seen": "2026-12-04", "value": "2026-12-11"}, headers=HTMX
        )

        self.assertEqual(response["HX-Retarget"], f"#action-{self.action.pk}")
        self.action.refresh_from_db()
        self.assertEqual(self.action.due, date(2026, 12, 11))

    def test_two_dates_at_once_both_stand_on_the_row(self) -> None:
        Action.objects.update(due=date(2026, 12, 18))

        response = self.client.post(
            self.due, {"seen": "2026-12-04", "value": "2026-12-11"}, headers=HTMX
        )

        self.assertContains(response, "18 Dec 2026", status_code=409)
        self.assertContains(response, "11 Dec 2026", status_code=409)

    def test_an_owner_comes_from_the_team(self) -> None:
        seen = {"seen": self.bob.pk}

        self.client.post(self.owner, {**seen, "value": self.alice.pk})
        refused = self.client.post(self.owner, {"seen": self.alice.pk, "value": self.mallory.pk})

        self.action.refresh_from_db()
        self.assertEqual(self.action.owner, self.alice)
        self.assertEqual(refused.status_code, 422)

    def test_two_owners_at_once_both_stand_on_the_row(self) -> None:
        Action.objects.update(owner=self.alice)

        response = self.client.post(
            self.owner, {"seen": self.bob.pk, "value": self.vera.pk}, headers=HTMX
        )

        self.assertContains(response, "<q>Alice Alvarez</q>", status_code=409)
        self.assertContains(response, "<q>Vera Viewer</q>", status_code=409)

    def test_an_objective_has_the_same_cells(self) -> None:
        url = reverse("planning:objective_due", args=[self.objective.pk])

        response = self.client.post(url, {"seen": "2027-01-31", "value": "2027-02-28"})

        self.assertRedirects(response, self.objective.get_absolute_url())

    def test_a_day_that_is_none_is_refused(self) -> None:
        response = self.client.post(
            self.due, {"seen": "2026-12-04", "value": "31 Feb"}, headers=HTMX
        )

        self.assertEqual(response.status_code, 422)
