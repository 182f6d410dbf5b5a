from datetime import date, datetime, timedelta
from decimal import Decimal

from django.test import override_settings

from planning.models import Approval, CheckIn, Objective, Plan
from planning.plan.plan_figures import PlanFigures, plan_figures
from planning.plan.plan_structure import plan_structure
from tests.base import MONDAY, TODAY, ClaveTest
from tests.factories import make_account, make_action, make_objective, make_plan


class PaceTest(ClaveTest):
    def of(self, at: datetime = MONDAY) -> PlanFigures:
        return plan_figures([self.acme.pk], at)[self.acme.pk]

    def measured(self, title: str, current: int, **changes: object) -> Objective:
        fields = {"target": Decimal(100), "current": Decimal(current), "due": date(2027, 6, 30)}
        return make_objective(self.plan, owner=self.bob, title=title, **{**fields, **changes})

    def test_it_is_what_the_page_of_the_plan_says(self) -> None:
        self.measured("Half way", 50, priority=4)
        self.measured("Hardly", 3, start=date(2026, 6, 1))
        self.measured("Given up", 100, dropped_at=MONDAY, drop_reason="No budget")
        make_action(self.objective, owner=self.bob, done_at=MONDAY)

        found = self.of().progress

        page = plan_structure(self.plan, TODAY).progress
        self.assertEqual(found, page)
        self.assertTrue(0 < (found.exact or 0) < 100)

    def test_it_is_the_mean_by_priority_as_by_hand(self) -> None:
        Objective.objects.all().delete()
        self.measured("Behind", 20, start=date(2026, 1, 1), due=date(2026, 12, 31), priority=4)
        ahead = self.measured(
            "Ahead", 90, start=date(2026, 1, 1), due=date(2027, 12, 31), priority=1
        )
        make_action(ahead, owner=self.bob)

        expected = (TODAY - date(2026, 1, 1)).days / (date(2026, 12, 31) - date(2026, 1, 1)).days
        by_hand = (4 * 100 * 0.2 / expected + 1 * 100) / 5
        found = self.of().progress
        self.assertAlmostEqual(float(found.exact or 0), by_hand)
        self.assertEqual((found.scored, found.on_time), (2, 1))

    def test_without_a_plan_there_is_nothing(self) -> None:
        Plan.objects.all().delete()

        self.assertEqual(self.of(), PlanFigures())

    def test_a_plan_without_objectives_is_not_scored(self) -> None:
        Objective.objects.all().delete()

        self.assertIsNone(self.of().progress.score)
        self.assertEqual(self.of().state, "draft")

    def test_the_measures_of_a_day_are_those_checked_in_by_then(self) -> None:
        objective = self.measured("Seats", 0, start=date(2026, 1, 1))
        for days, value in ((60, 20), (30, 50), (3, 80)):
            CheckIn.write(
                objective, by=self.alice, on=TODAY - timedelta(days=days), value=Decimal(value)
            )

        def progress(days: int) -> Decimal | None:
            ways = self.of(MONDAY - timedelta(days=days)).progress.parts
            return next(part.way.progress for part in ways if part.way.title == "Seats")

        self.assertEqual(
            [progress(d) for d in (70, 45, 10, 0)], [0, *map(Decimal, ("0.2", "0.5", "0.8"))]
        )

    def test_the_state_is_that_of_its_approvals(self) -> None:
        self.assertEqual(self.of().state, "draft")
        Approval.ask(self.plan, by=self.alice, at=MONDAY)
        self.assertEqual(self.of().state, "submitted")
        self.assertEqual(self.of(MONDAY - timedelta(days=1)).state, "draft")

    def test_whoever_changes_an_action_touches_the_plan(self) -> None:
        before = self.of().touched_at
        self.objective.rename(seen=self.objective.title, title="Meet the CEO", by=self.bob)

        after = self.of().touched_at

        assert before and after
        self.assertGreaterEqual(after, before)

    @override_settings(TIME_ZONE="America/Bogota")
    def test_days_turn_at_the_midnight_of_the_installation(self) -> None:
        objective = self.measured("Seats", 0, start=date(2026, 1, 1))
        CheckIn.write(objective, by=self.alice, on=date(2026, 11, 23), value=Decimal(80))
        evening = datetime(2026, 11, 23, 3, 0, tzinfo=MONDAY.tzinfo)

        self.assertEqual(self.of(evening).progress.parts[-1].way.progress, 0)
        self.assertEqual(
            self.of(evening + timedelta(hours=3)).progress.parts[-1].way.progress, Decimal("0.8")
        )

    def test_more_accounts_ask_no_more_questions(self) -> None:
        ids = [self.acme.pk]
        with self.assertNumQueries(6):
            plan_figures(ids, MONDAY)
        for n in range(4):
            account = make_account(f"Client {n}")
            ids.append(account.pk)
            make_objective(make_plan(account), owner=self.bob)

        with self.assertNumQueries(6):
            plan_figures(ids, MONDAY)
