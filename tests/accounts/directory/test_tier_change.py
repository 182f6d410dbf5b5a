from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.timezone import now

from accounts.models import TierChange
from tests.base import ClaveTest


class TierChangeTest(ClaveTest):
    def setUp(self) -> None:
        self.url = reverse("accounts:tier_change", args=[self.acme.pk])
        self.client.force_login(self.alice)

    def decide(self, **changes: object) -> Any:
        fields = {"tier": "watchlist", "reason": "Growth stalled", "on": "2026-01-31"}
        return self.client.post(self.url, {**fields, **changes})

    def test_a_lead_decides_with_day_and_reason(self) -> None:
        response = self.decide()

        self.assertRedirects(response, reverse("accounts:tier", args=[self.acme.pk]))
        change = TierChange.objects.get()
        self.assertEqual(
            (change.from_tier, change.to_tier, change.on), ("key", "watchlist", date(2026, 1, 31))
        )
        self.acme.refresh_from_db()
        self.assertEqual(self.acme.tier, "watchlist")

    def test_the_decisions_are_read_with_who_and_why(self) -> None:
        self.decide()

        page = self.client.get(reverse("accounts:tier", args=[self.acme.pk]))

        self.assertContains(page, "Growth stalled")
        self.assertContains(page, "Alice Alvarez")

    def test_without_reason_or_on_a_day_to_come_it_is_refused(self) -> None:
        late = now().date().replace(year=now().year + 1, day=1).isoformat()
        for changes in (
            {"reason": " "},
            {"on": late},
            {"on": "0026-01-01"},
            {"tier": "key"},
            {"tier": ""},
        ):
            with self.subTest(changes):
                self.assertEqual(self.decide(**changes).status_code, 422)
        self.assertFalse(TierChange.objects.exists())

    def test_the_tier_it_has_is_no_decision(self) -> None:
        self.acme.change_tier("key", reason="Again", on=date(2026, 1, 1), by=self.alice)

        self.assertFalse(TierChange.objects.exists())

    def test_an_editor_may_not_decide(self) -> None:
        self.client.force_login(self.bob)

        self.assertEqual(self.decide().status_code, 403)
