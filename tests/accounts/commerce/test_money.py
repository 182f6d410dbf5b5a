from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.timezone import now

from accounts.commerce.periods import Horizon
from accounts.commerce.revenue_page import months_of
from accounts.models import BusinessUnit, Product, Revenue
from accounts.models.standing import refresh
from tests.base import MONDAY, TODAY, ClaveTest
from tests.money import make_rate, make_revenue, month_back


class MoneyTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("accounts:money", args=[self.acme.pk])
        self.client.force_login(self.bob)

    def test_two_years_of_months_stand_there_entered_or_not(self) -> None:
        make_revenue(self.acme, date(2026, 10, 1), 100, rebates=10, budget=80)
        make_revenue(self.acme, date(2027, 3, 1), None, budget=50)

        months = months_of(self.acme, self.bob, Horizon(TODAY))

        self.assertEqual(
            [m.month for m in months[:3]], [date(2027, 3, 1), date(2026, 11, 1), date(2026, 10, 1)]
        )
        self.assertEqual(len(months), 25)
        self.assertEqual((months[2].kept, months[2].gap), (90, 10))
        self.assertIsNone(months[1].kept)

    def test_a_month_adds_its_rows_in_the_accounts_currency(self) -> None:
        labs = BusinessUnit.objects.create(account=self.acme, name="Labs")
        make_revenue(self.acme, date(2026, 10, 1), 100)
        make_revenue(self.acme, date(2026, 10, 1), 1000, unit=labs, currency="COP")

        month = months_of(self.acme, self.bob, Horizon(TODAY))[1]
        self.assertEqual((month.kept, month.lacking), (None, 1))

        make_rate("COP", date(2026, 1, 1), "0.5")
        self.assertEqual(months_of(self.acme, self.bob, Horizon(TODAY))[1].kept, 600)

    def test_the_page_says_the_value_and_how_it_is_made(self) -> None:
        today = now().date()
        for back in range(1, 25):
            make_revenue(self.acme, month_back(today, back), 1000 if back < 13 else 900)
        refresh([self.acme.pk], at=now())

        response = self.client.get(self.url)

        self.assertContains(response, "€12\N{NO-BREAK SPACE}k")
        self.assertContains(response, "+11\N{NO-BREAK SPACE}%")
        self.assertContains(response, "€10,800")

    def test_without_revenue_it_says_so_and_never_zero(self) -> None:
        response = self.client.get(self.url)

        self.assertContains(response, "not scored")
        self.assertNotContains(response, "€0")

    def test_by_unit_and_by_product(self) -> None:
        today = now().date()
        flow = Product.objects.create(name="Flow")
        make_revenue(self.acme, month_back(today, 1), 100, product=flow)
        make_revenue(self.acme, month_back(today, 2), 300)

        parts = self.client.get(self.url + "?by=product").context["parts"]

        self.assertEqual([(p["name"], p["now"]) for p in parts], [(None, 300), ("Flow", 100)])
        self.assertEqual(self.client.get(self.url + "?by=unit").context["parts"][0]["now"], 400)

    def test_queries_do_not_grow_with_the_rows(self) -> None:
        make_revenue(self.acme, month_back(TODAY, 1), 1)
        refresh([self.acme.pk], at=MONDAY)
        self.client.get(self.url)
        with self.assertNumQueries(7):
            self.client.get(self.url)
        for back in range(2, 24):
            make_revenue(self.acme, month_back(TODAY, back), Decimal("1.10"))

        with self.assertNumQueries(7):
            self.client.get(self.url)

    def test_an_editor_adds_changes_and_removes_a_row(self) -> None:
        add = reverse("accounts:revenue_add", args=[self.acme.pk])
        row_fields = {"month": "2026-09", "currency": "EUR", "revenue": "100.50", "rebates": ""}
        self.assertEqual(self.client.post(add, row_fields).status_code, 302)
        row = Revenue.objects.get()
        self.assertEqual((row.month, row.net), (date(2026, 9, 1), Decimal("100.50")))

        edit = reverse("accounts:revenue_edit", args=[row.pk])
        self.client.post(edit, {**row_fields, "revenue": "90"})
        row.refresh_from_db()
        self.assertEqual(row.revenue, 90)
        self.assertContains(self.client.get(row.get_absolute_url()), "€90")

        self.client.post(reverse("accounts:revenue_remove", args=[row.pk]))
        self.assertFalse(Revenue.objects.exists())
        event = Revenue.events.rel.related_model.objects.order_by("-pgh_id").first()  # type: ignore[attr-defined]  # django-pghistory adds it
        self.assertEqual(event.pgh_context.metadata["action"], "revenue.remove")

    def test_the_same_month_unit_and_product_once(self) -> None:
        make_revenue(self.acme, date(2026, 9, 1), 5)

        response = self.client.post(
            reverse("accounts:revenue_add", args=[self.acme.pk]),
            {"month": "2026-09", "currency": "EUR", "revenue": "7"},
        )

        self.assertContains(response, "have a row already", status_code=422)

    def test_bad_input_is_refused(self) -> None:
        foreign = BusinessUnit.objects.create(account=self.other, name="Foreign")
        good = {"month": "2026-09", "currency": "EUR", "revenue": "7"}
        wrong: list[dict[str, Any]] = [
            {"month": "2026-13"}, {"month": ""}, {"month": "0001-01"}, {"revenue": "1e20"}, {"revenue": "abc"},
            {"revenue": "1.234"}, {"revenue": "NaN"}, {"revenue": ""}, {"rebates": "-1"}, {"currency": "ZZZ"},
            {"unit": foreign.pk},
        ]  # fmt: skip
        for changes in wrong:
            with self.subTest(changes):
                response = self.client.post(
                    reverse("accounts:revenue_add", args=[self.acme.pk]), {**good, **changes}
                )
                self.assertEqual(response.status_code, 422)
        self.assertFalse(Revenue.objects.exists())

    def test_a_month_in_the_address_that_is_none_shows_the_last_full_one(self) -> None:
        page = reverse("accounts:revenue", args=[self.acme.pk])

        for said in ("2026-99", "yesterday", "", "99999-01"):
            with self.subTest(said):
                response = self.client.get(f"{page}?month={said}")
                self.assertEqual(response.context["month"], month_back(now().date(), 1))
