from django.db import connection
from django.test.utils import CaptureQueriesContext

from kam.today.agenda import agenda
from planning.models import Approval
from planning.models.snapshot import Reason, Snapshot
from tests.base import MONDAY, TODAY, ClaveTest
from tests.factories import make_action, make_objective, make_plan

HERE = "/"


class TodayTest(ClaveTest):
    def titles(self, whose: str, user: str = "alice") -> list[str]:
        found = agenda(getattr(self, user), MONDAY, whose)
        return [a.title for a in (*found.late, *found.today, *found.week)]

    def test_mine_is_what_i_own(self) -> None:
        make_action(self.objective, owner=self.alice, title="Hers", due=TODAY)
        make_action(self.objective, owner=self.bob, title="His", due=TODAY)

        self.assertEqual(self.titles("mine"), ["Hers"])

    def test_my_accounts_shows_what_the_team_owes(self) -> None:
        make_action(self.objective, owner=self.bob, title="His", due=TODAY)

        self.assertIn("His", self.titles("accounts"))

    def test_a_manager_watches_the_accounts_of_the_kams_below(self) -> None:
        make_action(self.objective, owner=self.bob, title="His", due=TODAY)
        foreign = make_objective(make_plan(self.other), owner=self.mallory)
        make_action(foreign, owner=self.mallory, title="Foreign", due=TODAY)

        self.assertIn("His", self.titles("watching", "magda"))
        self.assertNotIn("Foreign", self.titles("watching", "magda"))
        self.assertEqual(self.titles("mine", "magda"), [])

    def test_nonsense_in_the_address_shows_mine(self) -> None:
        self.assertEqual(agenda(self.alice, MONDAY, "\x00nobody").whose, "mine")

    def test_only_who_watches_is_offered_that_view(self) -> None:
        self.client.force_login(self.bob)
        self.assertNotContains(self.client.get(HERE), "whose=watching")

        self.client.force_login(self.magda)
        self.assertContains(self.client.get(HERE), "whose=watching")

    def test_the_asker_sees_that_the_plan_waits(self) -> None:
        snapshot = Snapshot.take(self.plan, reason=Reason.SAVED, by=self.alice, at=MONDAY)
        Approval.objects.create(
            account=self.acme, plan=self.plan, version=1, asked_at=MONDAY, asked_by=self.alice,
            snapshot=snapshot,
        )  # fmt: skip

        self.assertEqual([a.version for a in agenda(self.alice, MONDAY).asked], [1])
        self.assertEqual([a.version for a in agenda(self.magda, MONDAY).approvals], [1])
        self.assertEqual(agenda(self.mallory, MONDAY).waiting, 0)
        self.client.force_login(self.magda)
        self.assertContains(self.client.get(HERE), "1 plan waits for your decision.")

    def test_rows_cost_no_queries(self) -> None:
        self.client.force_login(self.alice)
        few = self.queries_of(HERE + "?whose=accounts")
        for number in range(12):
            make_action(self.objective, owner=self.bob, title=f"Move {number}", due=TODAY)
        many = self.queries_of(HERE + "?whose=accounts&more=1")

        self.assertLessEqual(many, few)

    def queries_of(self, address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            self.assertEqual(self.client.get(address).status_code, 200)
        return len(found)
