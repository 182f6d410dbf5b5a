from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now

from accounts.models import Opportunity
from tests.base import MONDAY, ClaveTest
from tests.money import make_opportunity


class OpportunitiesTest(ClaveTest):
    def setUp(self) -> None:
        self.client.force_login(self.bob)
        self.deal = make_opportunity(self.acme, 1000, owner=self.bob)

    def close(self, verb: str, **changes: object) -> Any:
        url = reverse(f"accounts:opportunity_{verb}", args=[self.deal.pk])
        fields = {"closed": now().date().isoformat(), "reason": "Price"}
        return self.client.post(url, {**fields, **changes})

    def test_it_is_lost_with_a_reason(self) -> None:
        self.assertEqual(self.close("lose", reason=" ").status_code, 422)
        self.assertEqual(self.close("lose").status_code, 302)

        self.deal.refresh_from_db()
        self.assertEqual((self.deal.state, self.deal.reason), ("lost", "Price"))
        self.assertContains(self.client.get(self.deal.get_absolute_url()), "Price")

    def test_it_is_won_without_one_and_counts_at_once(self) -> None:
        self.close("win", reason="")

        self.acme.refresh_from_db()
        standing = self.acme.standing
        self.assertEqual((standing.won_count, standing.won_sum, standing.open_count), (1, 1000, 0))

    def test_a_day_to_come_is_refused(self) -> None:
        tomorrow = (now() + timedelta(days=2)).date().isoformat()

        self.assertEqual(self.close("win", closed=tomorrow).status_code, 422)

    def test_two_closing_at_once_close_it_once(self) -> None:
        twin = Opportunity.objects.get(pk=self.deal.pk)
        self.deal.win(by=self.bob, at=MONDAY, closed_at=MONDAY)

        twin.lose(by=self.alice, at=MONDAY, closed_at=MONDAY, reason="Price")

        self.assertEqual(twin.state, "won")

    def test_two_editors_of_one_amount_see_both_and_the_second_decides(self) -> None:
        url = reverse("accounts:opportunity_edit", args=[self.deal.pk])
        page = self.client.get(url).context["form"]
        fields = {name: page[name].value() for name in page.fields}
        seen = {f"initial-{name}": value for name, value in fields.items()}
        mine = {k: "" if v is None else str(v) for k, v in {**fields, **seen}.items()}
        mine |= {"value": "1500", "expected": "2027-03-31", "initial-expected": "2027-03-31"}
        self.deal.change(by=self.alice, at=MONDAY, value=1200)

        answer = self.client.post(url, mine)

        self.assertContains(answer, "Alice Alvarez changed this to “1200.00”", status_code=409)
        self.assertContains(answer, 'name="initial-value" value="1200.00"', status_code=409)
        again = self.client.post(url, {**mine, "initial-value": "1200.00"})
        self.assertEqual(again.status_code, 302)
        self.deal.refresh_from_db()
        self.assertEqual(self.deal.value, 1500)

    def test_reopening_takes_day_and_reason_back(self) -> None:
        self.close("lose")
        self.client.post(reverse("accounts:opportunity_reopen", args=[self.deal.pk]))

        self.deal.refresh_from_db()
        self.assertEqual(
            (self.deal.state, self.deal.closed_at, self.deal.reason), ("open", None, "")
        )

    def test_the_database_refuses_half_a_closing(self) -> None:
        closed = datetime(2026, 1, 1, tzinfo=UTC)
        for fields in (
            {"state": "won"},
            {"closed_at": closed},
            {"state": "lost", "closed_at": closed},
        ):
            with self.subTest(fields), self.assertRaises(IntegrityError), transaction.atomic():
                Opportunity.objects.filter(pk=self.deal.pk).update(**fields)

    def test_bad_input_is_refused(self) -> None:
        good = {
            "title": "New", "value": "10", "currency": "EUR", "probability": "50",
            "stage": "qualify", "expected": "2027-01-31", "owner": self.bob.pk,
        }  # fmt: skip
        add = reverse("accounts:opportunity_add", args=[self.acme.pk])
        wrong: list[dict[str, Any]] = [
            {"title": ""}, {"title": "a\x00b"}, {"title": "x" * 161}, {"value": "-1"}, {"probability": "101"},
            {"expected": "soon"}, {"stage": "later"}, {"owner": self.mallory.pk},
        ]  # fmt: skip
        for changes in wrong:
            with self.subTest(changes):
                self.assertEqual(self.client.post(add, {**good, **changes}).status_code, 422)
        self.assertEqual(self.client.post(add, good).status_code, 302)

    def test_a_reader_sees_no_buttons(self) -> None:
        self.client.force_login(self.vera)

        page = self.client.get(self.deal.get_absolute_url())

        self.assertNotContains(page, reverse("accounts:opportunity_win", args=[self.deal.pk]))
