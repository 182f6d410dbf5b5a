from typing import Any

from django.urls import reverse
from django.utils.timezone import now

from accounts.models import Contract
from tests.base import ClaveTest
from tests.money import make_opportunity


class WinWithContractTest(ClaveTest):
    def setUp(self) -> None:
        self.client.force_login(self.bob)
        self.deal = make_opportunity(self.acme, 1000, owner=self.bob)
        self.url = reverse("accounts:opportunity_win", args=[self.deal.pk])

    def win(self, **changes: str) -> Any:
        form = self.client.get(self.url).context["contract"]
        given = {form[name].html_name: form[name].value() for name in form.fields}
        fields = {name: "" if value is None else str(value) for name, value in given.items()}
        return self.client.post(
            self.url, {**fields, "closed": now().date().isoformat(), "reason": "", **changes}
        )

    def test_the_contract_is_written_from_the_opportunity(self) -> None:
        answer = self.win(signed="on")
        self.assertEqual(
            answer.status_code, 302, answer.context and answer.context["contract"].errors
        )

        contract = Contract.objects.get()
        self.assertEqual(
            (contract.title, contract.value, contract.currency, contract.opportunity),
            (self.deal.title, self.deal.value, self.deal.currency, self.deal),
        )

    def test_saying_no_is_fine_whatever_stands_in_its_fields(self) -> None:
        self.assertEqual(self.win(**{"contract-value": "x"}).status_code, 302)

        self.deal.refresh_from_db()
        self.assertEqual((self.deal.state, Contract.objects.count()), ("won", 0))

    def test_a_wrong_amount_keeps_the_deal_open_and_what_was_typed(self) -> None:
        answer = self.win(signed="on", **{"contract-title": "Frame", "contract-value": "-5"})

        self.assertContains(answer, "Frame", status_code=422)
        self.deal.refresh_from_db()
        self.assertTrue(self.deal.is_open)

    def test_a_contract_added_later_names_the_won_deal(self) -> None:
        self.win()
        add = reverse("accounts:contract_add", args=[self.acme.pk])

        choices = self.client.get(add).context["form"].fields["opportunity"].queryset

        self.assertEqual(list(choices), [self.deal])
