from decimal import Decimal

from django.db import IntegrityError, transaction

from kam.lib.data import history
from kam.lib.data.seen import Stale
from planning.models import Action, Objective
from planning.objectives.progress import objective_progress
from tests.base import MONDAY, TODAY, ClaveTest
from tests.factories import make_action, make_objective


class ObjectiveModelTest(ClaveTest):
    def test_progress_goes_up_and_down(self) -> None:
        self.assertEqual(objective_progress(Decimal(12), Decimal(60), Decimal(36)), Decimal("0.5"))
        self.assertEqual(objective_progress(Decimal(31), Decimal(18), Decimal(18)), 1)

    def test_progress_stays_between_nothing_and_all(self) -> None:
        self.assertEqual(objective_progress(Decimal(0), Decimal(10), Decimal(-5)), 0)
        self.assertEqual(objective_progress(Decimal(0), Decimal(10), Decimal(50)), 1)

    def test_a_target_that_equals_the_start_has_no_way(self) -> None:
        with self.assertRaises(ValueError):
            objective_progress(Decimal(3), Decimal(3), Decimal(3))

    def test_the_database_refuses_it_too(self) -> None:
        with self.assertRaises(IntegrityError), transaction.atomic():
            make_objective(self.plan, owner=self.alice, baseline=5, target=5)

    def test_without_a_measure_the_moves_count(self) -> None:
        make_action(self.objective, owner=self.bob, done_at=MONDAY)

        objective = Objective.objects.with_actions().get(pk=self.objective.pk)

        self.assertEqual(objective.progress, Decimal("0.5"))

    def test_an_objective_without_an_open_action_is_a_gap(self) -> None:
        self.action.finish(by=self.bob, at=MONDAY)
        half_way = make_objective(self.plan, owner=self.alice, target=10, current=5)

        self.assertTrue(Objective.objects.with_actions().get(pk=half_way.pk).lacks_action)

    def test_a_stale_rename_names_the_stored_text(self) -> None:
        self.objective.rename(seen="Meet the CTO", title="Meet the CFO", by=self.bob)

        with self.assertRaises(Stale) as caught:
            self.objective.rename(seen="Meet the CTO", title="Meet the CEO", by=self.alice)

        self.assertEqual(caught.exception.current, "Meet the CFO")

    def test_finishing_twice_keeps_the_first_name_and_time(self) -> None:
        self.action.finish(by=self.bob, at=MONDAY)
        Action.objects.get(pk=self.action.pk).finish(by=self.alice, at=MONDAY.replace(hour=12))

        self.action.refresh_from_db()
        self.assertEqual((self.action.done_by, self.action.done_at), (self.bob, MONDAY))

    def test_late_is_before_today_and_not_done(self) -> None:
        self.action.due = TODAY
        self.assertFalse(self.action.is_late(TODAY))
        self.action.done_at = MONDAY
        self.assertFalse(self.action.is_late(TODAY.replace(year=2027)))

    def test_every_action_raises_the_revision_of_the_account(self) -> None:
        before = self.acme.revision
        self.action.rename(seen=self.action.title, title="Another", by=self.bob)

        self.acme.refresh_from_db()
        self.assertEqual(self.acme.revision, before + 1)

    def test_history_cannot_be_rewritten(self) -> None:
        self.action.rename(seen=self.action.title, title="Another", by=self.bob)

        with self.assertRaises(Exception), transaction.atomic():  # noqa: B017 (pgtrigger's own)
            history.events_of(self.action).update(title="Never said")

    def test_waiting_in_a_ring_is_seen(self) -> None:
        second = make_action(self.objective, owner=self.bob, title="Second", waits_for=self.action)
        third = make_action(self.objective, owner=self.bob, title="Third", waits_for=second)

        self.assertTrue(third.waits_on(self.action))
        self.assertFalse(self.action.waits_on(third))
