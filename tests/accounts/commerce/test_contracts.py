from datetime import date
from typing import Any

from django.urls import reverse

from accounts.models import Contract
from tests.base import ClaveTest
from tests.money import make_contract


class ContractsTest(ClaveTest):
    def setUp(self) -> None:
        self.client.force_login(self.bob)
        self.add = reverse("accounts:contract_add", args=[self.acme.pk])

    def fields(self, **changes: object) -> dict[str, object]:
        good = {
            "title": "Frame", "value": "1200", "currency": "EUR", "start": "2026-01-01",
            "end": "2027-12-31", "notice": "2027-09-30", "renewal": "80",
        }  # fmt: skip
        return {**good, **changes}

    def test_an_editor_adds_one_and_its_end_counts_at_once(self) -> None:
        self.assertEqual(self.client.post(self.add, self.fields()).status_code, 302)

        self.acme.refresh_from_db()
        self.assertEqual(self.acme.standing.contract_end, date(2027, 12, 31))
        self.assertEqual(self.acme.standing.notice_on, date(2027, 9, 30))

    def test_bad_input_is_refused(self) -> None:
        foreign = make_contract(self.other, 1, date(2026, 1, 1), None)
        wrong: list[dict[str, Any]] = [
            {"end": "2025-12-31"}, {"notice": "2028-01-01"}, {"renewal": "120"}, {"renewal": ""},
            {"value": "-5"}, {"start": ""}, {"renews": foreign.pk}, {"title": "\x1b"},
        ]  # fmt: skip
        for changes in wrong:
            with self.subTest(changes):
                self.assertEqual(
                    self.client.post(self.add, self.fields(**changes)).status_code, 422
                )
        self.assertEqual(Contract.objects.of_account(self.acme).count(), 0)

    def test_one_contract_is_renewed_once(self) -> None:
        first = make_contract(self.acme, 1, date(2025, 1, 1), date(2025, 12, 31))
        self.client.post(self.add, self.fields(renews=first.pk))

        again = self.client.post(self.add, self.fields(title="Second", renews=first.pk))

        self.assertEqual(again.status_code, 422)

    def test_it_is_edited_and_removed(self) -> None:
        contract = make_contract(self.acme, 1, date(2026, 1, 1), None)
        self.client.post(reverse("accounts:contract_edit", args=[contract.pk]), self.fields())
        contract.refresh_from_db()
        self.assertEqual(contract.value, 1200)

        self.client.post(reverse("accounts:contract_remove", args=[contract.pk]))

        self.assertFalse(Contract.objects.exists())
        self.acme.refresh_from_db()
        self.assertIsNone(self.acme.standing.contract_end)
