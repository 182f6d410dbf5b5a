from datetime import date

from django.template.loader import render_to_string

from accounts.commerce.account_value import account_value
from accounts.models import Standing
from accounts.models.standing import refresh
from tests.base import MONDAY, TODAY, ClaveTest
from tests.money import make_contract, make_opportunity, make_revenue, make_two_years


class OverviewValueTest(ClaveTest):
    def fragment(self) -> str:
        return render_to_string(
            "kam/overview/_value.html", {"value": account_value(self.acme, MONDAY)}
        )

    def test_one_query(self) -> None:
        refresh([self.acme.pk], at=MONDAY)

        with self.assertNumQueries(1):
            account_value(self.acme, MONDAY)

    def test_nothing_recorded_is_said_and_not_zero(self) -> None:
        html = self.fragment()

        self.assertIn("not scored", html)
        self.assertNotIn("€0", html)
        self.assertNotIn('<svg class="chart"', html)

    def test_figure_change_bar_and_deals(self) -> None:
        make_two_years(self.acme, TODAY, 1_840_000, 1_657_658)
        make_contract(self.acme, 2_000_000, date(2025, 1, 1), None)
        make_opportunity(self.acme, 90_000, owner=self.bob, state="won", closed_at=MONDAY)
        refresh([self.acme.pk], at=MONDAY)

        html = self.fragment()

        for words in (
            "€1.84\N{NO-BREAK SPACE}M",
            "+11\N{NO-BREAK SPACE}%",
            "€2.08\N{NO-BREAK SPACE}M",
            "€90\N{NO-BREAK SPACE}k",
        ):
            self.assertIn(words, html)
        self.assertNotIn("potential", html)

    def test_potential_joins_the_bar_once_it_is_scored(self) -> None:
        make_revenue(self.acme, date(2026, 10, 1), 1_840_000)
        refresh([self.acme.pk], at=MONDAY)
        Standing.objects.filter(account=self.acme).update(potential=2_670_000)

        self.assertIn("€4.51\N{NO-BREAK SPACE}M", self.fragment())
