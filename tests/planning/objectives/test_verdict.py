from datetime import date, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils.timezone import now

from accounts.commerce.periods import site_day
from planning.models import Objective, Snapshot
from planning.objectives.progress import Verdict
from planning.plan.plan_figures import plan_figures
from planning.plan.plan_structure import plan_structure
from planning.report.pages import PlanPages
from tests.base import ClaveTest
from tests.factories import make_action, make_objective

LATE, SOON, FAR = -2, 5, 60


class VerdictTest(ClaveTest):
    """One judgement of an objective, wherever it is spoken of."""

    def setUp(self) -> None:
        self.at = now()
        self.client.force_login(self.alice)
        Objective.objects.all().delete()

    def add(self, title: str, current: int, *, due: int = FAR, move: int | None) -> None:
        """Half of its time has passed when it is due in sixty days."""
        row = make_objective(
            self.plan, owner=self.bob, title=title, due=self.day(due), start=self.day(-60),
            target=Decimal(100), current=Decimal(current),
        )  # fmt: skip
        if move:
            make_action(row, owner=self.bob, due=self.day(move))

    def day(self, days: int) -> date:
        return site_day(self.at) + timedelta(days=days)

    def six(self) -> dict[str, Verdict]:
        self.add("Reached", 100, due=LATE, move=LATE)
        self.add("Past", 99, due=LATE, move=SOON)
        self.add("Late", 90, move=LATE)
        self.add("Slow", 49, move=SOON)
        self.add("Idle", 60, move=None)
        self.add("Fine", 50, move=SOON)
        return {
            "Reached": Verdict.REACHED,
            "Past": Verdict.OVERDUE,
            "Late": Verdict.ACTIONS_LATE,
            "Slow": Verdict.BEHIND,
            "Idle": Verdict.NO_ACTION,
            "Fine": Verdict.ON_TIME,
        }

    def test_the_page_the_history_and_the_report_judge_alike(self) -> None:
        expected = self.six()

        snapshot = Snapshot.take(self.plan, by=self.alice, at=self.at)
        page = plan_structure(self.plan, self.day(0)).progress
        course = plan_figures([self.acme.pk], self.at)[self.acme.pk].progress
        report = PlanPages.of(snapshot.data, version=1, today=self.day(0))

        self.assertEqual({part.way.title: part.verdict for part in page.parts}, expected)
        self.assertEqual(page, course)
        self.assertEqual({goal.title: goal.verdict for goal in report.goals}, expected)
        self.assertEqual((page.on_time, page.overdue), (2, 1))

    def test_side_bar_counts_them(self) -> None:
        self.six()

        self.assertContains(self.client.get(self.plan.get_absolute_url()), "2 of 6 on time")

    def test_side_bar_without_objectives_claims_nothing(self) -> None:
        page = self.client.get(self.plan.get_absolute_url())

        self.assertContains(page, "none yet")
        self.assertNotContains(page, "on time")
        self.assertNotContains(page, "none late")

    def test_everything_dropped_is_said_so(self) -> None:
        self.add("Given up", 10, move=LATE)
        Objective.objects.get().drop(reason="No budget", by=self.alice, at=self.at)

        page = self.client.get(self.plan.get_absolute_url())

        self.assertContains(page, "all dropped")
        self.assertNotContains(page, "on time")

    def test_the_overview_marks_what_is_not_on_time(self) -> None:
        self.six()

        page = self.client.get(reverse("overview", args=[self.acme.pk]))

        for words in ("past its date", "1 action late", "behind its calendar", "no open action"):
            self.assertContains(page, words, count=1)
