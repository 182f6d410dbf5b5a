from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyTest

from accounts.commerce.periods import site_zone
from accounts.models import BusinessUnit, Contract, Opportunity, Product, Revenue
from tests.base import MONDAY, TODAY, ClaveTest
from tests.money import (
    figures,
    make_contract,
    make_opportunity,
    make_revenue,
    month_back,
    projected_of,
)

FIRST, LAST = date(2026, 11, 1), date(2027, 10, 31)
CENT = Decimal("0.03")
near = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def at_noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=site_zone())


class ProjectedValueTest(PropertyTest, ClaveTest):
    def setUp(self) -> None:
        for model in (Contract, Opportunity, Revenue):
            model.objects.filter(account=self.acme).delete()

    def projected(self) -> Decimal:
        value: Decimal = figures(self.acme, MONDAY).projected
        return value

    def place(self) -> dict[str, object]:
        unit, _made = BusinessUnit.objects.get_or_create(account=self.acme, name="Imaging")
        product, _made = Product.objects.get_or_create(name="Vault")
        return {"unit": unit, "product": product}

    def win(self, deal: Opportunity, days_ago: int = 0, **more: object) -> None:
        closed = at_noon(TODAY - timedelta(days=days_ago))
        deal.win(by=self.bob, at=MONDAY, closed_at=closed, **more)  # type: ignore[arg-type]

    @near
    @given(
        value=st.integers(0, 2_000_000),
        probability=st.integers(0, 100),
        expected=st.integers(-400, 800),
        won_ago=st.integers(0, 27),
        sold=st.lists(st.integers(-5_000, 90_000), max_size=14),
    )
    def test_winning_never_lowers_it(
        self, value: int, probability: int, expected: int, won_ago: int, sold: list[int]
    ) -> None:
        place = self.place()
        for back, amount in enumerate(sold):
            make_revenue(self.acme, month_back(TODAY, back + 1), amount, **place)
        deal = make_opportunity(
            self.acme, value, owner=self.bob, probability=probability,
            expected=TODAY + timedelta(days=expected), **place,
        )  # fmt: skip
        before = self.projected()

        self.win(deal, won_ago if not sold else 0)

        self.assertGreaterEqual(self.projected(), before)

    @near
    @given(
        deals=st.lists(
            st.tuples(st.integers(0, 900_000), st.integers(0, 800), st.booleans()), max_size=4
        ),
        ends=st.lists(st.integers(-30, 500), max_size=3),
        renewal=st.integers(0, 100),
    )
    def test_it_is_the_sum_of_its_days(
        self, deals: list[tuple[int, int, bool]], ends: list[int], renewal: int
    ) -> None:
        for end in ends:
            last = TODAY + timedelta(days=end)
            make_contract(self.acme, 36_500, date(2025, 3, 1), last, renewal=renewal)
        for value, days, signed in deals:
            deal = make_opportunity(self.acme, value, owner=self.bob, probability=30)
            self.win(deal, days)
            if signed:
                make_contract(
                    self.acme, value, TODAY, date(2029, 1, 1), opportunity=deal, renewal=0
                )

        expected = projected_of(self.acme, FIRST, LAST, TODAY)
        self.assertAlmostEqual(self.projected() or Decimal(0), expected, delta=CENT)

    def test_what_flows_already_is_taken_off(self) -> None:
        deal = make_opportunity(self.acme, 120_000, owner=self.bob, **self.place())
        for back in range(1, 16):
            amount = 13_000 if back in (1, 2) else 3_000
            make_revenue(self.acme, month_back(TODAY, back), amount, **self.place())

        self.win(deal, 100)

        self.assertAlmostEqual(self.projected(), Decimal(100_000), delta=CENT)
        by_hand = projected_of(self.acme, FIRST, LAST, TODAY)
        self.assertAlmostEqual(self.projected(), by_hand, delta=CENT)

    def test_two_deals_of_a_place_share_what_flows(self) -> None:
        for value in (10_000, 50_000):
            deal = make_opportunity(self.acme, value, owner=self.bob, **self.place())
            self.win(deal, 60)
        make_revenue(self.acme, month_back(TODAY, 1), 24_000, **self.place())

        self.assertAlmostEqual(self.projected(), Decimal(36_000), delta=CENT)

    def test_a_contract_that_names_the_deal_takes_its_place(self) -> None:
        deal = make_opportunity(self.acme, 36_500, owner=self.bob)
        facts = {"title": "Vault", "value": 36_500, "currency": "EUR", "start": FIRST, "end": LAST}

        self.win(deal, contract=facts)

        self.assertEqual(self.projected(), 36_500)
        self.assertEqual(Contract.objects.get().opportunity, deal)

    def test_a_deal_without_a_rate_is_not_scored_and_says_which(self) -> None:
        deal = make_opportunity(self.acme, 36_500, owner=self.bob, currency="COP")
        self.win(deal)

        now = figures(self.acme, MONDAY)

        self.assertEqual((now.projected, now.lacking), (None, "COP"))

    def test_a_deal_won_long_ago_is_told_by_revenue(self) -> None:
        self.win(make_opportunity(self.acme, 36_500, owner=self.bob), 500)

        self.assertFalse(self.projected())
