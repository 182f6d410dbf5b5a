from datetime import date
from decimal import Decimal

from django.urls import reverse

from planning.models import CheckIn, Objective
from tests.base import MONDAY, ClaveTest
from tests.factories import make_objective


class CheckInTest(ClaveTest):
    def test_the_latest_day_is_what_holds_whoever_writes_last(self) -> None:
        CheckIn.write(self.objective, by=self.bob, on=date(2026, 11, 20), value=Decimal(41))
        CheckIn.write(self.objective, by=self.alice, on=date(2026, 10, 1), value=Decimal(24))

        self.objective.refresh_from_db()
        self.assertEqual(self.objective.current, 41)

    def test_of_one_day_the_last_one_written_holds(self) -> None:
        CheckIn.write(self.objective, by=self.bob, on=date(2026, 11, 20), value=Decimal(41))
        CheckIn.write(self.objective, by=self.bob, on=date(2026, 11, 20), value=Decimal(40))

        self.objective.refresh_from_db()
        self.assertEqual(self.objective.current, 40)

    def test_an_editor_writes_it_on_a_page(self) -> None:
        self.client.force_login(self.bob)
        url = reverse("planning:check_in_add", args=[self.objective.pk])

        self.client.post(url, {"on": "2026-11-20", "value": "12.5", "note": "from the dashboard"})

        self.assertEqual(CheckIn.objects.get().by, self.bob)
        self.assertContains(self.client.get(url), "from the dashboard")

    def test_an_objective_is_dropped_with_a_reason_and_taken_up_again(self) -> None:
        self.client.force_login(self.bob)
        drop = reverse("planning:objective_drop", args=[self.objective.pk])

        self.assertEqual(self.client.post(drop, {"reason": ""}).status_code, 422)
        self.client.post(drop, {"reason": "They bought MediCore"})

        page = self.client.get(self.plan.get_absolute_url())
        self.assertContains(page, "They bought MediCore")
        self.assertEqual(page.context["plan_structure"].objectives, 0)
        self.client.post(reverse("planning:objective_take_up", args=[self.objective.pk]))
        self.assertFalse(Objective.objects.get().is_dropped)

    def test_objectives_move_within_their_horizon(self) -> None:
        second = make_objective(self.plan, owner=self.bob, title="Second", position=2)
        make_objective(self.plan, owner=self.bob, title="Far", horizon="long", position=3)

        second.shift(-1, by=self.bob)
        second.shift(-1, by=self.bob)

        titles = [o.title for o in Objective.objects.of_plan(self.plan)]
        self.assertEqual(titles, ["Second", "Meet the CTO", "Far"])

    def test_a_dropped_action_counts_nowhere_and_says_why(self) -> None:
        self.client.force_login(self.bob)
        self.assertNotContains(self.client.get(self.plan.get_absolute_url()), "no open action")

        self.action.drop(reason="No longer needed", by=self.bob, at=MONDAY)
        page = self.client.get(self.plan.get_absolute_url())

        self.assertEqual(page.context["plan_structure"].actions, 0)
        self.assertContains(page, "no open action")
        self.assertContains(page, "No longer needed")

    def test_an_action_is_closed_with_its_result_and_lesson(self) -> None:
        self.client.force_login(self.bob)
        url = reverse("planning:action_result", args=[self.action.pk])

        self.client.post(url, {"result": "She agreed", "lesson": "Call before noon"})

        self.action.refresh_from_db()
        self.assertTrue(self.action.is_done)
        self.assertEqual(
            (self.action.result, self.action.lesson), ("She agreed", "Call before noon")
        )
