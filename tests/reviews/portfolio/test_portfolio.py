"""The sponsors' page: the same figures as the account pages, clickable, and only of what one may see."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse

from accounts.commerce.periods import Horizon
from accounts.commerce.portfolio_figures import FILTERS, totals
from accounts.directory.account_filters import AccountFilters
from accounts.models import Account, Standing, User
from accounts.models.standing import refresh
from planning.models import Risk
from reviews.health.health import USUAL
from reviews.health.health_snapshots import keep
from reviews.health.health_summary import health_summary
from reviews.models import Reading
from reviews.portfolio.matrix import FRAME, matrix
from reviews.portfolio.portfolio_page import Portfolio
from tests.base import MONDAY, TODAY, ClaveTest, shown
from tests.factories import make_account, make_assessment, make_interaction, make_stakeholder
from tests.money import make_opportunity, make_revenue, month_back

AGO = timedelta(days=90)


# Coverage alone makes the health of a reading that says nothing else.
ALONE = {**dict.fromkeys(USUAL, 0), "coverage": 100}


class PortfolioTest(ClaveTest):
    def of(self, who: User, **said: str) -> Portfolio:
        return Portfolio(AccountFilters(said, user=who, keys=FILTERS, counted=True), who, MONDAY)

    def stand(self, account: Account, **figures: Any) -> Standing:
        usual = {"day": TODAY, "health": 60, "coverage": 50, "growth": Decimal("0.1"), "pairs": 12}
        usual |= {"value_now_reporting": 1000, "health_before": None, "plan_state": "draft"}
        return Standing.objects.update_or_create(account=account, defaults={**usual, **figures})[0]

    def reading(self, account: Account, days: int, **scores: Any) -> None:
        reading = Reading(
            account=account, day=TODAY - timedelta(days=days), made_at=MONDAY, weights=ALONE, **scores
        )  # fmt: skip
        reading.health = reading.sum.score
        reading.save()

    def page(self, who: User, **said: str) -> str:
        self.client.force_login(who)
        return shown(self.client.get(reverse("reviews:portfolio"), said))

    def test_figures_are_those_of_the_account(self) -> None:
        person = make_stakeholder(self.acme)
        make_assessment(person, 1, by=self.alice, on=TODAY)
        make_interaction(person, by=self.alice, at=MONDAY)
        for back in range(1, 25):
            make_revenue(self.acme, month_back(TODAY, back), 110 if back < 13 else 100)
        refresh([self.acme.pk], at=MONDAY)
        keep([self.acme.pk], MONDAY)

        bubble = self.of(self.henrik).matrix.bubbles[0]

        now = Reading.objects.get(account=self.acme)
        self.assertEqual(bubble.coverage, now.coverage)
        self.assertEqual(bubble.growth, now.growth)
        self.assertEqual(bubble.account.standing.health, now.health)
        self.assertEqual(bubble.account.standing.value_now_reporting, now.value_now)

    def test_places_are_the_figures_on_their_axes(self) -> None:
        accounts = [self.acme, self.other, make_account("Third")]
        for account, coverage, growth in zip(
            accounts, (0, 50, 100), ("-0.2", "0", "0.9"), strict=True
        ):
            self.stand(account, coverage=coverage, growth=Decimal(growth))

        found = {b.account.name: b for b in self.of(self.root).matrix.bubbles}

        self.assertLess(found["Acme"].x, found["Other"].x)
        self.assertEqual((found["Other"].x, found["Other"].y), (373, 220))
        self.assertLess(found["Third"].y, found["Other"].y)
        for bubble in found.values():
            self.assertTrue(
                FRAME.left <= bubble.x - bubble.radius and bubble.x + bubble.radius <= FRAME.right
            )

    def test_the_area_is_the_value(self) -> None:
        self.stand(self.acme, value_now_reporting=400)
        self.stand(self.other, value_now_reporting=100)

        small, large = self.of(self.root).matrix.bubbles

        self.assertAlmostEqual(large.radius**2 / small.radius**2, 4, places=1)

    def test_what_is_not_scored_is_counted_and_not_placed(self) -> None:
        self.stand(self.acme)
        self.stand(self.other, coverage=None)

        found = self.of(self.root).matrix

        self.assertEqual((len(found.bubbles), found.hidden), (1, 1))

    def test_three_hundred_accounts_and_long_names_stay_in_the_picture(self) -> None:
        accounts = [make_account(f"{'Ñandú 🦩 ' * 20}{n}") for n in range(60)]
        for n, account in enumerate(accounts):
            account.standing = self.stand(account, coverage=n, growth=Decimal(n) / 100)

        found = matrix(accounts, {}, "EUR")

        self.assertEqual((len(found.bubbles), found.smaller), (24, 36))
        for bubble in found.bubbles:
            for placed in bubble.lines:
                self.assertTrue(FRAME.left <= placed.x <= FRAME.right)

    def test_a_tail_shows_where_it_was_a_quarter_ago(self) -> None:
        self.stand(self.acme, coverage=80)
        self.reading(self.acme, 90, coverage=20, growth=Decimal("0.1"))

        tail = self.of(self.root).matrix.bubbles[0].tail

        assert tail
        self.assertLess(tail.x, 373)

    def test_movers_are_the_largest_changes_with_their_reasons(self) -> None:
        self.stand(self.acme, health=40, health_before=70)
        self.stand(self.other, health=66, health_before=60)
        self.stand(make_account("Still"), health=60, health_before=60)
        self.reading(self.acme, 90, coverage=70, people=12, warm=9)
        self.reading(self.acme, 0, coverage=40, people=12, warm=6)

        up, down = self.of(self.root).movers

        self.assertEqual((up.account, up.change), (self.other, 6))
        self.assertEqual((down.account, down.change), (self.acme, -30))
        self.assertEqual(down.why, ["3 of 12 went cold"])
        self.assertEqual(down.course, [70, 40])

    def test_a_deal_that_was_lost_is_named_where_health_fell(self) -> None:
        self.stand(self.acme, health=40, health_before=70)
        self.reading(self.acme, 90, coverage=70, people=12, warm=9)
        self.reading(self.acme, 0, coverage=40, people=12, warm=6)
        for title, days, state in (("Vault", 30, "lost"), ("Old", 120, "lost"), ("Won", 9, "won")):
            make_opportunity(
                self.acme, 70_000, owner=self.alice, title=title, state=state,
                closed_at=MONDAY - timedelta(days=days), reason="Price",
            )  # fmt: skip

        (mover,) = self.of(self.root).movers

        self.assertEqual(mover.why, ["3 of 12 went cold", "lost: Vault"])
        self.assertEqual(health_summary(self.acme, self.root, TODAY).why, mover.why)

    def test_only_what_the_person_may_see(self) -> None:
        for account in (self.acme, self.other):
            self.stand(account, health=40, health_before=70)
            Risk.add_to(account, by=self.root, title=f"Tender of {account.name}")

        for who, names in (
            (self.vera, {"Acme"}),
            (self.mallory, {"Other"}),
            (self.stefan, {"Acme", "Other"}),
        ):
            with self.subTest(who.name):
                found = self.of(who)
                self.assertEqual({b.account.name for b in found.matrix.bubbles}, names)
                self.assertEqual({m.account.name for m in found.movers}, names)
                self.assertEqual({r.account.name for r in found.risks}, names)
                self.assertEqual({r.account.name for r in found.compliance.rows}, names)
        self.assertNotIn("Other", self.page(self.vera))

    def test_the_gravest_risks_come_first(self) -> None:
        Risk.add_to(self.acme, by=self.alice, title="Small", severity=1, likelihood=1)
        Risk.add_to(self.other, by=self.mallory, title="Grave", severity=3, likelihood=3)

        self.assertEqual([r.title for r in self.of(self.root).risks], ["Grave", "Small"])

    def test_how_many_are_at_risk_and_what_they_are_worth(self) -> None:
        self.stand(self.acme, health=49, value_now_reporting=700)
        self.stand(self.other, health=50, value_now_reporting=300)

        found = totals(
            AccountFilters({}, user=self.root, keys=FILTERS, counted=True), Horizon(TODAY)
        )

        self.assertEqual((found.at_risk, found.at_risk_value), (1, 700))

    def test_every_mark_leads_to_its_record(self) -> None:
        self.stand(self.acme, health=40, health_before=70)
        risk = Risk.add_to(self.acme, by=self.alice, title="Tender")

        page = self.page(self.vera)

        self.assertIn(f'<a href="{self.acme.get_absolute_url()}" class="bub"', page)
        self.assertIn(reverse("planning:risk", args=[risk.pk]), page)
        self.assertIn("?view=table", page)

    def test_the_table_says_what_the_picture_says(self) -> None:
        self.stand(self.acme, coverage=37, growth=Decimal("0.08"))

        page = self.page(self.vera, view="table")

        self.assertRegex(page, r'<td class="r"> ?37</td><td class="r">\+8')
        self.assertNotIn('class="bub"', page)

    def test_narrowed_to_those_at_risk(self) -> None:
        self.stand(self.acme, health=40)
        self.stand(self.other, health=90)

        found = self.of(self.root, health="risk")

        self.assertEqual([a.name for a in found.accounts], ["Acme"])

    def test_an_account_without_any_figure_breaks_nothing(self) -> None:
        Standing.objects.all().delete()

        self.assertEqual(self.of(self.root).accounts, [])
        self.assertIn("Acme", self.page(self.vera))

    def test_the_queries_do_not_grow_with_the_accounts(self) -> None:
        accounts = [self.acme, *(make_account(f"Client {n}") for n in range(30))]
        for account in accounts:
            self.stand(account, health=40, health_before=70)
            self.reading(account, 90, coverage=70)
            Risk.add_to(account, by=self.root, title="Tender")
        self.client.force_login(self.root)
        self.client.get(reverse("reviews:portfolio"))

        with self.assertNumQueries(15):
            self.client.get(reverse("reviews:portfolio"))
