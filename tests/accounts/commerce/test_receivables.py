from datetime import date

from django.urls import reverse

from accounts.models import Receivable
from tests.base import MONDAY, TODAY, ClaveTest
from tests.money import make_receivable


class ReceivablesTest(ClaveTest):
    def setUp(self) -> None:
        self.client.force_login(self.bob)
        self.add = reverse("accounts:receivable_add", args=[self.acme.pk])

    def fields(self, **changes: object) -> dict[str, object]:
        good = {
            "invoice": "A-1",
            "amount": "10.00",
            "currency": "EUR",
            "issued": "2026-01-01",
            "due": "2026-01-31",
        }
        return {**good, **changes}

    def test_an_editor_adds_one_and_it_is_overdue_at_once(self) -> None:
        self.assertEqual(self.client.post(self.add, self.fields()).status_code, 302)

        self.acme.refresh_from_db()
        self.assertEqual(self.acme.standing.overdue_share, 1)
        self.assertContains(self.client.get(Receivable.objects.get().get_absolute_url()), "overdue")

    def test_the_same_invoice_once(self) -> None:
        self.client.post(self.add, self.fields())

        self.assertContains(
            self.client.post(self.add, self.fields()), "here already", status_code=422
        )

    def test_bad_input_is_refused(self) -> None:
        for changes in (
            {"due": "2025-12-31"},
            {"paid_at": "2025-12-31"},
            {"amount": "0"},
            {"invoice": ""},
        ):
            with self.subTest(changes):
                self.assertEqual(
                    self.client.post(self.add, self.fields(**changes)).status_code, 422
                )

    def test_paid_twice_is_paid_once(self) -> None:
        invoice = make_receivable(self.acme, "1", 10, date(2026, 1, 31))
        invoice.pay(by=self.bob, at=MONDAY, on=TODAY)

        self.client.post(reverse("accounts:receivable_pay", args=[invoice.pk]))

        invoice.refresh_from_db()
        self.assertEqual(invoice.paid_at, TODAY)
