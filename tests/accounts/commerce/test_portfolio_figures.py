from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from django.urls import reverse
from django.utils.timezone import now

from accounts.commerce.periods import Horizon, site_day
from accounts.commerce.portfolio_figures import Totals, movers, totals, year_of
from accounts.directory.account_filters import AccountFilters
from accounts.models import Account, Membership, User
from accounts.models.standing import refresh
from tests.base import MONDAY, TODAY, ClaveTest
from tests.factories import make_account
from tests.money import make_rate, make_revenue, make_two_years, month_back, net_of

NOW = (date(2025, 11, 1), date(2026, 11, 1))
BEFORE = (date(2024, 11, 1), date(2025, 11, 1))


class PortfolioTest(ClaveTest):
    def account_filters(self, who: User, **said: str) -> AccountFilters:
        return AccountFilters(said, user=who, keys=["tier", "region"], counted=True)

    def figures(self, who: User, **said: str) -> Totals:
        refresh(Account.objects.values_list("pk", flat=True), at=MONDAY)
        return totals(self.account_filters(who, **said), Horizon(TODAY))

    def sell(self, name: str, **changes: Any) -> Account:
        account, chance = make_account(name, **changes), Random(name)  # noqa: S311 (no secret)
        for back in range(chance.choice([8, 20, 26])):
            if chance.random() > 0.15:
                amount = Decimal(chance.randint(100, 900_000)) / 100
                make_revenue(account, month_back(TODAY, back), amount)
        return account

    def test_every_figure_against_plain_python(self) -> None:
        make_two_years(self.acme, TODAY, 4321, 1234)
        accounts = [self.acme, *(self.sell(f"Account {n}") for n in range(12))]

        found = self.figures(self.root)

        sums = [(net_of(a, *NOW), net_of(a, *BEFORE)) for a in accounts]
        value = sum(n for n, _b in sums if n)
        bought = [(n or Decimal(0), b) for n, b in sums if b and b > 0]
        before = sum(b for _n, b in bought)
        self.assertEqual(found.value, value)
        self.assertEqual(found.compared.pairs, 12)
        self.assertEqual(found.growth, value / sum(b for _n, b in sums if b) - 1)
        self.assertEqual(found.retention.net, 100 * sum(n for n, _b in bought) / before)
        self.assertEqual(found.retention.gross, 100 * sum(min(n, b) for n, b in bought) / before)
        self.assertEqual(found.concentration, 100 * max(n for n, _b in sums if n) / value)

    def test_in_the_second_year_of_the_books_only_months_of_both_count(self) -> None:
        for back in range(1, 24):
            make_revenue(self.acme, month_back(TODAY, back), 112 if back <= 12 else 100)
        for back in range(1, 20):
            make_revenue(self.other, month_back(TODAY, back), 50)

        found = self.figures(self.root)

        now, before = 11 * 112 + 11 * 50, 11 * 100 + 7 * 50
        self.assertEqual((found.compared.pairs, found.compared.months), (11, "11 of 12 months"))
        self.assertEqual(found.growth, Decimal(now) / before - 1)
        self.assertEqual(found.retention.net, 100 * Decimal(now) / before)
        self.assertEqual(found.retention.gross, 100 * Decimal(11 * 100 + 7 * 50) / before)

    def test_with_fewer_than_six_months_of_both_nothing_is_compared(self) -> None:
        for back in range(1, 18):
            make_revenue(self.acme, month_back(TODAY, back), 100)

        found = self.figures(self.root)

        self.assertEqual((found.growth, found.retention.net, found.retention.gross), (None,) * 3)
        self.assertIn("only 5 months", found.compared.why_not)

    def test_new_accounts_grow_the_portfolio_and_not_retention(self) -> None:
        make_two_years(self.acme, TODAY, 1080, 1200)
        for back in range(1, 13):
            make_revenue(self.other, month_back(TODAY, back), 60)

        found = self.figures(self.root)

        self.assertEqual(found.growth, Decimal("0.5"))
        self.assertEqual((found.retention.net, found.retention.gross), (90, 90))

    def test_who_left_counts_also_when_archived(self) -> None:
        make_two_years(self.acme, TODAY, 1800, 1200)
        for back in range(13, 25):
            make_revenue(self.other, month_back(TODAY, back), 100)
        self.other.archive(by=self.root, at=MONDAY)

        found = self.figures(self.root)

        self.assertEqual((found.retention.net, found.retention.gross), (75, 50))
        self.assertEqual((found.accounts, found.archived), (2, 1))

    def test_only_what_the_person_may_see(self) -> None:
        make_revenue(self.acme, date(2026, 10, 1), 10)
        make_revenue(self.other, date(2026, 10, 1), 1000)

        self.assertEqual(self.figures(self.vera).value, 10)
        self.assertEqual(self.figures(self.mallory).value, 1000)
        self.assertEqual(self.figures(self.stefan).value, 1010)
        self.assertEqual(self.figures(self.magda).value, 10)

    def test_retention_takes_one_rate_for_both_years(self) -> None:
        make_two_years(self.acme, TODAY, 1200, 1200, currency="COP")
        make_rate("COP", date(2024, 1, 1), "0.5")
        make_rate("COP", date(2026, 6, 1), "0.25")

        found = self.figures(self.root)

        self.assertEqual((found.growth, found.retention.net), (0, 100))

    def test_without_a_rate_an_account_is_left_out_and_counted(self) -> None:
        make_two_years(self.acme, TODAY, 1440, 1200)
        make_revenue(self.other, date(2025, 10, 1), 100, currency="COP")

        found = self.figures(self.root)

        self.assertEqual((found.growth, found.retention.net), (Decimal("0.2"), 120))
        self.assertEqual(found.unscored, 1)

    def test_nothing_is_not_scored(self) -> None:
        found = self.figures(self.root)

        nothing = (
            found.value,
            found.growth,
            found.retention.net,
            found.retention.gross,
            found.concentration,
        )
        self.assertEqual(nothing, (None,) * 5)

    def test_the_year_compares_full_months_that_have_both(self) -> None:
        make_revenue(self.acme, date(2026, 1, 1), 100, rebates=10, budget=80)
        make_revenue(self.acme, date(2026, 2, 1), 100)
        make_revenue(self.acme, date(2026, 11, 1), 5, budget=80)
        make_revenue(self.other, date(2026, 1, 1), 10, budget=10)

        year = year_of(self.account_filters(self.root), self.root, Horizon(TODAY), 2026)

        self.assertEqual((year.compared, year.actual, year.budget), (1, 100, 90))
        self.assertEqual(year.months[10].actual, 5)
        self.assertIsNone(year.months[11].actual)

    def test_a_month_takes_its_own_rate_and_without_one_is_not_scored(self) -> None:
        make_revenue(self.acme, date(2026, 3, 1), 100, budget=200, currency="COP")
        make_revenue(self.other, date(2026, 3, 1), 1)
        make_revenue(self.acme, date(2026, 2, 1), 100, currency="COP")
        make_rate("COP", date(2026, 3, 1), "0.5")
        make_rate("COP", date(2026, 4, 1), "9")

        year = year_of(self.account_filters(self.root), self.root, Horizon(TODAY), 2026)

        self.assertEqual((year.months[2].actual, year.months[2].budget), (51, 100))
        self.assertIsNone(year.months[1].actual)

    def test_the_largest_change_comes_first(self) -> None:
        left = make_account("Left")
        make_revenue(left, date(2025, 10, 1), 500)
        make_two_years(self.acme, TODAY, 1560, 1200)
        make_two_years(self.other, TODAY, 240, 1200)
        self.figures(self.root)

        moved = movers(self.account_filters(self.root))

        self.assertEqual(
            [(m.account.name, m.change) for m in moved],
            [("Other", -960), ("Left", -500), ("Acme", 360)],
        )

    def test_the_page_and_its_queries_do_not_grow(self) -> None:
        url = reverse("reviews:portfolio")
        self.client.force_login(self.root)
        make_revenue(self.acme, month_back(site_day(now()), 1), 100)
        refresh([self.acme.pk], at=now())
        self.assertContains(self.client.get(url), "€100")
        with self.assertNumQueries(15):
            self.client.get(url)

        for n in range(30):
            account = make_account(f"Account {n}")
            Membership.objects.create(account=account, user=self.alice, role="kam", right="lead")
            make_revenue(account, month_back(site_day(now()), 1), 100)
            refresh([account.pk], at=now())

        with self.assertNumQueries(15):
            self.client.get(url)

    def test_nonsense_years_show_this_one(self) -> None:
        self.client.force_login(self.root)
        make_revenue(self.acme, month_back(site_day(now()), 1), 100)

        for year in ("1066", "x", "99999999999", "-1"):
            response = self.client.get(reverse("reviews:portfolio"), {"year": year})
            self.assertEqual(response.context["year"].year, site_day(now()).year)
