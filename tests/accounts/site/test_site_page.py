from datetime import date
from decimal import Decimal
from typing import Any

from django.test import override_settings
from django.urls import reverse
from django.utils.timezone import now

from accounts.commerce.periods import fiscal_year, site_day, year_words
from accounts.models import ExchangeRate, Site
from kam.checks import presets_are_a_site
from kam.lib.site import site
from tests.accounts.site.test_setup import SITE
from tests.base import ClaveTest
from tests.factories import make_account, make_site
from tests.money import make_revenue

NOVEMBER = date(2026, 11, 1)


class SitePageTest(ClaveTest):
    def setUp(self) -> None:
        make_site()
        self.client.force_login(self.root)

    def save(self, **changes: Any) -> Any:
        return self.client.post(reverse("accounts:site"), {**SITE, "currency": "EUR", **changes})

    def test_what_is_saved_counts_at_once(self) -> None:
        response = self.save()

        self.assertRedirects(response, reverse("accounts:site"))
        self.assertEqual((site().heading, site().fiscal_month), ("Acero Andino", 7))
        self.assertContains(self.client.get("/"), "Acero Andino")

    def test_the_page_shows_what_is_stored(self) -> None:
        self.save()

        page = self.client.get(reverse("accounts:site"))
        self.assertContains(page, "2026-12-25 Navidad")
        self.assertContains(page, 'value="7" selected')

    @override_settings(SITE_PRESETS={"company": ("COMPANY_NAME", "From outside")})
    def test_a_preset_names_its_variable_and_stays(self) -> None:
        self.assertContains(self.client.get(reverse("accounts:site")), "COMPANY_NAME")

        self.save(company="Typed all the same")

        self.assertEqual(site().company, "From outside")
        self.assertEqual(Site.objects.get().company, "From outside")

    def test_another_currency_asks_first_once_money_is_there(self) -> None:
        make_revenue(self.acme, NOVEMBER, 1000)

        asked = self.save(currency="USD")
        self.assertEqual(asked.status_code, 422)
        self.assertContains(asked, 'name="sure"', status_code=422)
        self.assertEqual(site().currency, "EUR")

        self.assertEqual(self.save(currency="USD", sure="on").status_code, 302)
        self.assertEqual(site().currency, "USD")

    def test_another_currency_is_free_while_there_is_no_money(self) -> None:
        self.assertEqual(self.save(currency="USD").status_code, 302)

    def test_rates_are_carried_over_where_both_are_known(self) -> None:
        for code, rate in (("USD", "0.8"), ("COP", "0.0002")):
            ExchangeRate.store(by=self.root, currency=code, month=NOVEMBER, rate=Decimal(rate))

        self.save(currency="USD")

        rates = dict(ExchangeRate.objects.filter(into="USD").values_list("currency", "rate"))
        self.assertEqual(rates, {"EUR": Decimal("1.25"), "COP": Decimal("0.00025")})

    def test_a_preset_that_no_site_can_have_stops_the_start(self) -> None:
        for field, variable, value in (
            ("time_zone", "TIME_ZONE", "Europe/Berlinn"),
            ("currency", "CURRENCY", "XQZ"),
            ("fiscal_month", "FISCAL_MONTH", 13),
            ("region", "SITE_REGION", "es-ZZ"),
        ):
            with (
                self.subTest(variable),
                override_settings(SITE_PRESETS={field: (variable, value)}),
            ):
                (error,) = presets_are_a_site()
                self.assertIn(variable, error.msg)

    def test_a_plan_of_a_new_period_ends_with_the_fiscal_year(self) -> None:
        make_site(fiscal_month=7)
        account = make_account("Newcomer")

        page = self.client.get(reverse("planning:plan_add", args=[account.pk]))

        form = page.context["form"]
        start, end = form["period_start"].value(), form["period_end"].value()
        self.assertEqual((start.month, start.day, end.month, end.day), (7, 1, 6, 30))

    def test_the_portfolio_names_fiscal_years(self) -> None:
        make_site(fiscal_month=7)

        page = self.client.get(reverse("reviews:portfolio"))

        words = year_words(fiscal_year(site_day(now())))
        self.assertContains(page, words)
        self.assertRegex(words, r"^20\d\d/\d\d$")
