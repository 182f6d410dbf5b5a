from datetime import date
from decimal import Decimal

from django.urls import reverse

from accounts.models import ExchangeRate, Product, Standing
from accounts.models.standing import refresh
from tests.base import MONDAY, ClaveTest
from tests.money import make_revenue


class CatalogueTest(ClaveTest):
    def setUp(self) -> None:
        self.client.force_login(self.root)

    def test_an_administrator_keeps_the_catalogue(self) -> None:
        add = reverse("accounts:product_add")
        self.assertEqual(
            self.client.post(add, {"name": "Flow", "family": "Core", "active": "on"}).status_code,
            302,
        )
        self.assertContains(
            self.client.post(add, {"name": "FLOW"}), "of this name already", status_code=422
        )
        flow = Product.objects.get()

        self.client.post(
            reverse("accounts:product_edit", args=[flow.pk]), {"name": "Flow", "family": "Core"}
        )

        flow.refresh_from_db()
        self.assertFalse(flow.active)
        self.assertContains(self.client.get(reverse("accounts:products")), "No longer sold")

    def test_a_rate_is_stored_once_a_month_and_figures_are_due_again(self) -> None:
        make_revenue(self.acme, date(2026, 10, 1), 5, currency="COP")
        refresh([self.acme.pk, self.other.pk], at=MONDAY)
        for rate in ("0.0002", "0.000214"):
            self.client.post(
                reverse("accounts:rates"), {"currency": "cop", "month": "2026-10", "rate": rate}
            )

        stored = ExchangeRate.objects.get()
        self.assertEqual((stored.rate, stored.into), (Decimal("0.000214"), "EUR"))
        self.assertContains(self.client.get(reverse("accounts:rates")), "0.000214")
        due = Standing.objects.filter(day=None).values_list("account", flat=True)
        self.assertEqual(list(due), [self.acme.pk])

    def test_bad_rates_are_refused(self) -> None:
        good = {"currency": "COP", "month": "2026-10", "rate": "1"}
        for changes in (
            {"currency": "EUR"},
            {"currency": "XX"},
            {"rate": "0"},
            {"rate": "-1"},
            {"month": "x"},
        ):
            with self.subTest(changes):
                response = self.client.post(reverse("accounts:rates"), {**good, **changes})
                self.assertEqual(response.status_code, 422)
