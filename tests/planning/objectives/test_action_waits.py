from datetime import date
from typing import Any

from django.urls import reverse

from planning.models import Action
from planning.models.actions import Ring
from tests.base import ClaveTest
from tests.factories import make_action, make_objective, make_plan
from tests.planning.at_once import AtOnceTest, at_once


class ActionWaitsTest(ClaveTest):
    def edit(self, action: Action, **changes: object) -> Any:
        self.client.force_login(self.bob)
        form = {"title": action.title, "owner": action.owner_id, "due": action.due, **changes}
        return self.client.post(reverse("planning:action_edit", args=[action.pk]), form)

    def test_an_action_may_wait_for_one_behind_another_objective(self) -> None:
        other = make_objective(self.plan, owner=self.bob, title="Other", position=2)
        first = make_action(other, owner=self.bob, title="First")

        self.edit(self.action, waits_for=first.pk)

        self.action.refresh_from_db()
        self.assertEqual(self.action.waits_for, first)

    def test_a_ring_of_three_over_objectives_is_refused_in_words(self) -> None:
        other = make_objective(self.plan, owner=self.bob, title="Other", position=2)
        second = make_action(other, owner=self.bob, title="Second", waits_for=self.action)
        third = make_action(other, owner=self.bob, title="Third", waits_for=second)

        response = self.edit(self.action, waits_for=third.pk)

        self.assertContains(response, "waits for this action already", status_code=422)

    def test_it_does_not_wait_for_itself(self) -> None:
        with self.assertRaises(Ring):
            self.action.change(by=self.bob, waits_for=self.action)

    def test_an_action_of_another_plan_is_no_choice(self) -> None:
        later = make_plan(self.acme, period_start=date(2028, 1, 1), period_end=date(2028, 12, 31))
        foreign = make_action(make_objective(later, owner=self.bob), owner=self.bob)

        self.assertEqual(self.edit(self.action, waits_for=foreign.pk).status_code, 422)


class RingAtOnceTest(AtOnceTest):
    def test_two_edges_that_close_a_ring_together_do_not_pass_side_by_side(self) -> None:
        other = make_action(self.objective, owner=self.bob, title="Other", position=2)
        here = Action.objects.get(pk=self.action.pk)
        there = Action.objects.get(pk=other.pk)

        answers = at_once(
            lambda: here.change(by=self.alice, waits_for=other),
            lambda: there.change(by=self.bob, waits_for=self.action),
        )

        self.assertEqual(sum(isinstance(a, Ring) for a in answers), 1)
        waits = Action.objects.exclude(waits_for=None)
        self.assertEqual(waits.count(), 1)
