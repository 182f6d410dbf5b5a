"""The white space in the report: what the page of white space says, as it stood that day."""

from decimal import Decimal

from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import BusinessUnit, Product, Revenue
from kam.lib.text.money import GAP
from planning.models import Cell, Snapshot
from planning.report.growth import MOST_PRODUCTS, Growth, GrowthRow
from planning.report.pages import PlanPages
from tests.base import MONDAY, TODAY, ClaveTest
from tests.money import make_opportunity, make_revenue
from tests.planning.whitespace.test_whitespace import OCTOBER


class ReportGrowthTest(ClaveTest):
    north: BusinessUnit
    south: BusinessUnit
    flow: Product
    vault: Product

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.north = BusinessUnit.objects.create(account=cls.acme, name="North")
        cls.south = BusinessUnit.objects.create(account=cls.acme, name="South <b>")
        cls.flow = Product.objects.create(name="Flow")
        cls.vault = Product.objects.create(name="Vault")
        make_revenue(cls.acme, OCTOBER, 420_000, unit=cls.north, product=cls.flow)
        cls.say(cls.north, cls.vault, "competitor", potential=160_000, competitor="Shiftly")
        make_opportunity(
            cls.acme, 110_000, owner=cls.bob, unit=cls.south, product=cls.vault, probability=70
        )

    @classmethod
    def say(cls, unit: BusinessUnit, product: Product, state: str, **facts: object) -> None:
        seen = {"state": "unexplored", "potential": None, "competitor": "", "currency": "EUR"}
        words = {"state": state, **facts}
        Cell.say(cls.acme, unit, product, by=cls.bob, at=MONDAY, seen=seen, **words)

    def growth(self) -> Growth:
        return self.pages().growth

    def pages(self) -> PlanPages:
        snapshot = Snapshot.take(self.plan, by=self.alice, at=MONDAY)
        return PlanPages.of(snapshot.data, version=snapshot.version, today=TODAY)

    def spots(self, line: GrowthRow) -> list[tuple[str, str, str]]:
        return [(spot.letter, spot.figure, spot.small) for spot in line.spots]

    def test_each_place_says_what_it_is(self) -> None:
        growth = self.growth()

        self.assertEqual(growth.products, ["Flow", "Vault"])
        self.assertEqual([line.unit for line in growth.lines], ["North", "South <b>"])
        self.assertEqual(self.spots(growth.lines[0]), [("a", "420", ""), ("c", "160", "Shiftly")])
        self.assertEqual(self.spots(growth.lines[1]), [("n", "·", ""), ("o", "110", f"70{GAP}%")])

    def test_sums_are_those_of_the_page(self) -> None:
        self.client.force_login(self.alice)
        page = self.client.get(reverse("planning:whitespace", args=[self.acme.pk]))
        there = [(line.now_words, line.possible_words) for line in page.context["space"].lines]

        growth = self.growth()

        here = [(line.sold_words, line.possible_words) for line in growth.lines]
        self.assertEqual(here, there)
        self.assertEqual(here, [("420", "580"), ("0", "110")])
        self.assertEqual(growth.unit_of_money, page.context["space"].unit_of_money)

    def test_it_stays_as_it_stood(self) -> None:
        snapshot = Snapshot.take(self.plan, by=self.alice, at=MONDAY)
        Revenue.objects.all().delete()
        self.north.name = "Renamed"
        self.north.save()

        growth = PlanPages.of(snapshot.data, version=1, today=TODAY).growth

        self.assertEqual((growth.lines[0].unit, growth.lines[0].sold), ("North", Decimal(420_000)))

    def test_long_catalogue_shows_what_is_known_and_counts_the_rest(self) -> None:
        Product.objects.bulk_create(Product(name=f"A{n:02}") for n in range(20))

        growth = self.growth()

        self.assertEqual(growth.products[:2], ["Flow", "Vault"])
        self.assertEqual(len(growth.products), MOST_PRODUCTS)
        self.assertEqual(growth.more_words, "Not shown: 12 more products.")

    def test_older_snapshot_and_client_without_places_draw_no_grid(self) -> None:
        old = Snapshot.take(self.plan, by=self.alice, at=MONDAY).data
        del old["whitespace"]
        bare = old | {
            "whitespace": {"units": [{"id": 1, "name": "N"}], "products": [], "places": []}
        }

        for data in (old, bare):
            plan = PlanPages.of(data, version=1, today=TODAY)
            self.assertEqual(plan.growth.lines, [])
            html = render_to_string(
                "planning/report/pages/_client.html", {"plan": plan, "client": plan.client}
            )
            self.assertNotIn("Where we can grow", html)

    def test_names_are_escaped(self) -> None:
        plan = self.pages()

        html = render_to_string(
            "planning/report/pages/_client.html", {"plan": plan, "client": plan.client}
        )

        self.assertInHTML('<th scope="row">South &lt;b&gt;</th>', html)
        self.assertIn("Where we can grow", html)

    def test_more_units_ask_no_more_queries(self) -> None:
        self.growth()
        with CaptureQueriesContext(connection) as few:
            self.growth()
        BusinessUnit.objects.bulk_create(
            BusinessUnit(account=self.acme, name=f"Unit {n}") for n in range(30)
        )
        self.growth()

        with self.assertNumQueries(len(few)):
            self.growth()
