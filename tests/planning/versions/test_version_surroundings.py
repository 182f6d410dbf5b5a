"""What a snapshot keeps besides the plan: people, money and standing as they were that day."""

from datetime import date, timedelta
from decimal import Decimal

from accounts.models import Opportunity, Standing
from planning.models import Approval, Snapshot
from planning.models.snapshot import as_json
from planning.report.pages import PlanPages
from planning.versions.version_data import fingerprint, frozen
from planning.versions.version_surroundings import _from_above, around, freezes
from tests.base import MONDAY, TODAY, ClaveTest
from tests.factories import make_assessment, make_interaction, make_stakeholder

QUERIES = 16
NEXT_DAY = MONDAY + timedelta(days=1)


class FrozenAroundTest(ClaveTest):
    def kept(self) -> Snapshot:
        return Snapshot.take(self.plan, by=self.alice, at=MONDAY)

    def pages(self) -> PlanPages:
        snapshot = self.kept()
        return PlanPages.of(snapshot.data, version=snapshot.version, today=TODAY)

    def test_people_stand_as_they_stood(self) -> None:
        paola = make_stakeholder(self.acme, influence="high", owner=self.bob)
        make_assessment(paola, 1, by=self.alice, on=date(2026, 11, 2))
        make_interaction(paola, by=self.alice, at=MONDAY - timedelta(days=12))

        row = self.pages().people.rows[0]
        paola.delete()

        self.assertEqual((row.name, row.disposition, row.days), ("Paola Herrera", 1, 12))
        self.assertEqual((row.owner, row.influence), ("Bob Baker", "high"))

    def test_money_is_the_standing_of_that_day(self) -> None:
        Opportunity.add_to(
            self.acme, by=self.alice, at=MONDAY, title="Vista", owner=self.alice,
            value=Decimal(110000), currency="EUR", probability=70, expected=date(2027, 2, 17),
        )  # fmt: skip
        Standing.objects.filter(account=self.acme).update(value_now=Decimal(1840000))

        worth = self.pages().worth

        self.assertEqual(worth.now, Decimal(1840000))
        self.assertEqual(worth.open, (1, Decimal(110000)))
        self.assertEqual([deal.title for deal in worth.open_deals], ["Vista"])

    def test_what_is_not_scored_is_not_zero(self) -> None:
        pages = self.pages()

        self.assertIsNone(pages.worth.now)
        self.assertIsNone(pages.health.score)
        self.assertIsNone(pages.people.coverage)

    def test_layers_above_add_their_own(self) -> None:
        freezes("moon")(lambda account, at: f"{account.name} at {at:%H}")
        self.addCleanup(_from_above.pop, "moon")

        self.assertEqual(self.kept().data["moon"], "Acme at 09")

    def test_same_day_and_content_is_the_same_snapshot_another_day_is_not(self) -> None:
        first = self.kept()

        self.assertEqual(self.kept().pk, first.pk)
        self.assertNotEqual(Snapshot.take(self.plan, by=self.alice, at=NEXT_DAY).pk, first.pk)

    def test_approved_version_is_named_while_what_it_covers_is_the_same(self) -> None:
        seen = fingerprint(frozen(self.plan))
        asked = Approval.ask(self.plan, by=self.alice, at=MONDAY)
        asked.approve(by=self.henrik, at=MONDAY, seen=seen)

        before = self.pages()
        self.objective.rename(seen=self.objective.title, title="Meet the CEO", by=self.alice)
        after = self.pages()

        self.assertEqual(before.status_short, "v1 approved")
        self.assertIn("approved by Henrik Dahl on 23 Nov 2026", before.status)
        self.assertEqual(after.status_short, "v3 draft")

    def test_number_of_queries_is_the_same_whatever_there_is(self) -> None:
        make_stakeholder(self.acme)
        data = as_json(frozen(self.plan))
        with self.assertNumQueries(QUERIES):
            around(self.plan, data, MONDAY)
        for number in range(20):
            make_interaction(make_stakeholder(self.acme, f"P {number}"), by=self.bob, at=MONDAY)

        with self.assertNumQueries(QUERIES):
            around(self.plan, data, MONDAY)
