from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from planning.models import Snapshot
from tests.base import ClaveTest
from tests.factories import make_action, make_objective
from tests.planning.business_cast import make_swot

EARLIER = now() - timedelta(days=1)


class PlanCompareTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("planning:plan_compare", args=[self.plan.pk])
        self.client.force_login(self.vera)

    def test_without_a_version_the_page_says_when_one_is_kept(self) -> None:
        self.assertContains(self.client.get(self.url), 'class="empty"')

    def test_each_line_says_who_wrote_it(self) -> None:
        Snapshot.take(self.plan, by=self.alice, at=EARLIER)
        self.objective.change(by=self.bob, due=date(2027, 2, 14))

        response = self.client.get(self.url)

        line = response.context["page"].sections[0].lines[0]
        self.assertEqual((line.by, line.what), ("Bob Baker", "Meet the CTO, due"))

    def test_any_two_versions_are_compared(self) -> None:
        Snapshot.take(self.plan, by=self.alice, at=EARLIER)
        self.objective.rename(seen="Meet the CTO", title="Meet the CEO", by=self.bob)
        Snapshot.take(self.plan, by=self.alice, at=EARLIER)
        self.objective.rename(seen="Meet the CEO", title="Meet the board", by=self.bob)

        response = self.client.get(f"{self.url}?a=1&b=2")

        self.assertContains(response, "<ins>CEO</ins>")
        self.assertNotContains(response, "the board")

    def test_lines_are_sifted_by_their_sort(self) -> None:
        Snapshot.take(self.plan, by=self.alice, at=EARLIER)
        self.objective.change(by=self.bob, due=date(2027, 2, 14), owner=self.bob)

        response = self.client.get(f"{self.url}?only=owners")

        self.assertEqual(len(response.context["page"].sections[0].lines), 1)

    def test_a_version_that_is_not_there_does_not_exist(self) -> None:
        Snapshot.take(self.plan, by=self.alice, at=EARLIER)

        self.assertEqual(self.client.get(f"{self.url}?a=99").status_code, 404)

    def test_the_page_asks_the_same_whatever_changed(self) -> None:
        Snapshot.take(self.plan, by=self.alice, at=EARLIER)
        make_swot(self.acme, text="One")
        make_action(make_objective(self.plan, owner=self.bob, title="One"), owner=self.bob)
        before = self.count()
        for number in range(10):
            make_swot(self.acme, text=f"Point {number}")
            objective = make_objective(self.plan, owner=self.bob, title=f"Objective {number}")
            make_action(objective, owner=self.bob)

        self.assertEqual(self.count(), before)

    def count(self) -> int:
        self.client.get(self.url)
        with CaptureQueriesContext(connection) as queries:
            self.client.get(self.url)
        return len(queries)
