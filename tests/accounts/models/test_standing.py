from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

from accounts.models import Account, Standing
from accounts.models.standing import refresh, refresh_due
from tests.base import MONDAY, TODAY, ClaveTest
from tests.factories import make_account
from tests.money import (
    figures,
    make_contract,
    make_opportunity,
    make_rate,
    make_receivable,
    make_revenue,
    month_back,
    net_of,
    projected_of,
)

CENT = Decimal("0.01")


class StandingTest(ClaveTest):
    def sell(self, account: Account, months: int = 30, **changes: object) -> None:
        chance = Random(account.pk)  # noqa: S311 (no secret)
        for back in range(months):
            amount = Decimal(chance.randint(50_000, 180_000_00)) / 100
            rebate = Decimal(chance.randint(0, 9_000_00)) / 100
            make_revenue(account, month_back(TODAY, back), amount, rebates=rebate, **changes)

    def test_nothing_recorded_is_not_scored(self) -> None:
        now = figures(self.acme, MONDAY)

        self.assertIsNone(now.value_now)
        self.assertIsNone(now.growth)
        self.assertIsNone(now.projected)
        self.assertIsNone(now.overdue_share)
        self.assertIsNone(now.commercial_trend)
        self.assertIsNone(now.potential)

    def test_value_now_is_the_net_of_twelve_full_months(self) -> None:
        self.sell(self.acme)

        now = figures(self.acme, MONDAY)

        self.assertEqual(now.value_now, net_of(self.acme, date(2025, 11, 1), date(2026, 11, 1)))
        self.assertEqual(now.value_before, net_of(self.acme, date(2024, 11, 1), date(2025, 11, 1)))
        self.assertEqual(now.gross_now - now.rebates_now, now.value_now)
        self.assertEqual((now.months_now, now.months_before), (12, 12))
        self.assertAlmostEqual(now.growth, now.value_now / now.value_before - 1, places=3)

    def test_a_planned_month_is_not_a_month_without_revenue(self) -> None:
        make_revenue(self.acme, date(2026, 10, 1), None, budget=1000)

        self.assertIsNone(figures(self.acme, MONDAY).value_now)

    def test_months_turn_at_the_midnight_of_the_installation(self) -> None:
        make_revenue(self.acme, date(2025, 11, 1), 100)
        make_revenue(self.acme, date(2026, 11, 1), 7)

        before = datetime(2026, 11, 30, 22, 59, tzinfo=UTC)  # 23:59 in Berlin
        self.assertEqual(figures(self.acme, before).value_now, 100)
        after = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)  # midnight in Berlin
        self.assertEqual(figures(self.acme, after).value_now, 7)

    def test_a_leap_day_is_a_day_like_others(self) -> None:
        for back in range(30):
            make_revenue(self.acme, month_back(date(2028, 2, 29), back), 100 + back)

        now = figures(self.acme, datetime(2028, 2, 29, 12, tzinfo=UTC))

        self.assertEqual(now.value_now, sum(100 + back for back in range(1, 13)))
        self.assertEqual(now.value_before, sum(100 + back for back in range(13, 25)))

    def test_rows_in_another_currency_take_the_rate_of_their_month(self) -> None:
        make_revenue(self.acme, date(2026, 9, 1), 1000, currency="COP")
        make_revenue(self.acme, date(2026, 10, 1), 1000, currency="COP")
        make_rate("COP", date(2026, 8, 1), "0.2")
        make_rate("COP", date(2026, 10, 1), "0.25")

        now = figures(self.acme, MONDAY)

        self.assertEqual(now.value_now, 200 + 250)
        self.assertEqual(now.value_now_reporting, 450)
        self.assertEqual(now.now_constant, 250 + 250)

    def test_an_account_in_another_currency_grows_in_its_own(self) -> None:
        peso = make_account("Peso", currency="COP")
        make_revenue(peso, date(2026, 10, 1), 3000)
        make_revenue(peso, date(2025, 10, 1), 2000)
        make_revenue(peso, date(2026, 9, 1), 10, currency="EUR")
        make_rate("COP", date(2025, 1, 1), "0.5")
        make_rate("COP", date(2026, 9, 1), "0.1")

        now = figures(peso, MONDAY)

        self.assertEqual(now.value_now, 3000 + 100)
        self.assertEqual(now.value_before, 2000)
        self.assertEqual(now.value_now_reporting, 300 + 10)
        self.assertEqual((now.now_constant, now.before_constant), (310, 200))

    def test_without_a_rate_the_sum_is_not_scored_and_says_why(self) -> None:
        make_revenue(self.acme, date(2026, 9, 1), 1000)
        make_revenue(self.acme, date(2026, 10, 1), 1000, currency="COP")

        now = figures(self.acme, MONDAY)

        self.assertIsNone(now.value_now)
        self.assertIsNone(now.value_now_reporting)
        self.assertEqual(now.lacking, "COP")

    def test_own_currency_needs_no_rate_for_the_account_itself(self) -> None:
        peso = make_account("Peso", currency="COP")
        make_revenue(peso, date(2026, 10, 1), 3000)

        now = figures(peso, MONDAY)

        self.assertEqual((now.value_now, now.value_now_reporting), (3000, None))

    def test_projected_value_against_a_count_day_by_day(self) -> None:
        old = make_contract(self.acme, 120_000, date(2024, 2, 29), date(2027, 2, 28))
        make_contract(self.acme, 36_500, date(2026, 1, 1), None)
        make_contract(
            self.acme, 50_000, date(2027, 3, 1), date(2027, 6, 30), renewal=40, renews=old
        )
        make_contract(self.acme, 99_000, date(2020, 1, 1), date(2026, 10, 31), renewal=90)
        make_opportunity(self.acme, 80_000, owner=self.bob, expected=date(2026, 12, 15))
        make_opportunity(
            self.acme, 10_000, owner=self.bob, expected=date(2026, 6, 1), probability=30
        )
        make_opportunity(self.acme, 70_000, owner=self.bob, expected=date(2028, 1, 1))

        now = figures(self.acme, MONDAY)

        expected = projected_of(self.acme, date(2026, 11, 1), date(2027, 10, 31), TODAY)
        self.assertAlmostEqual(now.projected, expected, delta=Decimal("0.03"))
        self.assertEqual(now.contract_end, date(2027, 6, 30))

    def test_won_and_lost_are_counted_in_the_installations_year(self) -> None:
        won = {"state": "won"}
        make_opportunity(
            self.acme,
            5,
            owner=self.bob,
            closed_at=datetime(2025, 12, 31, 22, 59, tzinfo=UTC),
            **won,
        )
        make_opportunity(
            self.acme, 7, owner=self.bob, closed_at=datetime(2025, 12, 31, 23, 0, tzinfo=UTC), **won
        )
        lost = {"state": "lost", "reason": "Price", "closed_at": MONDAY}
        make_opportunity(self.acme, 11, owner=self.bob, **lost)
        make_opportunity(self.acme, 100, owner=self.bob, probability=25)

        now = figures(self.acme, MONDAY)

        self.assertEqual((now.won_count, now.won_sum), (1, 7))
        self.assertEqual((now.lost_count, now.lost_sum), (1, 11))
        self.assertEqual((now.open_count, now.open_sum, now.open_weighted), (1, 100, 25))

    def test_overdue_share_is_of_what_is_unpaid(self) -> None:
        make_receivable(self.acme, "1", 300, date(2026, 11, 22))
        make_receivable(self.acme, "2", 100, date(2026, 11, 23))
        make_receivable(self.acme, "3", 999, date(2026, 1, 31), paid_at=date(2026, 3, 1))

        now = figures(self.acme, MONDAY)

        self.assertEqual((now.receivable_open, now.receivable_overdue), (400, 300))
        self.assertEqual(now.overdue_share, Decimal("0.75"))

    def test_the_trend_follows_growth_and_loses_what_is_overdue(self) -> None:
        for back in range(1, 7):
            make_revenue(self.acme, month_back(TODAY, back), 1100)
            make_revenue(self.acme, month_back(TODAY, back + 12), 1000)
        self.assertEqual(figures(self.acme, MONDAY).commercial_trend, 80)

        make_receivable(self.acme, "1", 50, date(2026, 11, 1))
        make_receivable(self.acme, "2", 150, date(2026, 12, 1))
        self.assertEqual(figures(self.acme, MONDAY).commercial_trend, 55)

    def test_only_months_that_both_years_have_are_compared(self) -> None:
        """Eleven months of the year before, as a fresh import of 24 leaves them: no gift of one."""
        for back in range(1, 24):
            make_revenue(self.acme, month_back(TODAY, back), 112 if back <= 12 else 100)

        now = figures(self.acme, MONDAY)

        self.assertEqual((now.value_now, now.value_before), (12 * 112, 11 * 100))
        self.assertEqual((now.pairs, now.paired_now, now.paired_before), (11, 11 * 112, 11 * 100))
        self.assertEqual(now.growth, Decimal("0.12"))
        self.assertEqual(now.compared.months, "11 of 12 months")
        self.assertEqual(now.first_month, month_back(TODAY, 23))

    def test_a_year_that_began_in_the_middle_is_not_scored_and_says_from_when(self) -> None:
        for back in range(1, 16):
            make_revenue(self.acme, month_back(TODAY, back), 100)

        now = figures(self.acme, MONDAY)

        self.assertEqual((now.pairs, now.growth, now.commercial_trend), (3, None, None))
        self.assertIn("only 3 months", now.compared.why_not)
        self.assertIn("Feb 2027", now.compared.why_not)

    def test_an_account_without_a_rate_is_compared_in_its_own_currency(self) -> None:
        peso = make_account("Peso", currency="COP")
        for back in range(1, 25):
            make_revenue(peso, month_back(TODAY, back), 150 if back <= 12 else 100)

        now = figures(peso, MONDAY)

        self.assertEqual((now.value_now_reporting, now.growth), (None, Decimal("0.5")))

    def test_a_missing_rate_is_the_reason_why_there_is_no_growth(self) -> None:
        for back in range(1, 25):
            make_revenue(self.acme, month_back(TODAY, back), 100, currency="COP")

        self.assertIn("COP", figures(self.acme, MONDAY).compared.why_not)

    def test_what_the_layers_above_wrote_stays(self) -> None:
        figures(self.acme, MONDAY)
        Standing.objects.filter(account=self.acme).update(health=72, coverage=60)

        now = figures(self.acme, MONDAY)

        self.assertEqual((now.health, now.coverage), (72, 60))

    def test_queries_do_not_grow_with_accounts(self) -> None:
        accounts = [make_account(f"Account {n}") for n in range(6)]
        for account in accounts:
            self.sell(account, months=4)

        with self.assertNumQueries(9):
            refresh([account.pk for account in accounts], at=MONDAY)

    def test_the_clock_refreshes_those_of_another_day_once(self) -> None:
        everybody = Account.objects.count()

        self.assertEqual(refresh_due(at=MONDAY), everybody)
        self.assertEqual(refresh_due(at=MONDAY), 0)
