from datetime import date
from decimal import Decimal

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from accounts.commerce.periods import Horizon, add_months
from accounts.commerce.year_comparison import Comparison, pairs_of
from tests.base import TODAY

HORIZON = Horizon(TODAY)  # from November 2025 to October 2026, and the year before
months = st.integers(0, 30).map(lambda back: add_months(date(2026, 12, 1), -back))
amounts = st.decimals(-10_000, 10_000, places=2)


def every_month(since: date, amount: int = 100) -> dict[date, Decimal]:
    count = (2026 - since.year) * 12 + 11 - since.month
    return {add_months(since, n): Decimal(amount) for n in range(count + 1)}


class ComparisonTest(SimpleTestCase):
    def test_exactly_24_months_that_began_a_month_late_compare_eleven(self) -> None:
        sums = every_month(date(2024, 12, 1))
        sums |= {month: Decimal(112) for month in sums if month >= date(2025, 11, 1)}

        found = Comparison.of(sums, HORIZON)

        self.assertEqual((found.pairs, found.months), (11, "11 of 12 months"))
        self.assertEqual((found.now, found.before), (11 * 112, 11 * 100))
        self.assertEqual(found.growth, Decimal("0.12"))
        self.assertEqual(found.words.replace("\xa0", " "), "+12 % (11 of 12 months)")

    def test_five_pairs_are_not_scored_and_six_are(self) -> None:
        five = Comparison.of(every_month(date(2025, 6, 1)), HORIZON)
        six = Comparison.of(every_month(date(2025, 5, 1)), HORIZON)

        self.assertEqual((five.pairs, five.growth), (5, None))
        self.assertIn("only 5 months can be compared", five.why_not)
        self.assertIn("from Dec 2026 on", five.why_not)
        self.assertEqual((six.pairs, six.growth, six.why_not), (6, 0, ""))

    def test_the_month_of_which_it_says_that_it_will_be_scored_is_the_first(self) -> None:
        for since in (date(2025, 6, 1), date(2026, 1, 1), date(2026, 10, 1)):
            with self.subTest(since):
                there = add_months(since, 18)
                sums = {add_months(since, n): Decimal(1) for n in range(40)}
                self.assertIsNotNone(Comparison.of(sums, Horizon(there)).growth)
                before = Horizon(add_months(there, -1).replace(day=28))
                self.assertIsNone(Comparison.of(sums, before).growth)

    def test_the_true_reason_is_said(self) -> None:
        nothing = Comparison(None, None, 0)
        losing = Comparison(Decimal(5), Decimal(-5), 12, date(2024, 1, 1))
        no_rate = Comparison(None, None, 12, date(2024, 1, 1), "COP, PEN")

        self.assertIn("no revenue", nothing.why_not)
        self.assertIn("nothing or less", losing.why_not)
        self.assertIn("COP, PEN", no_rate.why_not)

    @given(st.dictionaries(months, amounts))
    def test_against_plain_python(self, sums: dict[date, Decimal]) -> None:
        found = Comparison.of(sums, HORIZON)

        last, earlier, count = Decimal(0), Decimal(0), 0
        for year, month in [(2025, 11), (2025, 12), *[(2026, n) for n in range(1, 11)]]:
            one, other = sums.get(date(year, month, 1)), sums.get(date(year - 1, month, 1))
            if one is not None and other is not None:
                last, earlier, count = last + one, earlier + other, count + 1
        self.assertEqual((found.now, found.before, found.pairs), (last, earlier, count))
        self.assertEqual(found.growth is None, count < 6 or earlier <= 0)
        if found.growth is not None:
            self.assertAlmostEqual(found.growth, (last - earlier) / earlier, places=12)

    def test_the_month_that_runs_is_never_counted(self) -> None:
        self.assertEqual(pairs_of([date(2026, 11, 1), date(2025, 11, 1)], HORIZON), [])
