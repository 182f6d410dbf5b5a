from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.commerce.periods import Horizon
from accounts.models import BusinessUnit, ExchangeRate, Opportunity, Product, Revenue, Standing
from planning.models import Cell
from planning.whitespace.whitespace import places_of
from tests.base import MONDAY, TODAY, ClaveTest, shown
from tests.money import figures, make_opportunity, make_rate, make_revenue, net_of

OCTOBER = date(2026, 10, 1)
COUNTED = {"potential", "pilot", "competitor", "lost"}


class WhitespaceTest(ClaveTest):
    north: BusinessUnit
    south: BusinessUnit
    vault: Product
    flow: Product

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.north = BusinessUnit.objects.create(account=cls.acme, name="North")
        cls.south = BusinessUnit.objects.create(account=cls.acme, name="South")
        cls.vault = Product.objects.create(name="Vault")
        cls.flow = Product.objects.create(name="Flow")

    def setUp(self) -> None:
        self.url = reverse("planning:whitespace", args=[self.acme.pk])
        self.client.force_login(self.bob)

    def say(self, unit: BusinessUnit, product: Product, state: str, **facts: Any) -> Cell:
        at = facts.pop("at", MONDAY)
        seen = {"state": "unexplored", "potential": None, "competitor": "", "currency": "EUR"}
        facts = {"state": state, **facts}
        return Cell.say(self.acme, unit, product, by=self.bob, at=at, seen=seen, **facts)

    def deal(self, unit: BusinessUnit, product: Product, value: int, **facts: Any) -> Opportunity:
        return make_opportunity(
            self.acme, value, owner=self.bob, unit=unit, product=product, **facts
        )

    def state(self, unit: BusinessUnit, product: Product) -> str:
        places = places_of([self.acme.pk], Horizon(TODAY))[self.acme.pk]
        return next(
            str(p.state) for p in places if (p.unit_id, p.product_id) == (unit.pk, product.pk)
        )

    def test_potential_is_what_is_left_of_every_place_that_counts(self) -> None:
        make_revenue(self.acme, OCTOBER, 30_000, rebates=2_000, unit=self.north, product=self.vault)
        make_revenue(self.acme, OCTOBER, 50_000, unit=self.south, product=self.flow)
        self.say(self.north, self.vault, "competitor", potential=90_000, competitor="Shiftly")
        self.say(self.north, self.flow, "potential", potential=40_000)
        self.say(self.south, self.flow, "competitor", potential=20_000, competitor="Shiftly")
        self.say(self.south, self.vault, "not_applicable", potential=70_000)

        left = Decimal(0)
        for cell in Cell.objects.filter(state__in=COUNTED):
            rows = [
                r.revenue - r.rebates
                for r in self.acme_revenue()
                if (r.unit_id, r.product_id) == (cell.unit_id, cell.product_id)
            ]
            left += max(Decimal(0), (cell.potential or Decimal(0)) - sum(rows, Decimal(0)))
        self.assertEqual(left, 90_000 - 28_000 + 40_000)
        self.assertEqual(figures(self.acme, MONDAY).potential, left)

    def acme_revenue(self) -> list[Any]:
        self.assertIsNotNone(net_of(self.acme, date(2025, 11, 1), date(2026, 11, 1)))
        return list(Revenue.objects.filter(account=self.acme))

    def test_not_explored_and_nothing_said_is_not_scored(self) -> None:
        self.assertIsNone(figures(self.acme, MONDAY).potential)

        self.say(self.north, self.vault, "potential")  # nobody knows how much

        self.assertIsNone(figures(self.acme, MONDAY).potential)
        page = self.client.get(self.url)
        self.assertContains(page, "One place has no amount yet and is not in the sum.")

    def test_revenue_makes_a_place_contracted_which_counts_nothing(self) -> None:
        self.say(self.north, self.vault, "potential", potential=90_000)
        self.assertEqual(figures(self.acme, MONDAY).potential, 90_000)

        make_revenue(self.acme, OCTOBER, 10_000, unit=self.north, product=self.vault)

        self.assertEqual(self.state(self.north, self.vault), "contracted")
        self.assertEqual(figures(self.acme, MONDAY).potential, 0)

    def test_an_open_opportunity_says_state_and_amount(self) -> None:
        self.deal(self.north, self.vault, 80_000, probability=40)

        self.assertEqual(self.state(self.north, self.vault), "opportunity")
        self.assertEqual(figures(self.acme, MONDAY).potential, 80_000)
        self.assertContains(self.client.get(self.url), "40\N{NO-BREAK SPACE}%")

    def test_a_pilot_stays_one_while_its_deal_is_open(self) -> None:
        self.say(self.north, self.vault, "pilot", potential=380_000)
        deal = self.deal(self.north, self.vault, 380_000)
        self.assertEqual(self.state(self.north, self.vault), "pilot")

        later = MONDAY + timedelta(days=3)
        deal.win(by=self.bob, at=later, closed_at=later)

        self.assertEqual(self.state(self.north, self.vault), "contracted")

    def test_the_newer_word_stands(self) -> None:
        before, after = MONDAY - timedelta(days=9), MONDAY + timedelta(days=9)
        self.deal(self.north, self.vault, 70_000, state="lost", closed_at=before, reason="Price")
        self.assertEqual(self.state(self.north, self.vault), "lost")
        self.say(self.north, self.vault, "potential", potential=60_000)
        self.assertEqual(self.state(self.north, self.vault), "potential")

        self.deal(self.north, self.vault, 70_000, state="lost", closed_at=after, reason="Price")

        self.assertEqual(self.state(self.north, self.vault), "lost")

    def test_other_currencies_at_their_rate_or_not_scored(self) -> None:
        self.say(self.north, self.vault, "potential", potential=1_000_000, currency="COP")
        now = figures(self.acme, MONDAY)
        self.assertEqual((now.potential, now.lacking), (None, "COP"))

        make_rate("COP", date(2026, 11, 1), "0.00025")

        self.assertEqual(figures(self.acme, MONDAY).potential, 250)

    def test_a_corrected_rate_makes_the_figure_due_again(self) -> None:
        self.say(self.north, self.vault, "potential", potential=1_000_000, currency="COP")

        ExchangeRate.store(by=self.root, currency="COP", month=OCTOBER, rate=Decimal("0.0002"))

        self.assertIsNone(Standing.objects.get(account=self.acme).day)

    def test_the_page_says_the_figure_first(self) -> None:
        make_revenue(self.acme, OCTOBER, 1_840_000, unit=self.north, product=self.vault)
        self.say(self.south, self.flow, "potential", potential=2_670_000)
        figures(self.acme, MONDAY)

        page = self.client.get(self.url)

        gap = "\N{NO-BREAK SPACE}"
        self.assertContains(page, f"They buy <b>€1.84{gap}M</b> of a possible <b>€4.51{gap}M</b>.")
        self.assertContains(
            page, f"The largest gap is South: <b>€2.67{gap}M</b>, nothing paid yet."
        )

    def test_the_list_shows_and_sorts_by_what_could_be_sold(self) -> None:
        for account, value, room in (
            (self.acme, 600_000, 400_000),
            (self.other, 100_000, 1_900_000),
        ):
            Standing.objects.update_or_create(
                account=account,
                defaults={"value_now": value, "value_now_reporting": value, "potential": room},
            )
        self.client.force_login(self.root)

        page = self.client.get(reverse("accounts:accounts"), {"sort": "-potential"})

        html = shown(page)
        self.assertLess(
            html.index('<meter max="100" value="5"'), html.index('<meter max="100" value="60"')
        )
        self.assertContains(page, "€1.00\N{NO-BREAK SPACE}M")
        self.assertContains(page, "€2.00\N{NO-BREAK SPACE}M")

    def test_rows_cost_no_queries(self) -> None:
        self.client.get(self.url)
        with CaptureQueriesContext(connection) as few:
            self.client.get(self.url)
        count = len(few)
        for number in range(300):
            unit = BusinessUnit.objects.create(account=self.acme, name=f"Site {number}")
            if number < 20:
                self.say(unit, self.vault, "potential", potential=1000 + number)

        self.client.get(self.url)  # the rail is drawn anew once
        with self.assertNumQueries(count):
            page = self.client.get(self.url)

        self.assertLess(count, 16)
        self.assertLess(len(page.content), 60_000)

    def test_the_database_refuses_what_makes_no_sense(self) -> None:
        for wrong in ({"state": "opportunity"}, {"state": "competitor"}, {"potential": -1}):
            with self.subTest(wrong), self.assertRaises(IntegrityError), transaction.atomic():
                Cell.objects.create(
                    account=self.acme, unit=self.north, product=self.vault, currency="EUR",
                    stated_at=MONDAY, stated_by=self.bob, **wrong,
                )  # fmt: skip

    def test_stranger_gets_404(self) -> None:
        self.client.force_login(self.mallory)
        self.assertEqual(self.client.get(self.url).status_code, 404)

    def test_only_a_page(self) -> None:
        self.assertEqual(self.client.post(self.url).status_code, 405)

    def test_an_empty_account_says_where_to_begin(self) -> None:
        self.client.force_login(self.mallory)

        page = self.client.get(reverse("planning:whitespace", args=[self.other.pk]))

        self.assertContains(page, reverse("accounts:unit_add", args=[self.other.pk]))

    def test_a_date_is_kept_with_the_word(self) -> None:
        cell = self.say(self.north, self.vault, "potential", potential=1)

        self.assertEqual((cell.stated_by, cell.stated_at), (self.bob, MONDAY))
        self.assertIsInstance(Cell.objects.get().stated_at, datetime)
